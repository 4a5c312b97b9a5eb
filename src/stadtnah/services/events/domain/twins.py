"""Which events are probably one and the same, entered twice: same day, same time, same place, nearly the same title. Pure.

It proposes; a person decides. Places are the same within 150 m, by their coordinates where both have them, else by their words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, islice
from math import asin, cos, radians, sin, sqrt
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Event
from stadtnah.services.events.domain.occurrences import Occurrence, occurrences

NEAR: Final = 150.0  # metres: a hall and its forecourt, not the next street
_SAME_TIME: Final = timedelta(minutes=45)  # doors or begin; two showings of a film lie further apart
_ALIKE, _NEARLY_EQUAL = 0.78, 0.92  # of titles, where the places agree and where nothing is known of them
_LONG: Final = 3  # letters: shorter words decide nothing
_SHOWN_DAYS: Final = 60  # dates of a series that are compared; twins agree in the first already
_CROWD: Final = 60  # events of one day, from which on only neighbours by title are compared
_NEIGHBOURS: Final = 8
_AHEAD: Final = timedelta(days=730)
_EARTH: Final = 6_371_000.0
_FILLERS: Final = frozenset(
    [
        "am",
        "an",
        "auf",
        "bei",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "ein",
        "eine",
        "für",
        "im",
        "in",
        "mit",
        "und",
        "vom",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two events that are probably one, on the first day on which both are there."""

    one: Event
    other: Event
    day: date


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    group: int
    event: Event
    begin: datetime
    words: tuple[str, ...]


def within(events: Iterable[Event]) -> list[Twins]:
    """Twins among events of one source."""
    return _found([(event, 0) for event in events], across=False)


def between(events: Iterable[Event], others: Iterable[Event]) -> list[Twins]:
    """Twins of which one is here and the other there."""
    return _found([*((event, 0) for event in events), *((event, 1) for event in others)], across=True)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two positions on the globe (haversine)."""
    (a, b), (c, d) = (map(radians, position) for position in (one, other))
    return 2 * _EARTH * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


@lru_cache(maxsize=2_048)  # the names of places come again with every comparison
def words_of(title: str) -> tuple[str, ...]:
    """The words that make a title, in the order of the alphabet, without signs, accents and filling words."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(sorted(word for word in re.findall(r"\w+", plain) if word not in _FILLERS))


def _found(grouped: list[tuple[Event, int]], *, across: bool) -> list[Twins]:
    by_day: defaultdict[date, list[_Entry]] = defaultdict(list)
    for number, (event, group) in enumerate(grouped):
        words = words_of(event.title)
        for when in _dates(event):
            begin = _moment(when)
            by_day[when.start.date()].append(_Entry(number, group, event, begin, words))
    seen: dict[tuple[int, int], Twins] = {}
    for day in sorted(by_day):
        for one, other in _pairs(by_day[day]):
            key = min(one.number, other.number), max(one.number, other.number)
            if key in seen or one.number == other.number or (across and one.group == other.group):
                continue
            if _alike(one, other):
                first, second = sorted((one, other), key=lambda entry: entry.number)
                seen[key] = Twins(first.event, second.event, day)
    return [seen[key] for key in sorted(seen)]


def _dates(event: Event) -> Iterator[Occurrence]:
    if not event.series.repeats:
        return iter([Occurrence(event.start, event.end, event.start, event)])
    first = event.start.date()
    return islice(occurrences(event, first, first + _AHEAD), _SHOWN_DAYS)


def _moment(when: Occurrence) -> datetime:
    zone = UTC if when.event.all_day else ZoneInfo(when.event.zone)
    return when.start.replace(tzinfo=zone).astimezone(UTC)


def _pairs(entries: list[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    if len(entries) <= _CROWD:
        yield from combinations(entries, 2)
        return
    ordered = sorted(entries, key=lambda entry: (entry.words, entry.number))
    for place, one in enumerate(ordered):
        yield from ((one, other) for other in ordered[place + 1 : place + 1 + _NEIGHBOURS])


def _alike(one: _Entry, other: _Entry) -> bool:
    both_timed = not one.event.all_day and not other.event.all_day
    if both_timed and abs(one.begin - other.begin) > _SAME_TIME:
        return False
    place = same_place(one.event, other.event)
    if place is False:
        return False
    return _titles(one.words, other.words) >= (_ALIKE if place else _NEARLY_EQUAL)


def same_place(one: Event, other: Event) -> bool | None:
    """Whether two events are at one place; None when one of them says nothing that could be compared."""
    if one.position and other.position:
        return metres(one.position, other.position) <= NEAR
    here, there = (set(words_of(event.place)) for event in (one, other))
    if not here or not there:
        return None
    return here <= there or there <= here or len(here & there) / len(here | there) >= 0.6  # noqa: PLR2004 - most words


def _titles(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two titles are: by their letters, or because the one is the other with an addition."""
    if not one or not other:
        return 0.0
    shorter, longer = sorted((set(one), set(other)), key=len)
    told = sum(len(word) > _LONG for word in shorter)
    if shorter <= longer and told >= 2:  # noqa: PLR2004 - one word alone („Konzert“) is no title
        return 1.0
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
