"""What a generated draft leaves to the municipality: nothing goes out that still asks to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error

GAP: Final = "Bitte ergänzen:"
_GAP: Final = re.compile(re.escape(GAP), re.IGNORECASE)


@check("gap-left")
def gaps(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Each gap, with what is asked for. In every language: the words are ours."""
    for passage in document.passages:
        if found := _GAP.search(passage.text):
            yield error(
                "gap-left",
                passage.where,
                "Hier fehlt noch etwas. Ersetzen Sie „Bitte ergänzen: …“ durch Ihre Angabe oder löschen Sie den Absatz.",
                excerpt(passage.text, found.start()),
            )
