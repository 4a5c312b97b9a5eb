"""What a generated draft leaves to the municipality: nothing goes out that still asks to be filled in, or has a part that says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error

GAP: Final = "Bitte ergänzen:"
_GAP: Final = re.compile(re.escape(GAP), re.IGNORECASE)


@check("gap-left")
def gaps(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Each gap, with what is asked for. In every language: the words are ours."""
    seen: Counter[str] = Counter()
    for passage in document.passages:
        if found := _GAP.search(passage.text):
            said = excerpt(passage.text, found.start())
            asked = said[len(GAP) :].strip().rstrip(".")
            yield error(
                "gap-left",
                passage.where,
                f"Hier fehlt noch{f': {asked}' if asked else ' etwas'}. "
                "Ersetzen Sie „Bitte ergänzen: …“ durch Ihre Angabe oder löschen Sie den Absatz.",
                said,
                nth=seen[said],
            )
            seen[said] += 1


def left(content: Content) -> list[str]:
    """What is still to be filled in, each with the words that stand before it."""
    found = []
    for passage in Document.of(content).passages:
        if gap := _GAP.search(passage.text):
            before = passage.text[: gap.start()].strip() or ("In der Tabelle:" if passage.head else "")
            found.append(f"{before} {passage.text[gap.end() :].strip()}".strip())
    return found


@check("part-missing")
def parts(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Each part of a block that was left empty: readers would see half of it, or nothing."""
    for field, missing in document.content.extra.get("unfinished", ()):
        yield error(
            "part-missing",
            f"field:{field}",
            f"{missing} Füllen Sie das Feld aus oder entfernen Sie den Baustein.",
        )
