"""The shape of the text: headings, tables, emoji, letters that only look like letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint

_EMOJI_BASE = "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa]"
_EMOJI_RUN = re.compile(rf"(?:{_EMOJI_BASE}[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\u200d]*+\s?){{3,}}+")
_FANCY = re.compile("[\U0001d400-\U0001d7ff\U0001f130-\U0001f189\u24b6-\u24e9]{2,}+")
_LONG_BOLD = 90  # characters; a longer bold paragraph is emphasis, no heading


@check("heading-empty", "heading-skipped", "heading-fake")
def headings(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Headings say something and form an outline without gaps (WCAG 2.2, 1.3.1 and 2.4.6). The title is level 1."""
    level = 1
    for heading in document.headings:
        if not heading.text:
            yield error(
                "heading-empty", "body", "Eine Zwischenüberschrift ist leer. Füllen oder entfernen Sie sie."
            )
            continue
        if heading.level > level + 1:
            yield hint(
                "heading-skipped",
                "body",
                f"Vor „{excerpt(heading.text)}“ (Ebene {heading.level}) fehlt eine Überschrift der Ebene {level + 1}. "
                "Wählen Sie die nächsthöhere Ebene; Vorleseprogramme gliedern den Text danach.",
                excerpt(heading.text),
            )
        level = heading.level
    for line in document.bold_lines:
        if len(line) <= _LONG_BOLD and not line.endswith((".", "!", "?")):
            yield hint(
                "heading-fake",
                "body",
                f"„{excerpt(line)}“ ist fett, aber keine Überschrift. Ist es eine, wählen Sie den Baustein „Überschrift“.",
                excerpt(line),
            )


@check("table-caption", "table-head")
def tables(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Tables have a caption and a head for every column."""
    for block in document.content.blocks:
        if not block.is_table:
            continue
        first = " | ".join(block.rows[0]) if block.rows else ""
        if not block.title.strip():
            yield hint(
                "table-caption",
                "body",
                "Eine Tabelle hat keine Beschriftung. Sagen Sie darüber, was sie zeigt.",
                excerpt(first),
            )
        if len(block.rows) > 1 and not all(cell.strip() for cell in block.rows[0][1:]):
            yield hint(
                "table-head",
                "body",
                "In der Kopfzeile einer Tabelle fehlt ein Eintrag. Benennen Sie jede Spalte.",
                excerpt(first),
            )


@check("emoji-run", "letters-fancy")
def signs(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Signs that are read out one by one, or not at all."""
    for passage in document.passages:
        for match in _EMOJI_RUN.finditer(passage.text):
            yield hint(
                "emoji-run",
                passage.where,
                "Mehrere Emojis hintereinander werden einzeln vorgelesen. Lassen Sie höchstens eines stehen, am Ende des Satzes.",
                excerpt(match[0]),
            )
        for match in _FANCY.finditer(passage.text):
            yield hint(
                "letters-fancy",
                passage.where,
                "Diese Zierbuchstaben kann kein Vorleseprogramm lesen. Schreiben Sie mit gewöhnlichen Buchstaben.",
                excerpt(match[0]),
            )
