"""Asking the index: the one door for pages, suggestions and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stadtnah.kernel import clock
from stadtnah.surfaces.website.search import asking, ranking, reading, synonyms
from stadtnah.surfaces.website.search.asking import Slot
from stadtnah.surfaces.website.search.models import Entry, Facet, Tally
from stadtnah.surfaces.website.search.ranking import Ranked

_WITH_TITLES: Final = 60  # so many are looked at more closely


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: every entry in its order, and what was asked for instead of misspelled words."""

    ranked: list[Ranked]
    stems: dict[int, str]  # the words of the index that were looked for
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


def ask(text: str, *, since: int = 0, open_end: bool = True) -> Answer:
    """Everything that answers `text`, best first. At most nine queries."""
    tally = Tally.objects.filter(pk=1).first() or Tally(entries=0)
    asked = asking.understand(text, synonyms.dictionary(synonyms.own_text()), open_end=open_end)
    used = [
        asked.known[stem]
        for stem in sorted({s for slot in asked.slots for s in slot.terms})
        if stem in asked.known
    ]
    used = [one for one in used if one.entries > 0]
    stands = reading.standing(used, since)
    today = clock.local(clock.now()).toordinal()
    ranked = ranking.rank(asked.slots, asked.known, stands, tally.entries, today)
    heavy = any(one.entries > reading.LIGHT for one in used)
    if heavy:
        best = [one.entry for one in ranked[:_WITH_TITLES]]
        known = {(one.term, one.entry) for one in stands}
        extra = [one for one in reading.weights(used, best) if (one.term, one.entry) not in known]
        ranked = ranking.rank(asked.slots, asked.known, [*stands, *extra], tally.entries, today)
    if since:
        ranked = [one for one in ranked if one.facet != Facet.NEWS or one.day >= since]
    top = ranked[:_WITH_TITLES]
    titles = reading.titles([one.entry for one in top])
    ranked = [*ranking.with_titles(top, titles, used), *ranked[_WITH_TITLES:]]
    return Answer(ranked, {one.pk: one.stem for one in used}, asked.slots, heavy)


def entries(ranked: list[Ranked]) -> list[Entry]:
    """Their entries in the same order; one that went meanwhile is left out."""
    rows = Entry.objects.in_bulk([one.entry for one in ranked])
    return [rows[one.entry] for one in ranked if one.entry in rows]
