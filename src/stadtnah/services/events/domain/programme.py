"""The printed programme (for the Amtsblatt, a notice board): dates of events as days with entries, ready to be set. Pure.

Neither PDF nor DOCX decides anything: what stands in an entry, under which day and in which words is said here once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.kernel.clock import german_date, resolve_wall
from stadtnah.services.events.domain.event import STATUS_WORDS, Access, Event, Status, access_word
from stadtnah.services.events.domain.occurrences import Occurrence

ONGOING: Final = "Über mehrere Tage"
_LONG: Final = timedelta(days=7)  # what lasts longer would hide what is on that day only
_NIGHT_ENDS: Final = time(6)  # a dance until four belongs to the evening on which it began


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. mark: what is different from the plan, in words; off: whether it does not take place. facts: (label, text), without those that are not known."""

    time: str
    title: str
    mark: str = ""
    off: bool = False
    place: str = ""
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A day, or what goes on over several."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """What is printed. Nothing in it when no date was given."""

    title: str
    period: str
    town: str
    sections: tuple[Section, ...]


def programme(
    dates: Iterable[Occurrence],
    first: date,
    last: date,
    *,
    town: str,
    zone: ZoneInfo,
    title: str = "Veranstaltungen",
    texts: bool = False,
) -> Programme:
    """The dates from `first` to `last` as the clocks in `zone` show them. texts: with the first paragraph of each description.

    A date stands under the day on which it begins; what began before or goes on for more than a week stands in front, once.
    """
    days: dict[date, list[tuple[datetime, str, Entry]]] = {}
    ongoing: list[tuple[datetime, str, Entry]] = []
    for one in dates:
        start, end = _as_here(one.start, one.event, zone), _as_here(one.end, one.event, zone)
        until = _last_day(start, end)
        if until < first or start.date() > last:
            continue
        over = start.date() < first or until - start.date() > _LONG
        entry = _entry(one, start, end, until, zone, over=over, texts=texts)
        where = ongoing if over else days.setdefault(start.date(), [])
        where.append((datetime.combine(start, time()) if one.event.all_day else start, entry.title, entry))
    sections = [(german_date(day), found) for day, found in sorted(days.items())]
    return Programme(
        title=title,
        period=period_words(first, last),
        town=town,
        sections=tuple(
            Section(heading, tuple(entry for _start, _title, entry in sorted(found, key=lambda row: row[:2])))
            for heading, found in [(ONGOING, ongoing), *sections]
            if found
        ),
    )


def period_words(first: date, last: date) -> str:
    """„1. bis 31. Dezember 2026“; of a day alone its date."""
    if first == last:
        return german_date(first)
    begin = german_date(first).partition(", ")[2].split()
    end = german_date(last).partition(", ")[2]
    if first.year == last.year:
        begin = begin[: 1 if first.month == last.month else 2]
    return f"{' '.join(begin)} bis {end}"


def _as_here(wall: datetime, event: Event, zone: ZoneInfo) -> datetime:
    if event.all_day or event.zone == zone.key:
        return wall
    return resolve_wall(wall, ZoneInfo(event.zone)).astimezone(zone).replace(tzinfo=None)


def _last_day(start: datetime, end: datetime) -> date:
    """The last day people would say that it is on; as an end, a night belongs to the day before (`german_end`)."""
    ends = end - timedelta(days=1) if end.time() <= _NIGHT_ENDS else end
    return max(start.date(), ends.date())


def _entry(
    one: Occurrence, start: datetime, end: datetime, until: date, zone: ZoneInfo, *, over: bool, texts: bool
) -> Entry:
    event = one.event
    mark = _mark(one, start, zone)
    access = ", ".join(access_word(kind) for kind in Access if kind in event.access)
    facts = (
        ("Veranstalter", event.organiser),
        ("Für", event.audience),
        ("Eintritt", event.price),
        ("Barrierefreiheit", access),
        ("Anmeldung", _short(event.registration)),
        ("Online", _short(event.online)),
    )
    return Entry(
        time=_time(start, end, until, all_day=event.all_day, over=over),
        title=event.title,
        mark=mark,
        off=event.status in {Status.CANCELLED, Status.POSTPONED},
        place=event.place,
        text=event.description.strip().partition("\n")[0] if texts else "",
        facts=tuple((label, text) for label, text in facts if text),
    )


def _mark(one: Occurrence, start: datetime, zone: ZoneInfo) -> str:
    """What whoever knew of it before has to know now."""
    words = [] if one.event.status is Status.SCHEDULED else [STATUS_WORDS[one.event.status]]
    planned = _as_here(one.key, one.event, zone)
    if planned != start and one.event.status is not Status.CANCELLED:
        day = "" if planned.date() == start.date() else f" am {_day(planned)}"
        at = "" if one.event.all_day else f" um {_clock(planned)} Uhr"
        moved = f"verlegt, geplant war es{day}{at}"
        words = [moved, *(word for word in words if word != STATUS_WORDS[Status.RESCHEDULED])]
    return "; ".join(words)


def _time(start: datetime, end: datetime, until: date, *, all_day: bool, over: bool) -> str:
    several = until > start.date()
    if over:
        return f"{_day(start)} bis {_day(until)}" if several else _day(start)
    if all_day:
        return f"bis {_day(until)}" if several else "ganztägig"
    if end <= start:
        return f"{_clock(start)} Uhr"
    shown_end = "24" if end.time() == time() else _clock(end)
    return (
        f"{_clock(start)} Uhr bis {_day(until)}, {shown_end} Uhr"
        if several
        else f"{_clock(start)} bis {shown_end} Uhr"
    )


def _clock(wall: datetime) -> str:
    """„19“ or „9:30“: as programmes are printed."""
    return f"{wall.hour}:{wall:%M}" if wall.minute else f"{wall.hour}"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _short(address: str) -> str:
    """An address as it is printed: nobody types https."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
