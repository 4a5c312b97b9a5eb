"""What is in the way of an event: the same one entered twice, another at the same place and time, one for the same people that evening. Pure.

It is a hint: two events may share a market place, and a person knows. Places are the same by their entry in the register, within 150 m by
their coordinates, else by their name, unless their addresses speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import clock
from stadtnah.services.events.domain import twins
from stadtnah.services.events.domain.event import Event, Series, Status
from stadtnah.services.events.domain.occurrences import Occurrence

OFF: Final = frozenset({Status.CANCELLED, Status.POSTPONED})  # these take no place
AROUND: Final = timedelta(minutes=45)  # so far apart two entries of one event may begin (`twins`)
_USUAL: Final = timedelta(hours=1)  # how long lasts what says no end
_EVENING: Final = 17  # o'clock
_EVERYBODY: Final = frozenset({"", "alle", "alle interessierten", "für alle", "jedermann", "öffentlichkeit"})


class Why(IntEnum):
    """In which way two events clash, what weighs most first."""

    TWIN = 1
    PLACE = 2
    PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Other:
    """One date of another event. key: its place in the register, "" without; where: in which list it stands, for people; about: its key there."""

    event: Event
    key: str = ""
    where: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """What the other event is in the way of. shared: the category or audience that both name, for `Why.PEOPLE`."""

    other: Other
    why: Why
    shared: str = ""


def date_of(one: Occurrence) -> Event:
    """A date as an event by itself."""
    return replace(one.event, start=one.start, end=one.end, series=Series())


def span(event: Event) -> tuple[datetime, datetime]:
    """The moments from which to which it takes its place."""
    zone = ZoneInfo(event.zone)
    begin, end = (clock.resolve_wall(moment, zone) for moment in (event.start, event.end))
    return begin, end if end > begin else begin + _USUAL


def evening(event: Event) -> date | None:
    """The day whose evening it takes; None by day."""
    return event.start.date() if not event.all_day and event.start.hour >= _EVENING else None


def found(dates: Iterable[Event], key: str, others: Iterable[Other]) -> list[Clash]:
    """The clashes of an event with these dates, each other event once and for what weighs most; key: its place in the register."""
    mine, rest = list(dates), [other for other in others if other.event.status not in OFF]
    same = {id(pair.other) for pair in twins.between(mine, [other.event for other in rest])}
    clashes: dict[str, Clash] = {}
    for other in rest:
        clash = Clash(other, Why.TWIN) if id(other.event) in same else _clash(mine, key, other)
        known = clashes.get(other.event.uid)
        if clash and (known is None or clash.why < known.why):
            clashes[other.event.uid] = clash
    return sorted(clashes.values(), key=lambda clash: clash.why)


def _clash(mine: list[Event], key: str, other: Other) -> Clash | None:
    if any(_collide(one, key, other) for one in mine):
        return Clash(other, Why.PLACE)
    for one in mine:
        if (day := evening(one)) and day == evening(other.event) and (shared := _shared(one, other.event)):
            return Clash(other, Why.PEOPLE, shared)
    return None


def _shared(one: Event, other: Event) -> str:
    """The first category that both have, else their audience, unless that is everybody."""
    theirs = {name.casefold() for name in other.categories}
    if common := next((name for name in one.categories if name.casefold() in theirs), ""):
        return common
    meant = one.audience.strip().casefold()
    return (
        one.audience.strip() if meant not in _EVERYBODY and meant == other.audience.strip().casefold() else ""
    )


def _collide(one: Event, key: str, other: Other) -> bool:
    (begin, end), (their_begin, their_end) = span(one), span(other.event)
    return begin < their_end and their_begin < end and _same_place(one, key, other)


def _same_place(one: Event, key: str, other: Other) -> bool:
    if key and other.key:
        return key == other.key
    if one.position and other.event.position:
        return twins.metres(one.position, other.event.position) <= twins.NEAR
    here, there = (twins.words_of(event.place.partition(",")[0]) for event in (one, other.event))
    return bool(here) and here == there and twins.same_place(one, other.event) is not False
