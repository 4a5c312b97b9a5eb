"""One VEVENT as an event. Pure; raises Unreadable or RuleWrong with a German reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Access, Event, Extra, Series, Skip, Status
from stadtnah.services.events.domain.ics.lines import Block, Line, Parts
from stadtnah.services.events.domain.ics.values import (
    Unreadable,
    Wall,
    address_of,
    dates_of,
    day_of,
    digest,
    duration_of,
    list_of,
    midnight,
    moment_of,
    position_of,
    text_of,
)
from stadtnah.services.events.domain.rule import read_rule
from stadtnah.services.events.domain.zones import zone_called

UTC_ZONE: Final = ZoneInfo("UTC")
OWN: Final = "X-STADTNAH-"
_MAX_DATES: Final = 5_000
_MAX_RULES: Final = 5
_LONGEST_EVENT: Final = timedelta(days=3_700)
_ONE_DAY: Final = timedelta(days=1)
_Named = TypeVar("_Named", Access, Skip)
_PRIVATE: Final = {"PRIVATE", "CONFIDENTIAL"}


@dataclass(frozen=True, slots=True)
class Taken:
    """An event, and which date of a series it is there for: (time, whether a day alone, zone)."""

    event: Event
    instead_of: tuple[datetime, bool, ZoneInfo] | None = None


def taken(block: Block, parts: Parts, default: ZoneInfo, town: ZoneInfo, notes: Counter[str]) -> Taken:
    """Reads one event. notes: gets what could be understood though it is wrong."""
    if block.fault:
        raise Unreadable(block.fault)
    if (secrecy := block.value("CLASS").strip().upper()) in _PRIVATE:
        raise Unreadable(f"Der Termin ist als nicht öffentlich gekennzeichnet (CLASS: {secrecy}).")
    title = text_of(block.value("SUMMARY")).replace("\n", " ")
    if not title:
        raise Unreadable("Der Termin hat keinen Titel (SUMMARY).")
    zones = _Zones(parts, default, notes)
    zone = zones.of_event(block)
    times = _times(block, zones, Wall(zone), notes)
    if block.all("ATTENDEE"):
        notes["Termine, deren Teilnehmende (ATTENDEE) nicht übernommen werden"] += 1
    event = Event(
        uid=_uid(block, title, notes),
        title=_cut(title, 300, "Titel", notes),
        start=times.start,
        end=times.end,
        zone=zone.key,
        all_day=times.all_day,
        series=_series(block, times, zones, zone),
        **_rest(block, notes),
    )
    return Taken(_at_home(event, town), _instead_of(block, zones))


def _at_home(event: Event, town: ZoneInfo) -> Event:
    """An instant in UTC as the town's clocks show it, unless it recurs by UTC's clock. A whole day is one wherever it is."""
    if event.all_day:
        return replace(event, zone=town.key)
    if event.zone != UTC_ZONE.key or event.series.repeats:
        return event
    start, end = (
        one.replace(tzinfo=UTC).astimezone(town).replace(tzinfo=None, fold=0)
        for one in (event.start, event.end)
    )
    return replace(event, start=start, end=max(start, end), zone=town.key)


@dataclass(frozen=True, slots=True)
class _Times:
    start: datetime
    end: datetime
    all_day: bool


class _Zones:
    """Which zone the parameters of a line mean."""

    def __init__(self, parts: Parts, default: ZoneInfo, notes: Counter[str]) -> None:
        self.parts, self.default, self.notes = parts, default, notes

    def named(self, line: Line) -> ZoneInfo | None:
        """That of its TZID; None when there is none."""
        name = line.parameters.get("TZID", "")
        if not name:
            return None
        if name not in self.parts.zones:
            self.notes["Zeitzonen, die genannt, aber nicht beschrieben werden (VTIMEZONE fehlt)"] += 1
        zone = zone_called(name) or zone_called(self.parts.zones.get(name, ""))
        if zone is None:
            self.notes[f"unbekannte Zeitzone „{name[:40]}“: als Uhrzeit der Kommune gelesen"] += 1
        return zone or self.default

    def of_event(self, block: Block) -> ZoneInfo:
        """In which zone the event is read: its own, else that of the calendar."""
        begins = next(iter(block.all("DTSTART")), None)
        if begins is None:
            raise Unreadable("Der Termin hat keinen Anfang (DTSTART).")
        if begins.value.strip().upper().endswith("Z"):
            return UTC_ZONE
        if "TZID" in begins.parameters:
            return self.named(begins) or self.default
        if "T" in begins.value:
            self.notes["Zeiten ohne Zeitzone: als Uhrzeit der Kommune gelesen"] += 1
        return self.default


def _times(block: Block, zones: _Zones, wall: Wall, notes: Counter[str]) -> _Times:
    begins = block.all("DTSTART")[0]
    start, all_day = wall.read(begins.value, zones.named(begins), "Anfang (DTSTART)")
    end = start + _ONE_DAY if all_day else start
    if ends := next(iter(block.all("DTEND")), None):
        end, day_alone = wall.read(ends.value, zones.named(ends), "Ende (DTEND)")
        if all_day and not day_alone:
            notes["ganztägige Termine mit einer Uhrzeit als Ende"] += 1
            end = midnight(end) + (_ONE_DAY if end != midnight(end) else timedelta())
        if end == start and all_day:
            notes["ganztägige Termine, die an ihrem Anfang enden: als ein Tag gelesen"] += 1
            end = start + _ONE_DAY
    elif lasts := block.value("DURATION"):
        end = start + duration_of(lasts)
        end = (
            midnight(end)
            if all_day and end >= start + _ONE_DAY
            else max(end, start + _ONE_DAY)
            if all_day
            else end
        )
    if end < start:
        raise Unreadable(f"Das Ende ({end:%d.%m.%Y %H:%M}) liegt vor dem Anfang ({start:%d.%m.%Y %H:%M}).")
    if end - start > _LONGEST_EVENT:
        raise Unreadable("Der Termin dauert länger als zehn Jahre.")
    return _Times(start, end, all_day)


def _series(block: Block, times: _Times, zones: _Zones, zone: ZoneInfo) -> Series:
    rules = [line.value for line in block.all("RRULE")]
    if len(rules) > _MAX_RULES:
        raise Unreadable("Der Termin hat viel zu viele Wiederholungen (RRULE).")
    if block.all("EXRULE"):
        raise Unreadable(
            "Der Termin hat Ausnahmen nach einer Regel (EXRULE). Das gibt es seit 2009 nicht mehr; bitte einzeln angeben."
        )
    given = dates_of(block.all("RDATE")), dates_of(block.all("EXDATE"))
    if sum(map(len, given)) > _MAX_DATES:
        raise Unreadable(f"Der Termin hat mehr als {_MAX_DATES // 1000}.000 einzelne Tage.")
    extras = {_extra(line, value, times, zones, Wall(zone)) for line, value in given[0]}
    without: set[datetime] = set()
    days: set[date] = set()
    for line, value in given[1]:
        if f"{OWN}BY-RULE" in line.parameters:
            continue  # made of the holidays when it was written; made anew by whoever reads the event
        moment, day_alone = Wall(zone).read(value, zones.named(line), "Ausgelassener Termin (EXDATE)")
        if times.all_day or not day_alone:
            without.add(midnight(moment) if times.all_day else moment)
        else:
            days.add(moment.date())
    days |= {day for _line, value in dates_of(block.all(f"{OWN}WITHOUT-DAYS")) if (day := day_of(value))}
    return Series(
        rules=tuple(read_rule(text, zone, all_day=times.all_day) for text in dict.fromkeys(rules)),
        extras=tuple(sorted(extras)),
        without=frozenset(without),
        without_days=frozenset(days),
        skip=_named(Skip, block.value(f"{OWN}SKIP")),
    )


def _extra(line: Line, value: str, times: _Times, zones: _Zones, wall: Wall) -> Extra:
    begin, slash, end = value.partition("/")
    start, day_alone = wall.read(begin, zones.named(line), "Zusätzlicher Termin (RDATE)")
    if times.all_day:
        start = midnight(start)
    elif day_alone:
        start = datetime.combine(start.date(), times.start.time())
    if not slash or times.all_day:  # whole days have no periods (RFC 5545, section 3.3.9)
        return Extra(start, start + (times.end - times.start))
    last = (
        start + duration_of(end)
        if end.upper().startswith(("P", "+P"))
        else wall.read(end, zones.named(line), "Ende (RDATE)")[0]
    )
    if last < start:
        raise Unreadable("Zusätzlicher Termin (RDATE): Das Ende liegt vor dem Anfang.")
    return Extra(start, last)


def _instead_of(block: Block, zones: _Zones) -> tuple[datetime, bool, ZoneInfo] | None:
    line = next(iter(block.all("RECURRENCE-ID")), None)
    if line is None:
        return None
    if "THISANDFUTURE" in line.parameters.get("RANGE", "").upper():
        raise Unreadable(
            "Die Änderung gilt für diesen und alle folgenden Termine (THISANDFUTURE). Bitte legen Sie dafür eine neue Serie an."
        )
    zone = UTC_ZONE if line.value.strip().upper().endswith("Z") else zones.named(line) or zones.default
    moment, day_alone = Wall(zone).read(line.value, zone, "Geänderter Termin (RECURRENCE-ID)")
    return moment, day_alone, zone


def _rest(block: Block, notes: Counter[str]) -> dict[str, Any]:
    description = text_of(block.value("DESCRIPTION"))
    address = address_of(block.value("URL"))
    if block.value("URL").strip() and not address:
        notes["Adressen (URL), die keine Webadresse sind: weggelassen"] += 1
    categories = [one for line in block.all("CATEGORIES") for one in list_of(line.value)]
    return {
        "sequence": _whole(block.value("SEQUENCE")),
        "description": _cut(description, 20_000, "Beschreibung", notes),
        "place": _cut(text_of(block.value("LOCATION")).replace("\n", ", "), 500, "Ort", notes),
        "position": position_of(block.value("GEO")),
        "online": address_of(block.value("CONFERENCE")),
        "url": address,
        "registration": address_of(block.value(f"{OWN}REGISTRATION")),
        "status": _status(block),
        "organiser": _organiser(block),
        "audience": text_of(block.value(f"{OWN}AUDIENCE"))[:300],
        "price": text_of(block.value(f"{OWN}PRICE"))[:300],
        "categories": tuple(dict.fromkeys(one[:100] for one in categories))[:20],
        "access": _named(Access, block.value(f"{OWN}ACCESS")),
        "pictures": tuple(filter(None, (address_of(line.value) for line in block.all("IMAGE"))))[:20],
        "changed": moment_of(block.value("LAST-MODIFIED")),
    }


def _uid(block: Block, title: str, notes: Counter[str]) -> str:
    uid = text_of(block.value("UID")).replace("\n", " ")[:255]
    if uid:
        return uid
    notes["Termine ohne Kennung (UID): aus Titel, Anfang und Ort gebildet"] += 1
    return digest((title, block.value("DTSTART"), block.value("LOCATION")))


def _status(block: Block) -> Status:
    own = text_of(block.value(f"{OWN}STATUS"))
    if own in list(Status):
        return Status(own)
    return Status.CANCELLED if block.value("STATUS").strip().upper() == "CANCELLED" else Status.SCHEDULED


def _organiser(block: Block) -> str:
    """The name alone: an address of a person is not needed to show an event."""
    named = next((line.parameters.get("CN", "") for line in block.all("ORGANIZER")), "")
    return ("" if "@" in named else text_of(named)[:300]) or text_of(block.value(f"{OWN}ORGANISER"))[:300]


def _named(kind: type[_Named], value: str) -> frozenset[_Named]:
    known = {str(one): one for one in kind}
    return frozenset(known[one] for one in list_of(value) if one in known)


def _whole(text: str) -> int:
    cleaned = text.strip()
    return int(cleaned) if cleaned.isascii() and cleaned.isdigit() and len(cleaned) < 10 else 0  # noqa: PLR2004 - 32 bits


def _cut(text: str, most: int, field: str, notes: Counter[str]) -> str:
    if len(text) <= most:
        return text
    notes[f"{field} länger als {most} Zeichen: gekürzt"] += 1
    return text[: most - 1].rstrip() + "…"
