"""What a list with an order of its own keeps when somebody asks for words: the pages in which all of them stand.

The words are those of the search: by their stems, with synonyms, compounds and mistakes (`asking`). Nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from stadtnah.surfaces.website.search import asking, synonyms
from stadtnah.surfaces.website.search.models import Entry, Posting

CLOSE: Final = (
    asking.LONGER_SYNONYM
)  # a list without ranks would put what is less akin among what was asked for


@dataclass(frozen=True, slots=True)
class Words:
    """For each word that was asked the numbers of those that may stand for it, those of the rarest first. meant: what unknown ones were taken for."""

    parts: tuple[tuple[int, ...], ...] = ()
    meant: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the index knows something for each of them; else nothing can have them all."""
        return all(self.parts)


ANY: Final = Words()


def understood(text: str) -> Words:
    """The question as the index understands it. At most six queries."""
    asked = asking.understand(text, synonyms.dictionary(synonyms.own_text()), open_end=True)
    found = []
    for slot in asked.slots:
        those = [asked.known[name] for name, factor in slot.terms.items() if factor >= CLOSE]
        found.append((sum(one.entries for one in those), tuple(sorted(one.pk for one in those))))
    return Words(
        tuple(dict.fromkeys(part for _entries, part in sorted(found))),
        tuple(dict.fromkeys(slot.meant for slot in asked.slots if slot.meant)),
    )


def pages(words: Words) -> QuerySet[Any, Any]:
    """Keys of the pages in which all words stand, in no order, one perhaps more than once. Only with words."""
    first, *others = words.parts
    return _with(Posting.objects.filter(term__in=first), others, "entry").values_list(
        "entry__source", flat=True
    )


def has_all(words: Words, page: OuterRef) -> Exists:
    """As a condition of a query: all words stand in the page with this key."""
    return Exists(_with(Entry.objects.filter(source=page), words.parts, "pk"))


def _with(rows: QuerySet[Any], parts: Iterable[tuple[int, ...]], entry: str) -> QuerySet[Any]:
    for part in parts:
        rows = rows.filter(Exists(Posting.objects.filter(entry=OuterRef(entry), term__in=part)))
    return rows
