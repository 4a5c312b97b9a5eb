"""Pages that nobody wrote: the demo town's words, as often as they occur there, and compounds of them for the long tail."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterable, Iterator
from itertools import accumulate

from stadtnah.publishing.content import Block, Content

_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
_RARE = 60_000  # compounds that occur about once
_NEWS = 0.9  # of all pages


class Writer:
    """Writes the same pages each time."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._chance = random.Random(2026)
        counts: dict[str, int] = {}
        for text in texts:
            for word in _WORD.findall(text):
                counts[word] = counts.get(word, 0) + 1
        self._words = list(counts)
        self._sums = list(accumulate(counts.values()))
        nouns = [word for word in counts if word[0].isupper() and 4 <= len(word) <= 12]
        self._rare = [self._chance.choice(nouns) + self._chance.choice(nouns).lower() for _ in range(_RARE)]

    def pages(self, first: int, count: int) -> Iterator[Content]:
        """`count` pages, numbered from `first`."""
        for number in range(first, first + count):
            news = self._chance.random() < _NEWS
            path = f"/aktuelles/2026/seite-{number}/" if news else f"/dienstleistungen/seite-{number}/"
            yield Content(
                object_key=f"bench:{uuid.uuid5(uuid.NAMESPACE_URL, str(number))}",
                title=self._said(4, rare=1),
                teaser=self._said(12),
                path=path,
                link=path,
                dated=f"20{self._chance.randint(10, 26)}-{self._chance.randint(1, 11):02}-10"
                if news
                else None,
                blocks=(Block("text", html=f"<p>{self._said(45, rare=1)}</p>"),),
                extra={"kind": "message" if news else "service"},
            )

    def _said(self, count: int, rare: int = 0) -> str:
        words = self._chance.choices(self._words, cum_weights=self._sums, k=count)
        return " ".join([*words, *self._chance.choices(self._rare, k=rare)])
