"""Small documents, good ones and bad ones."""

from __future__ import annotations

import io
import zipfile


def pdf(
    *, tagged: bool = True, title: str = "Plan", language: str = "de", author: str = "", more: bytes = b""
) -> bytes:
    """A PDF as far as its catalogue goes; `more` stands in the catalogue."""
    tree = b"/MarkInfo << /Marked true >> /StructTreeRoot 4 0 R" if tagged else b""
    lang = b"/Lang (%s)" % language.encode()
    info = b"/Title (%s) /Author (%s)" % (title.encode(), author.encode())
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R " + tree + lang + more + b" >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n3 0 obj << " + info + b" >> endobj\n"
        b"trailer << /Root 1 0 R /Info 3 0 R >>\n%%EOF\n"
    )


def odf(*parts: tuple[str, bytes], mime: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument file with these parts."""
    return _archive(("mimetype", mime.encode()), ("content.xml", b"<office/>"), *parts)


def ooxml(*parts: tuple[str, bytes]) -> bytes:
    """A text document of an office package."""
    return _archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"), *parts)


def _archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()
