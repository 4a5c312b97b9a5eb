"""Which entries answer a question best: what the words weigh there (`entries`), how rare they are, how much of the question is met."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stadtnah.surfaces.website.search.asking import Slot
from stadtnah.surfaces.website.search.models import Facet
from stadtnah.surfaces.website.search.reading import Known, Stands

# What people come for stands before what was once said about it.
KINDS: Final = {
    Facet.SERVICE: 1.3,
    Facet.OFFICE: 1.15,
    Facet.PAGE: 1.0,
    Facet.NEWS: 0.85,
    Facet.FILE: 0.7,
    Facet.WORD: 0.8,
}
_FRESH: Final = 0.35  # what news gain when they are of today
_HALF: Final = 90.0  # days after which they gain half of it
_MET: Final = 1.2  # how much it counts that all of the question is met
_TITLE: Final = 0.25  # what an entry gains whose whole title was asked for
_RARER: Final = 1.15  # what a compound or synonym may be worth more for being rare
_COMMON: Final = 0.2  # what a word is worth that stands nearly everywhere
_TAIL: Final = 0.16  # share of the best score; below, an entry meets the question by chance


@dataclass(slots=True)
class Ranked:
    """An entry that answers, and by which words."""

    entry: int
    facet: int
    day: int
    score: float = 0.0
    terms: set[int] = field(default_factory=set)


def rank(
    slots: Sequence[Slot], known: Mapping[str, Known], stands: Iterable[Stands], entries: int, today: int
) -> list[Ranked]:
    """The entries that answer, best first, without those that do so by chance."""
    worth = [_worths(slot, known, entries) for slot in slots]
    most = [max(values.values(), default=0.0) for values in worth]
    asked = sum(most) or 1.0
    by_entry: defaultdict[int, list[Stands]] = defaultdict(list)
    for one in stands:
        by_entry[one.entry].append(one)
    found = [_scored(entry, rows, worth, most, asked, today) for entry, rows in by_entry.items()]
    found.sort(key=lambda one: (-one.score, -one.day, one.entry))
    return [one for one in found if one.score >= found[0].score * _TAIL]


def with_titles(found: list[Ranked], titles: Mapping[int, str], known: Iterable[Known]) -> list[Ranked]:
    """The same with those first whose title says just what was asked."""
    stems = {one.pk: one.stem for one in known}
    for one in found:
        title = set(titles.get(one.entry, "").split())
        if title:
            met = {stems[term] for term in one.terms if term in stems}
            one.score *= 1 + _TITLE * len(title & met) / len(title)
    return sorted(found, key=lambda one: (-one.score, -one.day, one.entry))


def _worths(slot: Slot, known: Mapping[str, Known], entries: int) -> dict[int, float]:
    """What each word of the index is worth that stands for this one."""
    found: dict[int, float] = {}
    for stem, factor in slot.terms.items():
        one = known.get(stem)
        if one and one.entries > 0:
            rest = max(0, entries - one.entries)
            rare = math.log(1 + (rest + 0.5) / (one.entries + 0.5))
            found[one.pk] = factor * slot.weight * max(rare, _COMMON)
    own = known.get(slot.word.stem)
    if own and own.pk in found:
        most = found[own.pk] * _RARER
        return {pk: min(value, most) for pk, value in found.items()}
    return found


def _scored(
    entry: int, rows: list[Stands], worth: list[dict[int, float]], most: list[float], asked: float, today: int
) -> Ranked:
    one = Ranked(entry, rows[0].facet, rows[0].day)
    met = 0.0
    for values, best in zip(worth, most, strict=True):
        gained, reached, by = 0.0, 0.0, 0
        for row in rows:
            value = values.get(row.term)
            if value is not None:
                one.terms.add(row.term)
                if value * row.weight > gained:
                    gained, reached, by = value * row.weight, value, row.term
        if by:
            one.score += gained
            met += min(reached, best)
    one.score *= (met / asked) ** _MET * KINDS[Facet(one.facet)]
    if one.facet == Facet.NEWS:
        one.score *= 1 + _FRESH * 0.5 ** (max(0, today - one.day) / _HALF)
    return one
