"""A question tried out: how it is understood, and what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stadtnah.surfaces.website.search import asking, find, synonyms
from stadtnah.surfaces.website.search.models import Entry

_MOST_WORDS: Final = 8
_MOST_RESULTS: Final = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """A word of the question, and what else is looked for because of it."""

    word: str
    others: list[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question."""

    words: list[Understood]
    results: list[Entry]


def of(text: str) -> Trial:
    """Asks the index as citizens do."""
    asked = asking.understand(text, synonyms.dictionary(synonyms.own_text()), open_end=True)
    words = []
    for slot in asked.slots:
        best = sorted(slot.terms, key=lambda stem: -slot.terms[stem])
        others = [asked.known[stem].shown for stem in best if stem in asked.known and stem != slot.word.stem]
        words.append(Understood(slot.word.written, others[:_MOST_WORDS]))
    return Trial(words, find.entries(find.ask(text).ranked[:_MOST_RESULTS]))
