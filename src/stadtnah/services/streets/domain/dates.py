"""The days of an area: what a new calendar changes, which day a holiday shifted, in which rhythm a kind is collected. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

_NEAR: Final = 6  # days: further away it is another collection, not a moved one
_MOSTLY: Final = 0.7  # of the dates: less is no rhythm
_FEWEST: Final = 5
_MOST_SHIFTED: Final = 3  # days
_WEEK: Final = timedelta(days=7)
_RHYTHMS: Final = (1, 2, 3, 4)


class Collection(NamedTuple):
    """One kind on one day."""

    day: date
    kind: str


class Move(NamedTuple):
    """A collection that was on another day."""

    kind: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new calendar changes, in the order of days."""

    new: list[Collection] = field(default_factory=list)
    gone: list[Collection] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    same: int = 0

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.new or self.gone or self.moved)


class Shift(NamedTuple):
    """Why a collection is not on its usual weekday."""

    instead: date
    holiday: date


class Rhythm(NamedTuple):
    """On which weekday (Monday is 0) and every how many weeks, mostly."""

    weekday: int
    weeks: int


def compare(before: Iterable[Collection], after: Iterable[Collection]) -> Difference:
    """What came, went and moved. Moved is what went and came for the same kind within six days."""
    old, now = set(before), set(after)
    new, gone, moved = sorted(now - old), sorted(old - now), list[Move]()
    for one in list(gone):
        near = [other for other in new if other.kind == one.kind and abs((other.day - one.day).days) <= _NEAR]
        if near:
            other = min(near, key=lambda found: abs((found.day - one.day).days))
            moved.append(Move(one.kind, one.day, other.day))
            gone.remove(one)
            new.remove(other)
    return Difference(new, gone, moved, len(old & now))


def rhythm(days: Iterable[date]) -> Rhythm | None:
    """None unless most days share a weekday and most gaps are the same number of weeks."""
    ordered = sorted(set(days))
    if len(ordered) < _FEWEST:
        return None
    weekday, number = Counter(day.weekday() for day in ordered).most_common(1)[0]
    if number < len(ordered) * _MOSTLY:
        return None
    # Counted between the weeks, so that a day that a holiday shifted keeps the rhythm.
    gaps = Counter((_monday(later) - _monday(day)).days // 7 for day, later in pairwise(ordered))
    weeks, often = gaps.most_common(1)[0]
    return Rhythm(weekday, weeks) if weeks in _RHYTHMS and often >= (len(ordered) - 1) * _MOSTLY else None


def shifted(collections: Iterable[Collection], holidays: Container[date]) -> dict[Collection, Shift]:
    """The collections that a public holiday moved away from the usual weekday of their kind.

    Said only when it is plain: the kind has a usual weekday, nothing is collected on that day of this time, and between that day and the
    beginning or end of its week lies a holiday (days move on after it, or come forward before it).
    """
    by_kind: dict[str, set[date]] = {}
    for one in collections:
        by_kind.setdefault(one.kind, set()).add(one.day)
    found: dict[Collection, Shift] = {}
    for kind, days in by_kind.items():
        usual = rhythm(days)
        if usual is None:
            continue
        for day in days:
            planned = _nearest(day, usual.weekday)
            if day == planned or planned in days or abs((day - planned).days) > _MOST_SHIFTED:
                continue
            if holiday := _holiday_of(planned, day, holidays):
                found[Collection(day, kind)] = Shift(planned, holiday)
    return found


def _holiday_of(planned: date, day: date, holidays: Container[date]) -> date | None:
    """The holiday that moved it: on or before the planned day of that week when it comes later, on or after it when it comes earlier."""
    monday = _monday(planned)
    week = [monday + timedelta(days=number) for number in range(7)]
    reach = [one for one in week if (one <= planned if day > planned else one >= planned)]
    reach.sort(key=lambda one: abs((one - planned).days))
    return next((one for one in reach if one in holidays), None)


def _nearest(day: date, weekday: int) -> date:
    ahead = timedelta(days=(weekday - day.weekday()) % 7)
    return day + ahead if ahead <= timedelta(days=_MOST_SHIFTED) else day + ahead - _WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
