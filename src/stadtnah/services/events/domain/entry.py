"""An event as somebody without an account tells it: few fields, one simple repetition, and always a last day. Pure.

The last day is what the retention of the sender's address counts from, so no series is without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from stadtnah.services.events.domain.event import Access, Event, Series
from stadtnah.services.events.domain.night import end_at
from stadtnah.services.events.domain.occurrences import occurrences
from stadtnah.services.events.domain.rule import Rule

_ONE_DAY: Final = timedelta(days=1)
_LAST_SECOND: Final = time(23, 59, 59)
LONGEST_SERIES: Final = timedelta(days=400)  # a year's programme and somewhat more
LONGEST_EVENT: Final = timedelta(days=60)  # an exhibition; what lasts longer is no event
_FIFTH: Final = 5


class Repeat(StrEnum):
    """The repetitions that can be said without knowing a calendar program."""

    NONE = "none"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"  # on the same weekday of the month, as in every 2nd Tuesday


@dataclass(frozen=True, slots=True)
class Entry:
    """What was told. `begin` None: the whole day. Times are wall times of the town."""

    title: str
    day: date
    begin: time | None = None
    last_day: date | None = None
    end: time | None = None
    repeat: Repeat = Repeat.NONE
    until: date | None = None
    place: str = ""
    organiser: str = ""
    description: str = ""
    price: str = ""
    registration: str = ""
    access: frozenset[Access] = frozenset()


def event_of(entry: Entry, uid: str, zone: str) -> Event:
    """The event that was told."""
    start, end = _span(entry)
    return Event(
        uid=uid,
        title=entry.title,
        start=start,
        end=end,
        zone=zone,
        all_day=entry.begin is None,
        description=entry.description,
        place=entry.place,
        registration=entry.registration,
        organiser=entry.organiser,
        price=entry.price,
        access=entry.access,
        series=Series(rules=_rules(entry)),
    )


def last_day(entry: Entry, zone: str) -> date:
    """The day on which it is over for good."""
    event = event_of(entry, "", zone)
    final = max(
        (one.end for one in occurrences(event, entry.day, entry.until or entry.day)), default=event.end
    )
    return (final - _ONE_DAY if event.all_day else final).date()


def to_json(entry: Entry) -> dict[str, Any]:
    """For the database; `from_json` gives the same entry again."""
    return {
        "title": entry.title,
        "day": entry.day.isoformat(),
        "begin": _text(entry.begin),
        "last_day": _text(entry.last_day),
        "end": _text(entry.end),
        "repeat": entry.repeat.value,
        "until": _text(entry.until),
        "place": entry.place,
        "organiser": entry.organiser,
        "description": entry.description,
        "price": entry.price,
        "registration": entry.registration,
        "access": sorted(entry.access),
    }


def from_json(data: dict[str, Any]) -> Entry:
    """What `to_json` gave."""
    read_day, read_time = date.fromisoformat, time.fromisoformat
    return Entry(
        **{
            **data,
            "day": read_day(data["day"]),
            "begin": read_time(data["begin"]) if data["begin"] else None,
            "last_day": read_day(data["last_day"]) if data["last_day"] else None,
            "end": read_time(data["end"]) if data["end"] else None,
            "repeat": Repeat(data["repeat"]),
            "until": read_day(data["until"]) if data["until"] else None,
            "access": frozenset(map(Access, data["access"])),
        }
    )


def _text(value: date | time | None) -> str:
    return value.isoformat() if value is not None else ""


def _span(entry: Entry) -> tuple[datetime, datetime]:
    """Without an end it takes no time; an end before the begin is one of the next morning."""
    final = entry.last_day or entry.day
    if entry.begin is None:
        return datetime.combine(entry.day, time()), datetime.combine(final, time()) + _ONE_DAY
    start = datetime.combine(entry.day, entry.begin)
    if entry.end is None:
        return start, start if final == entry.day else datetime.combine(final, time()) + _ONE_DAY
    return start, end_at(start, entry.end) if final == entry.day else datetime.combine(final, entry.end)


def _rules(entry: Entry) -> tuple[Rule, ...]:
    if entry.repeat is Repeat.NONE:
        return ()
    until = (
        datetime.combine(entry.until, time() if entry.begin is None else _LAST_SECOND)
        if entry.until
        else None
    )
    weekday = entry.day.weekday()
    if entry.repeat is Repeat.MONTHLY:
        which = (entry.day.day - 1) // 7 + 1
        # Few months have a fifth one; who meets on a 29th or later means the last.
        return (Rule("MONTHLY", until=until, days=((-1 if which == _FIFTH else which, weekday),)),)
    return (
        Rule("WEEKLY", interval=1 + (entry.repeat is Repeat.FORTNIGHTLY), until=until, days=((0, weekday),)),
    )
