"""Opening hours: what a plan says of a day, when it is open, when it opens next. Pure; all times are wall times of the town.

A wall time is what the clock at the office's door shows, so the nights with a clock change need no rule here: whoever asks turns a
moment into wall time first (`kernel.clock.local`). `assets/js/site.js` says the same in the browser; tests hold both to each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

DAY: Final = 24 * 60  # minutes
HORIZON: Final = timedelta(days=366)  # beyond it nobody plans a visit
APPOINTMENT: Final = "appointment"
WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


class Span(NamedTuple):
    """Open from `opens` to `closes`, in minutes after midnight; beyond 24:00 it goes on after midnight."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its spans in order, and whether one may come by appointment besides. Without both it is closed."""

    spans: tuple[Span, ...] = ()
    appointment: bool = False

    @property
    def closed(self) -> bool:
        """Whether nobody may come at all."""
        return not self.spans and not self.appointment

    def codes(self) -> list[str]:
        """As released content keeps it: "08:00-12:00", "22:00-26:00", "appointment"."""
        return [*(f"{_clock(a)}-{_clock(b)}" for a, b in self.spans), *([APPOINTMENT] * self.appointment)]

    @classmethod
    def of_codes(cls, codes: Sequence[str]) -> Day:
        """The reverse of `codes`. Raises ValueError."""
        pairs = [code.split("-") for code in codes if code != APPOINTMENT]
        return cls(tuple(Span(_minutes(a), _minutes(b)) for a, b in pairs), APPOINTMENT in codes)


CLOSED: Final = Day()
Week = tuple[Day, ...]  # seven, Monday first


@dataclass(frozen=True, slots=True)
class Season:
    """Another week from `first` to `last`, both included; `yearly`: each year on these days, whatever their year."""

    first: date
    last: date
    week: Week
    name: str = ""
    yearly: bool = False

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, here = ((d.month, d.day) for d in (self.first, self.last, day))
        return first <= here <= last if first <= last else here >= first or here <= last


@dataclass(frozen=True, slots=True)
class Deviation:
    """Other hours, or none, on certain days."""

    first: date
    last: date
    day: Day = CLOSED
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is laid down. Of a deviation, `closings` (a holiday with what it means), a season and the week the first counts."""

    week: Week
    seasons: tuple[Season, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    closings: Mapping[date, tuple[str, Day]] = field(default_factory=dict)

    def on(self, day: date) -> Day:
        """The hours of that day."""
        return self.why(day)[1]

    def why(self, day: date) -> tuple[str, Day]:
        """The hours of that day and the reason when they are not the usual ones, "" else."""
        for deviation in self.deviations:
            if deviation.holds(day):
                return deviation.reason, deviation.day
        if day in self.closings:
            return self.closings[day]
        return "", self.usual(day)

    def usual(self, day: date) -> Day:
        """What the week or the season says of that day."""
        season = next((season for season in self.seasons if season.holds(day)), None)
        return (season.week if season else self.week)[day.weekday()]


class Open(NamedTuple):
    """Open without a break from `opens` to `closes`."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class State:
    """What holds at a time. until: when it closes, if it is open. opens: when it opens next within a year, if it is closed."""

    until: datetime | None = None
    opens: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether one can come now."""
        return self.until is not None


def state_at(plan: Plan, wall: datetime) -> State:
    """What holds at this wall time (naive)."""
    for span in openings(plan, wall.date() - timedelta(days=1), wall.date() + HORIZON):
        if span.opens <= wall < span.closes:
            return State(until=span.closes)
        if span.opens > wall:
            return State(opens=span.opens)
    return State()


def openings(plan: Plan, first: date, last: date) -> Iterator[Open]:
    """Every opening that begins on one of these days, in order; what touches or overlaps is one."""
    held: Open | None = None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        midnight = datetime.combine(day, time())
        for span in plan.on(day).spans:
            found = Open(midnight + timedelta(minutes=span.opens), midnight + timedelta(minutes=span.closes))
            if held and found.opens <= held.closes:
                held = Open(held.opens, max(held.closes, found.closes))
                continue
            if held:
                yield held
            held = found
    if held:
        yield held


def changes(plan: Plan, first: date, last: date) -> Iterator[tuple[date, str, Day]]:
    """(day, reason, hours) for each day that is not as usual: exceptions, and holidays that change something."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        reason, hours = plan.why(day)
        if hours != plan.usual(day) or any(deviation.holds(day) for deviation in plan.deviations):
            yield day, reason, hours


def clashes(week: Week) -> dict[int, str]:
    """Weekday number to what is wrong with its hours beside the day before: spans that go on after midnight into the next."""
    found: dict[int, str] = {}
    for number, day in enumerate(week):
        before = week[number - 1]
        late = before.spans[-1].closes - DAY if before.spans else 0
        if day.spans and day.spans[0].opens < late:
            found[number] = (
                f"Die Öffnung von {WEEKDAYS[number - 1]} geht bis {clock_of(late)} Uhr am {WEEKDAYS[number]}. "
                f"Bitte beginnen Sie hier nicht vor {clock_of(late)} Uhr."
            )
    return found


def clock_of(minutes: int) -> str:
    """„8:00“, „24:00“, „2:00“ after midnight."""
    hour, minute = divmod(minutes if minutes <= DAY else minutes - DAY, 60)
    return f"{hour}:{minute:02}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}"


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
