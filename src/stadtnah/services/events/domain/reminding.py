"""Who is reminded of what, and when; what became of a date since somebody asked for it. Pure.

Somebody wishes for one date or for all of an event. The mail goes on the morning of the day before, or of the same day a week before, by
the town's clocks: a date that begins at midnight or in the night of a clock change is announced at nine all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.services.events.domain.event import Status

HOUR: Final = time(9)
POSTPONED_KEPT: Final = timedelta(days=90)  # after the day that was called off, if no new one is named
ALL: Final = ""  # the wish for all dates


class Lead(StrEnum):
    """How long before."""

    DAY = "day"
    WEEK = "week"


AHEAD: Final = {Lead.DAY: timedelta(days=1), Lead.WEEK: timedelta(days=7)}  # the nearest first


@dataclass(frozen=True, slots=True)
class Announced:
    """A date as it was released. key: when it would have begun by the rule; start, end: wall times; the moments are for programs.

    note: what the municipality says of its state (why it is called off, what becomes of tickets); another one alone is no news.
    """

    key: str
    start: datetime
    end: datetime
    begins_at: datetime
    ends_at: datetime
    all_day: bool = False
    status: Status = Status.SCHEDULED
    title: str = ""
    place: str = ""
    note: str = ""

    @property
    def off(self) -> bool:
        """Whether nobody need come."""
        return self.status in {Status.CANCELLED, Status.POSTPONED}


class News(StrEnum):
    """What became of a date."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    ONLINE = "online"
    MOVED = "moved"
    PLACE = "place"
    AGAIN = "again"  # it takes place after all
    GONE = "gone"  # no longer announced


@dataclass(frozen=True, slots=True)
class Move:
    """A date that is not what it was."""

    news: News
    before: Announced
    after: Announced | None = None

    def concerns(self, recurrence: str) -> bool:
        """Whether it is news for somebody with this wish."""
        return recurrence in concerned([self])


@dataclass(frozen=True, slots=True)
class Compared:
    """What is new, what is known from now on, and the new keys of dates that have another one."""

    moves: tuple[Move, ...]
    known: tuple[Announced, ...]
    renamed: Mapping[str, str]


def remind_at(day: date, lead: Lead) -> datetime:
    """The moment at which somebody is reminded of what begins on this day."""
    return clock.resolve_wall(datetime.combine(day - AHEAD[lead], HOUR))


def possible(one: Announced, leads: Collection[Lead], now: datetime) -> bool:
    """Whether anybody can still be reminded of this date."""
    return not one.off and any(remind_at(one.start.date(), lead) > now for lead in leads)


def covered(recurrence: str, dates: Iterable[Announced]) -> list[Announced]:
    """The dates that a wish is for."""
    return [one for one in dates if recurrence in {ALL, one.key}]


def due(
    recurrence: str, leads: Collection[Lead], since: datetime, dates: Iterable[Announced], now: datetime
) -> set[tuple[date, Lead]]:
    """The days of which somebody is to be reminded now: what has not begun and takes place.

    Of two that are due the nearer one; none whose moment had passed when the wish was confirmed (`since`): they had just read it.
    """
    found = set()
    for one in covered(recurrence, dates):
        day = one.start.date()
        ready = [lead for lead in AHEAD if lead in leads and since < remind_at(day, lead) <= now]
        if ready and not one.off and now < one.begins_at:
            found.add((day, ready[0]))
    return found


def on_day(recurrence: str, dates: Iterable[Announced], day: date, now: datetime) -> list[Announced]:
    """What a reminder of this day tells: it may have been moved or called off since it was written."""
    return [
        one
        for one in covered(recurrence, dates)
        if one.start.date() == day and not one.off and now < one.begins_at
    ]


def end_of(recurrence: str, dates: Iterable[Announced]) -> datetime | None:
    """When the last date of a wish is over; None when there is none any more."""
    ends = [
        one.ends_at + (POSTPONED_KEPT if one.status is Status.POSTPONED else timedelta(0))
        for one in covered(recurrence, dates)
        if one.status is not Status.CANCELLED
    ]
    return max(ends, default=None)


def compare(
    before: Iterable[Announced], after: Iterable[Announced], now: datetime, *, withdrawn: bool = False
) -> Compared:
    """What changed for those who knew `before`. What is over is no news; a new date alone is none either.

    withdrawn: the event is no longer announced at all; else a postponed date whose day has passed waits for its new one.
    """
    old = [one for one in before if _matters(one, now)]
    new = [one for one in after if one.ends_at > now]
    pairs = _pairs(old, new)
    kept = [one for one, other in pairs if other is None and one.ends_at <= now and not withdrawn]
    moves = [
        Move(news, one, other)
        for one, other in pairs
        if one not in kept and (news := _news(one, other)) is not None
    ]
    renamed = {one.key: other.key for one, other in pairs if other is not None and other.key != one.key}
    return Compared(tuple(moves), tuple(sorted([*kept, *new], key=_order)), renamed)


def concerned(moves: Iterable[Move]) -> set[str]:
    """The wishes for which there is news; none without a move."""
    keys = {move.before.key for move in moves}
    return {ALL, *keys} if keys else set()


def to_plain(one: Announced) -> dict[str, Any]:
    """As JSON values."""
    return {
        "key": one.key,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "begins_at": one.begins_at.astimezone(UTC).isoformat(),
        "ends_at": one.ends_at.astimezone(UTC).isoformat(),
        "all_day": one.all_day,
        "status": one.status.value,
        "title": one.title,
        "place": one.place,
        "note": one.note,
    }


def from_plain(data: Mapping[str, Any]) -> Announced:
    """Out of `to_plain`."""
    moments = {name: datetime.fromisoformat(data[name]) for name in ("start", "end", "begins_at", "ends_at")}
    return Announced(**{**data, **moments, "status": Status(data["status"])})


def _matters(one: Announced, now: datetime) -> bool:
    if one.status is Status.POSTPONED:
        return one.ends_at + POSTPONED_KEPT > now
    return one.ends_at > now


def _pairs(old: list[Announced], new: list[Announced]) -> list[tuple[Announced, Announced | None]]:
    """Each old date with what it is now: the same by the rule, else the only one of its day, else the only one at all."""
    found: dict[str, Announced] = {}
    for same in (lambda one: one.key, lambda one: one.start.date()):
        taken = {one.key for one in found.values()}
        mine, theirs = (
            _alone([one for one in old if one.key not in found], same),
            _alone([one for one in new if one.key not in taken], same),
        )
        found |= {mine[value].key: theirs[value] for value in mine.keys() & theirs.keys()}
    if not found and len(old) == len(new) == 1:
        found = {old[0].key: new[0]}
    return [(one, found.get(one.key)) for one in old]


def _alone(rows: list[Announced], same: Any) -> dict[Any, Announced]:
    """What is the only one of its kind."""
    by: dict[Any, list[Announced]] = {}
    for one in rows:
        by.setdefault(same(one), []).append(one)
    return {value: some[0] for value, some in by.items() if len(some) == 1}


def _news(one: Announced, other: Announced | None) -> News | None:
    if other is None:
        return None if one.status is Status.CANCELLED else News.GONE
    if other.off:
        told = News.CANCELLED if other.status is Status.CANCELLED else News.POSTPONED
        return None if other.status is one.status else told
    if one.off:
        return News.AGAIN
    if other.status is Status.MOVED_ONLINE and one.status is not Status.MOVED_ONLINE:
        return News.ONLINE
    if (other.start, other.all_day) != (one.start, one.all_day):
        return News.MOVED
    return News.PLACE if _spoken(other.place) != _spoken(one.place) else None


def _spoken(place: str) -> str:
    """A comma more is no other place."""
    return "".join(sign for sign in place.casefold() if sign.isalnum())


def _order(one: Announced) -> tuple[datetime, str]:
    return one.begins_at, one.key
