"""A calendar file as events. What cannot be read is put aside one by one with its reason; the rest goes on. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Change, Event
from stadtnah.services.events.domain.expand import TooMany
from stadtnah.services.events.domain.ics.lines import Block, NoCalendar, Parts, taken_apart
from stadtnah.services.events.domain.ics.one import Taken, taken
from stadtnah.services.events.domain.ics.values import Unreadable, digest, text_of
from stadtnah.services.events.domain.occurrences import MOST, occurrences
from stadtnah.services.events.domain.rule import RuleWrong
from stadtnah.services.events.domain.zones import zone_called

_SHOWN_TITLE: Final = 80
_MOST_DATES: Final = 500_000
_DENSE: Final = 25_000  # what a series costs that has too many dates
_TRIED: Final = 100
_TWO_YEARS: Final = timedelta(days=730)
_MOST_IN_TWO_YEARS: Final = MOST * 9 // 10  # two other years may have some more
_FAR: Final = date(2190, 1, 1)


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that was put aside: its place in the file, what it calls itself, why (German), its name if it has one."""

    position: int
    title: str
    reason: str
    uid: str = ""


@dataclass(slots=True)
class Calendar:
    """What a file holds. notes: what was wrong and could be understood all the same, German. repeated: identical copies left out. unit: what positions count. cut: the file ends in the middle of itself."""

    name: str = ""
    zone: str = ""
    events: list[Event] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    total: int = 0
    changes: int = 0
    repeated: int = 0
    unit: str = "Termin"
    cut: bool = False


class _Purse:
    """How many dates the series of one file may give together, so that a file full of them cannot keep anybody busy."""

    def __init__(self) -> None:
        self.left = _MOST_DATES

    def tries(self, event: Event) -> None:
        """Takes a series only when its dates of two years are of a number that somebody plans. Raises TooMany, Unreadable."""
        if not event.series.rules:
            return
        if self.left < 0:
            raise Unreadable(
                "Die Datei enthält insgesamt viel zu viele Termine von Serien. Bitte teilen Sie sie."
            )
        self.left -= _DENSE
        first = event.start.date()
        dates = occurrences(event, first, first + _TWO_YEARS)
        if len(dates) > _MOST_IN_TWO_YEARS:
            raise TooMany
        if any(rule.count for rule in event.series.rules):
            # Such a rule is counted from its first date whenever it is asked: also the last must be within reach.
            occurrences(event, _FAR, _FAR + _TWO_YEARS)
        self.left += _DENSE - _TRIED - len(dates)


def read(data: bytes, town: ZoneInfo) -> Calendar:
    """Reads a file; `town`: the zone of times that name none. Raises NoCalendar when it is no calendar."""
    parts = taken_apart(data)
    found = Calendar(total=len(parts.events), notes=Counter(parts.faults), cut=parts.cut)
    found.others.update({name: number for name, number in parts.others.items() if number})
    zone = _head(parts, found, town)
    good: list[tuple[int, Taken]] = []
    purse = _Purse()
    for position, block in enumerate(parts.events, start=1):
        try:
            one = taken(block, parts, zone, town, found.notes)
            purse.tries(one.event)
            good.append((position, one))
        except (Unreadable, RuleWrong, TooMany) as problem:
            found.broken.append(Broken(position, _title(block), str(problem), _named(block)))
    _together(good, found)
    found.broken.sort(key=lambda one: one.position)
    return found


def _title(block: Block) -> str:
    return text_of(block.value("SUMMARY")).replace("\n", " ")[:_SHOWN_TITLE]


def _named(block: Block) -> str:
    return text_of(block.value("UID")).replace("\n", " ")[:255]


def _head(parts: Parts, found: Calendar, town: ZoneInfo) -> ZoneInfo:
    values: dict[str, str] = {}
    for line in parts.head:
        if line.name in values and line.name in {"CALSCALE", "VERSION", "PRODID", "METHOD", "X-WR-TIMEZONE"}:
            found.notes[f"{line.name} steht mehrmals im Kopf"] += 1
        values.setdefault(line.name, line.value)
    if (scale := values.get("CALSCALE", "GREGORIAN").strip().upper()) != "GREGORIAN":
        raise NoCalendar(
            f"Der Kalender zählt die Tage anders als wir (CALSCALE „{scale[:20]}“). Bitte geben Sie ihn gregorianisch aus."
        )
    found.name = text_of(values.get("X-WR-CALNAME", "") or values.get("NAME", ""))[:200]
    said = values.get("X-WR-TIMEZONE", "")
    zone = zone_called(said) if said.strip() else None
    if said.strip() and zone is None:
        found.notes[
            f"unbekannte Zeitzone „{said.strip()[:40]}“ im Kopf: Zeiten als Uhrzeit der Kommune gelesen"
        ] += 1
    found.zone = (zone or town).key
    return zone or town


def _together(good: list[tuple[int, Taken]], found: Calendar) -> None:
    """Changed dates to their series; copies left out; what shares a UID without being the same gets one of its own."""
    masters: dict[str, Event] = {}
    changes: dict[str, list[tuple[int, Taken]]] = {}
    for position, one in good:
        if one.instead_of is not None:
            changes.setdefault(one.event.uid, []).append((position, one))
            continue
        known = masters.get(one.event.uid)
        if known is None:
            masters[one.event.uid] = one.event
        elif _same(known, one.event):
            found.repeated += 1
            if one.event.sequence > known.sequence:
                masters[known.uid] = one.event
        elif (
            one.event.sequence != known.sequence
            and known.title == one.event.title
            and known.start.date() == one.event.start.date()
        ):
            # The same event in two states (RFC 5546, section 2.1.5): the later one holds. On another day it may as well be another one.
            found.notes["ältere Fassungen desselben Termins ausgelassen"] += 1
            found.repeated += 1
            if one.event.sequence > known.sequence:
                masters[known.uid] = one.event
        else:
            found.notes["mehrere Termine mit derselben Kennung (UID): jeder hat nun eine eigene"] += 1
            own = replace(one.event, uid=_own_uid(one.event))
            if own.uid in masters:
                found.repeated += 1
            masters.setdefault(own.uid, own)
    for uid, several in changes.items():
        _change(masters, uid, several, found)
    found.events = list(masters.values())


def _change(masters: dict[str, Event], uid: str, several: list[tuple[int, Taken]], found: Calendar) -> None:
    master = masters.get(uid)
    if master is None or not master.series.repeats:
        found.notes["geänderte Termine, deren Serie in der Datei fehlt: als einzelne Termine gelesen"] += len(
            several
        )
        for _position, one in several:
            alone = replace(one.event, uid=_own_uid(one.event))
            masters.setdefault(alone.uid, alone)
        return
    latest: dict[datetime, Event] = {}
    for _position, one in several:
        assert one.instead_of is not None
        key = _key(one, master)
        if key not in latest or one.event.sequence >= latest[key].sequence:
            latest[key] = one.event
        else:
            found.repeated += 1
    found.changes += len(latest)
    changed = tuple(Change(key, event) for key, event in sorted(latest.items(), key=lambda pair: pair[0]))
    masters[uid] = replace(master, series=replace(master.series, changes=changed))


def _key(one: Taken, master: Event) -> datetime:
    """The date of the series that is meant, as the clocks of the series' zone show it."""
    assert one.instead_of is not None
    moment, day_alone, zone = one.instead_of
    if day_alone or master.all_day:
        return datetime.combine(moment.date(), master.start.time())
    if zone.key == master.zone:
        return moment
    return moment.replace(tzinfo=zone).astimezone(ZoneInfo(master.zone)).replace(tzinfo=None, fold=0)


def _same(one: Event, other: Event) -> bool:
    return (one.title, one.start, one.end, one.place, one.series) == (
        other.title,
        other.start,
        other.end,
        other.place,
        other.series,
    )


def _own_uid(event: Event) -> str:
    return f"{event.uid[:120]}-{digest((event.title, event.start.isoformat(), event.place))}"
