"""The programme as a PDF: A4, two columns, every letter embedded. Not tagged, as reportlab cannot: the accessible form is the list on the website.

As a program it reads a `Programme` as JSON and writes the PDF.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, KeepTogether, PageTemplate, Paragraph

from stadtnah.services.events.domain.programme import Entry, Programme, Section
from stadtnah.services.events.printing.given import asked, mark, where

_FONTS: Final = Path(__file__).resolve().parents[5] / "assets/vendor/fonts"
_PLAIN, _BOLD = "Fira", "Fira-Bold"
_EDGE, _GUTTER, _HEAD, _FOOT = 16 * mm, 8 * mm, 30 * mm, 12 * mm
_DARK: Final = colors.HexColor("#1c2b26")
_LINE: Final = colors.HexColor("#9aa5a0")
_RED: Final = colors.HexColor("#8a1320")  # on white 9:1

_FACT: Final = ParagraphStyle("fact", fontName=_PLAIN, fontSize=8.5, leading=11, textColor=_DARK)
_TITLE: Final = ParagraphStyle(
    "title", parent=_FACT, fontName=_BOLD, fontSize=10, leading=12.5, spaceBefore=5
)
_MARK: Final = ParagraphStyle("mark", parent=_FACT, fontName=_BOLD, textColor=_RED)
_DAY: Final = ParagraphStyle(
    "day", parent=_FACT, fontName=_BOLD, fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=1,
    borderPadding=(0, 0, 2, 0), keepWithNext=True,
)  # fmt: skip


class _Document(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    """With each day as a bookmark."""

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - reportlab's name
        """Called by reportlab for each part that it has placed."""
        if getattr(flowable, "style", None) is _DAY:
            key = f"p{self.page}y{self.frame._y:.0f}{self.frame.id}"  # noqa: SLF001 - reportlab has no other name for it
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key)


class _Numbered(Canvas):  # type: ignore[misc] # reportlab has no types
    """Knows at the end how many pages there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initialFontName": _PLAIN})
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keeps the page until all are there."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Writes the pages with their numbers."""
        for number, page in enumerate(self._held, start=1):
            self.__dict__.update(page)
            self.setFont(_PLAIN, 8)
            self.drawRightString(A4[0] - _EDGE, _FOOT - 4 * mm, f"Seite {number} von {len(self._held)}")
            super().showPage()
        super().save()


def made(programme: Programme) -> bytes:
    """The file."""
    for name, weight in ((_PLAIN, "400"), (_BOLD, "600")):
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"fira-sans-print-{weight}.ttf"))
    out = BytesIO()
    heading = f"{programme.title} in {programme.town}"
    document = _Document(
        out, pagesize=A4, title=f"{heading}, {programme.period}", author=programme.town, lang="de-DE",
        subject="Veranstaltungsprogramm", creator="Stadtnah", pageTemplates=_pages(programme, heading),
    )  # fmt: skip
    story = [part for section in programme.sections for part in _section(section)]
    document.build(
        story or [_paragraph("In dieser Zeit ist keine Veranstaltung eingetragen.", _FACT)],
        canvasmaker=_Numbered,
    )
    return out.getvalue()


def _pages(programme: Programme, heading: str) -> list[PageTemplate]:
    width, height = (A4[0] - 2 * _EDGE - _GUTTER) / 2, A4[1] - _HEAD - _FOOT - 4 * mm
    columns = [
        Frame(_EDGE + number * (width + _GUTTER), _FOOT + 2 * mm, width, height, 0, 0, 0, 0, id=str(number))
        for number in range(2)
    ]
    return [PageTemplate(id="all", frames=columns, onPage=partial(_around, heading, programme.period))]


def _around(heading: str, period: str, canvas: Canvas, _document: BaseDocTemplate) -> None:
    """Head and lines; the same on each page, as single pages are pinned up."""
    canvas.setFillColor(_DARK)
    room = A4[0] - 2 * _EDGE
    title, top = _shown(heading), A4[1] - 16 * mm
    size = min(18.0, 18.0 * room / max(1.0, pdfmetrics.stringWidth(title, _BOLD, 18)))
    canvas.setFont(_BOLD, size)
    canvas.drawString(_EDGE, top, title)
    canvas.setFont(_PLAIN, 10.5)
    canvas.drawString(_EDGE, top - 6 * mm, _shown(period))
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_EDGE, top - 9 * mm, A4[0] - _EDGE, top - 9 * mm)
    canvas.line(_EDGE, _FOOT, A4[0] - _EDGE, _FOOT)
    canvas.line(A4[0] / 2, _FOOT + 3 * mm, A4[0] / 2, top - 12 * mm)


def _section(section: Section) -> list[Any]:
    """Its heading stays with the first entry, an entry with itself as long as it fits into a column."""
    first, *rest = (_entry(entry) for entry in section.entries)
    return [
        CondPageBreak(30 * mm),
        KeepTogether([_paragraph(section.heading, _DAY), *first]),
        *(KeepTogether(entry) for entry in rest),
    ]


def _entry(entry: Entry) -> list[Paragraph]:
    title = escape(_shown(entry.title))
    lines = [Paragraph(f"<strike>{title}</strike>" if entry.off else title, _TITLE)]
    if entry.mark:
        lines.append(_paragraph(mark(entry), _MARK))
    lines.append(_paragraph(where(entry), _FACT))
    if entry.text:
        lines.append(_paragraph(entry.text, _FACT))
    lines += [
        Paragraph(f'<font name="{_BOLD}">{escape(label)}:</font> {escape(_shown(text))}', _FACT)
        for label, text in entry.facts
    ]
    return lines


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(_shown(text)), style)


def _shown(text: str) -> str:
    """What the font has: Latin, Cyrillic and Greek letters; others lose their marks, and signs (an emoji) go."""
    has = pdfmetrics.getFont(_PLAIN).face.charToGlyph
    kept = (
        char
        if ord(char) in has
        else "".join(part for part in unicodedata.normalize("NFKD", char) if ord(part) in has)
        for char in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


if __name__ == "__main__":
    sys.stdout.buffer.write(made(asked()))
