"""What every message needs: a title, a teaser, a body, each of a usable length."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint

TITLE_LONG = 80  # characters; search engines and phones cut off longer ones
TEASER_LONG = 300


@check("title-missing", "title-long")
def title(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """There is a title, and a list on a phone can show it."""
    text = document.content.title.strip()
    if not text:
        yield error("title-missing", "title", "Die Überschrift fehlt. Schreiben Sie, worum es geht.")
    elif len(text) > TITLE_LONG:
        yield hint(
            "title-long",
            "title",
            f"Die Überschrift hat {len(text)} Zeichen. Kürzen Sie sie auf höchstens {TITLE_LONG}, "
            "sonst wird sie in Listen und Suchergebnissen abgeschnitten.",
            excerpt(text),
        )


@check("teaser-missing", "teaser-long", "teaser-repeats-title")
def teaser(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """There is a teaser; it is short and says more than the title."""
    text = document.content.teaser.strip()
    if not text:
        if document.is_message:
            yield error(
                "teaser-missing",
                "teaser",
                "Der Vorspann fehlt. Fassen Sie die Meldung in ein bis zwei Sätzen zusammen.",
            )
        return
    if len(text) > TEASER_LONG:
        yield hint(
            "teaser-long",
            "teaser",
            f"Der Vorspann hat {len(text)} Zeichen. Kürzen Sie ihn auf höchstens {TEASER_LONG}; Einzelheiten gehören in den Text.",
            excerpt(text),
        )
    if text.rstrip(" .!?").casefold() == document.content.title.strip().rstrip(" .!?").casefold():
        yield hint(
            "teaser-repeats-title",
            "teaser",
            "Der Vorspann wiederholt die Überschrift. Sagen Sie darin das Wichtigste: wer, was, wann, wo.",
            excerpt(text),
        )


@check("body-empty")
def body(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """There is something to read."""
    if document.is_message and document.body_is_empty:
        yield error(
            "body-empty",
            "body",
            "Die Meldung hat keinen Text. Fügen Sie mindestens einen Textbaustein hinzu.",
        )
