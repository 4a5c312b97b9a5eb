"""Which entries answer a question best: what the words weigh there (`entries`), how rare they are, how much of the question is met."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from stadtnah.surfaces.website.search.asking import Slot
from stadtnah.surfaces.website.search.models import Facet
from stadtnah.surfaces.website.search.reading import Known, Stands

# What people come for stands before what was once said about it.
KINDS: Final[dict[int, float]] = {
    Facet.SERVICE: 1.3,
    Facet.OFFICE: 1.15,
    Facet.PAGE: 1.0,
    Facet.NEWS: 0.85,
    Facet.FILE: 0.7,
    Facet.WORD: 0.8,
}
_NEWS: Final = int(Facet.NEWS)
_FRESH: Final = 0.35  # what news gain when they are of today
_HALF: Final = 90.0  # days after which they gain half of it
_MET: Final = 1.2  # how much it counts that all of the question is met
_TITLE: Final = 0.25  # what an entry gains whose whole title was asked for
_RARER: Final = 1.15  # what a compound or synonym may be worth more for being rare
_COMMON: Final = 0.2  # what a word is worth that stands nearly everywhere
_TAIL: Final = 0.16  # share of the best score; below, an entry meets the question by chance


class Ranked(NamedTuple):
    """An entry that answers."""

    score: float
    day: int
    entry: int
    facet: int


def rank(
    slots: Sequence[Slot], known: Mapping[str, Known], stands: Iterable[Stands], entries: int, today: int
) -> list[Ranked]:
    """The entries that answer, best first, without those that do so by chance."""
    worth = [_worths(slot, known, entries) for slot in slots]
    most = [max(values.values(), default=0.0) for values in worth]
    asked, count = sum(most) or 1.0, len(slots)
    places: defaultdict[int, list[tuple[int, float, float]]] = defaultdict(list)
    for at, values in enumerate(worth):
        for term, value in values.items():
            places[term].append((at, value, min(value, most[at]) / asked))
    # Thousands of rows on a large website, so as few objects as can be: of each entry what it gains by each word that was
    # asked, how far that meets it, and its kind and day.
    met: dict[int, list[float]] = {}
    blank = [0.0] * (2 * count)
    for term, entry, facet, weight, day in stands:
        one = met.get(entry)
        if one is None:
            one = met[entry] = [*blank, facet, day]
        for at, value, reached in places[term]:
            gained = value * weight
            if gained > one[at]:
                one[at], one[count + at] = gained, reached
    fresh: dict[int, float] = {}
    for one in met.values():
        facet, day = int(one[-2]), int(one[-1])
        score = sum(one[:count]) * sum(one[count:-2]) ** _MET * KINDS[facet]
        if facet == _NEWS:
            if day not in fresh:
                fresh[day] = 1 + _FRESH * 0.5 ** (max(0, today - day) / _HALF)
            score *= fresh[day]
        one.append(score)
    least = max((one[-1] for one in met.values()), default=0.0) * _TAIL
    found = [
        Ranked(one[-1], int(one[-2]), entry, int(one[-3])) for entry, one in met.items() if one[-1] >= least
    ]
    return sorted(found, key=_order)


def _order(one: Ranked) -> tuple[float, int, int]:
    return (-one.score, -one.day, one.entry)


def with_titles(
    found: list[Ranked], titles: Mapping[int, str], reached: Mapping[int, set[str]]
) -> list[Ranked]:
    """The same with those first whose title says just what was asked; `reached`: by which words each was found."""
    risen = []
    for one in found:
        title = set(titles.get(one.entry, "").split())
        share = len(title & reached[one.entry]) / len(title) if title else 0.0
        risen.append(one._replace(score=one.score * (1 + _TITLE * share)))
    return sorted(risen, key=_order)


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
