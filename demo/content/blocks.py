"""Short builders for body blocks: plain dicts in the shape of `stadtnah.publishing.content.Block`.

A picture names a file of `demo/pictures/` instead of a digest; whoever loads the town stores the bytes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo.pictures import PICTURES

Block = dict[str, Any]

CREDIT = "Stadt Erlenfurt (Zeichnung)"


def text(*paragraphs: str) -> Block:
    """Paragraphs as HTML; a paragraph that is already a list or heading is taken as it is."""
    return {"kind": "text", "html": "".join(_paragraph(part) for part in paragraphs)}


def listed(*points: str, ordered: bool = False) -> str:
    """A list as HTML, to be given to `text` or `callout`."""
    tag = "ol" if ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{point}</li>" for point in points) + f"</{tag}>"


def heading(title: str) -> Block:
    """A heading of the second level."""
    return {"kind": "heading", "title": title}


def callout(title: str, *paragraphs: str) -> Block:
    """A box with a title."""
    return {"kind": "callout", "title": title, "html": "".join(_paragraph(part) for part in paragraphs)}


def quote(html: str, who: str) -> Block:
    """A quotation and who said it."""
    return {"kind": "quote", "title": who, "html": _paragraph(html)}


def contact(*rows: tuple[str, str]) -> Block:
    """Label and value, line by line."""
    return {"kind": "contact", "rows": [list(row) for row in rows]}


def office(slug: str) -> Block:
    """The contact of an office, by the last part of its address."""
    return {"kind": "office", "slug": slug}


def table(title: str, *rows: Sequence[str]) -> Block:
    """A table; the first row is the head, the title its caption."""
    return {"kind": "table", "title": title, "rows": [list(row) for row in rows]}


def picture(name: str, caption: str = "", *, alt: str = "") -> dict[str, Any]:
    """A picture of the set with its alternative text, credit and focal point (shares of width and height).

    Raises:
        KeyError: the set has no picture of this name.
    """
    entry = PICTURES[name]
    return {
        "file": f"{name}.jpg",
        "alt": alt or entry["alt"],
        "caption": caption,
        "credit": CREDIT,
        "focal_x": entry["focal"][0],
        "focal_y": entry["focal"][1],
    }


def picture_block(name: str, caption: str = "", *, alt: str = "") -> Block:
    """A picture inside the body."""
    return {"kind": "picture", "picture": picture(name, caption, alt=alt)}


def _paragraph(part: str) -> str:
    return part if part.startswith(("<ul", "<ol", "<h3", "<h4")) else f"<p>{part}</p>"
