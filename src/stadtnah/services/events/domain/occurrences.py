"""On which dates an event takes place: rule, extra dates, exceptions, changed dates, holidays. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.kernel.land.holidays import holidays
from stadtnah.services.events.domain.event import Event, Skip
from stadtnah.services.events.domain.expand import TooMany, starts

MOST: Final = 5_000  # dates of one event in a stretch of time; every two hours for a year
_ONE_DAY: Final = timedelta(days=1)
_NIGHT: Final = timedelta(hours=5)
_A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days a series may leave out.

    land: its public holidays; "" when it is not known. local: keys of those that only some municipalities have. school: first and last
    day of each school holiday; they are decided for every school year, so they are facts somebody enters and no rule.
    """

    land: str = ""
    local: frozenset[str] = frozenset()
    school: tuple[tuple[date, date], ...] = ()

    def off(self, day: date, skip: frozenset[Skip]) -> bool:
        """Whether a series that leaves out `skip` leaves out this day."""
        if (
            Skip.HOLIDAYS in skip
            and self.land
            and any(one.day == day for one in holidays(self.land, day.year, self.local))
        ):
            return True
        return Skip.SCHOOL_HOLIDAYS in skip and any(first <= day <= last for first, last in self.school)


NOTHING_OFF: Final = DaysOff()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date. `key` is when it would have begun by the rule; start and end are wall times in the event's zone."""

    start: datetime
    end: datetime
    key: datetime
    event: Event


def occurrences(event: Event, first: date, last: date, off: DaysOff = NOTHING_OFF) -> list[Occurrence]:
    """The dates of which anything falls on a day from `first` to `last`, in order. Raises TooMany.

    A date lasts as long as the clocks show: from 22:00 to 04:00 also in the night in which they are changed.
    """
    opens, closes = datetime.combine(first, time()), datetime.combine(last + _ONE_DAY, time())
    changed = {change.instead_of: change.event for change in event.series.changes}
    found = {
        key: Occurrence(key, end, key, event)
        for key, end in _planned(event, opens, closes, off)
        if key not in changed and _touches(key, end, opens, closes)
    }
    for key, other in changed.items():
        if _touches(other.start, other.end, opens, closes):
            found[key] = Occurrence(other.start, other.end, key, other)
    return sorted(found.values(), key=lambda one: (one.start, one.key))


def last_day(start: datetime, end: datetime, *, all_day: bool) -> date:
    """The last day that a date belongs to: what is over by five in the morning is the evening's before."""
    over = end - (_ONE_DAY if all_day else _NIGHT)
    return max(start.date(), over.date())


def following(event: Event, day: date, number: int, off: DaysOff = NOTHING_OFF) -> list[Occurrence]:
    """The next dates from `day` on, at most `number`; looks two years ahead."""
    return occurrences(event, day, day + timedelta(days=730), off)[:number]


def over(event: Event, moment: datetime, off: DaysOff = NOTHING_OFF) -> bool:
    """Whether no date is to come or goes on at a moment. What has no end goes on until its day is over. Raises TooMany."""
    wall = moment.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)
    coming = following(event, max(wall.date(), event.start.date()), MOST, off)
    return not any(
        one.end > wall or (one.end == one.start and one.start.date() >= wall.date()) for one in coming
    )


def left_out(event: Event, first: date, last: date, off: DaysOff) -> list[datetime]:
    """The dates that only holidays take away: for calendar programs, which do not know them."""
    if not event.series.skip:
        return []
    found: set[datetime] = set()
    extras = {extra.start for extra in event.series.extras}
    while first <= last:
        until = min(last, first + _A_YEAR)  # year by year, as MOST holds for each question
        opens, closes = datetime.combine(first, time()), datetime.combine(until + _ONE_DAY, time())
        planned = {key for key, _end in _planned(event, opens, closes, NOTHING_OFF)} - extras
        found |= {key for key in planned if off.off(key.date(), event.series.skip)}
        first = until + _ONE_DAY
    return sorted(found)


def _planned(
    event: Event, opens: datetime, closes: datetime, off: DaysOff
) -> Iterator[tuple[datetime, datetime]]:
    """(start, end) by rule and extra dates without the exceptions, from somewhat before the stretch."""
    span, series = event.end - event.start, event.series
    keys = {event.start}
    for rule in series.rules:
        for key in starts(rule, event.start, opens - span, closes):
            keys.add(key)
            if len(keys) > MOST:
                raise TooMany
    ends = {key: key + span for key in keys if not off.off(key.date(), series.skip)}
    ends |= {extra.start: extra.end for extra in series.extras}
    for key in sorted(ends):
        if key not in series.without and key.date() not in series.without_days:
            yield key, ends[key]


def _touches(start: datetime, end: datetime, opens: datetime, closes: datetime) -> bool:
    """Whether it lies in the stretch; what takes no time is there where it begins."""
    return start < closes and (end > opens or (start == end == opens))
