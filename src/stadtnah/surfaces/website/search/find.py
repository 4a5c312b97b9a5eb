"""Asking the index: the one door for pages, suggestions and benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stadtnah.kernel import clock
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.search import asking, ranking, reading, synonyms
from stadtnah.surfaces.website.search.asking import Slot
from stadtnah.surfaces.website.search.models import Entry, Facet, Tally
from stadtnah.surfaces.website.search.ranking import Ranked
from stadtnah.surfaces.website.search.reading import Stands

_WITH_TITLES: Final = 40  # so many are looked at more closely


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: every entry in its order, and what was asked for instead of misspelled words."""

    ranked: list[Ranked]
    stems: frozenset[str]  # the words of the index to be marked where they stand
    slots: list[Slot]
    more: bool = False  # there may be more than was looked at

    @property
    def meant(self) -> dict[str, str]:
        """What words were taken for that nobody knows."""
        return {slot.word.written: slot.meant for slot in self.slots if slot.meant}

    def counts(self) -> dict[Facet, int]:
        """How many of each kind."""
        found: dict[Facet, int] = {}
        for one in self.ranked:
            facet = Facet(one.facet)
            found[facet] = found.get(facet, 0) + 1
        return found

    def of(self, facet: Facet | None) -> list[Ranked]:
        """Those of one kind."""
        return [one for one in self.ranked if facet is None or one.facet == facet]


def ask(
    text: str, *, since: int = 0, open_end: bool = True, tongue: str = "", site: Sequence[int] = ()
) -> Answer:
    """Everything that answers `text`, best first. At most nine queries, and two more for another language than German.

    site: the numbers of a member site (`sites`), of which alone something is wanted.
    """
    tally = Tally.objects.filter(pk=1).first() or Tally(entries=0)
    asked = asking.understand(
        text, synonyms.dictionary(synonyms.own_text()), open_end=open_end, tongue=tongue
    )
    used = [asked.known[stem] for stem in sorted({stem for slot in asked.slots for stem in slot.terms})]
    today = clock.local(clock.now()).toordinal()

    def ranked_by(stands: list[Stands]) -> list[Ranked]:
        return ranking.rank(asked.slots, asked.known, stands, tally.entries, today)

    stands = reading.standing(used, since, site)
    ranked = ranked_by(stands)
    best = {one.entry: (one.facet, one.day) for one in ranked[:_WITH_TITLES]}
    of_best = {one[:2]: one for one in stands if one[1] in best}
    heavy = any(one.entries > reading.LIGHT for one in used)
    if heavy:
        of_best |= {one[:2]: one for one in reading.weights(used, best)}
        ranked = [*ranked_by(list(of_best.values())), *ranked[_WITH_TITLES:]]
    if since:
        ranked = [one for one in ranked if one.facet != Facet.NEWS or one.day >= since]
    stems = {one.pk: one.stem for one in used}
    reached: dict[int, set[str]] = {entry: set() for entry in best}
    for term, entry in of_best:
        reached[entry].add(stems[term])
    top = ranking.with_titles(ranked[:_WITH_TITLES], reading.titles(sorted(best)), reached)
    best_first = [*top, *ranked[_WITH_TITLES:]]
    if tongue:
        best_first = _in_tongue(best_first, tongue)
    told = frozenset({name for slot in asked.slots for name in slot.told()})
    return Answer(best_first, told, asked.slots, heavy and (not site or reading.cut(stands)))


def _in_tongue(found: list[Ranked], tongue: str) -> list[Ranked]:
    """What there is in the language of the question stands in the place of its German page."""
    shown = Entry.objects.filter(pk__in=[one.entry for one in found]).values("source")
    those = versions.live().filter(original__in=shown, content__language=tongue)
    pairs = dict(those.values_list("original", "pk"))
    if not pairs:
        return found
    rows = Entry.objects.filter(source__in=[*pairs, *pairs.values()]).exclude(facet=Facet.FILE)
    there = dict(rows.order_by("-pk").values_list("source", "pk"))
    instead = {there[german]: there[own] for german, own in pairs.items() if german in there and own in there}
    first: dict[int, Ranked] = {}
    for one in found:
        entry = instead.get(one.entry, one.entry)
        first.setdefault(entry, one._replace(entry=entry))
    return list(first.values())


def entries(ranked: list[Ranked]) -> list[Entry]:
    """Their entries in the same order; one that went meanwhile is left out."""
    rows = Entry.objects.in_bulk([one.entry for one in ranked])
    return [rows[one.entry] for one in ranked if one.entry in rows]
