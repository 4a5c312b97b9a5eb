"""What a kind of page has to say of its own facts: only its surface can read them."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint


@check("kind-wrong", "kind-odd")
def facts(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Dates that never come, a place that is missing."""
    for wrong, where, text, about in context.of_kind(document.content, context.now):
        yield error("kind-wrong", where, text) if wrong else hint("kind-odd", where, text, about=about)
