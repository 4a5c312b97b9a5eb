"""What an editor put into a body (website.blocks) as blocks of content."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.utils.html import escape

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import richtext, video_block

_CELL: Final = re.compile(r"\s*(?:\||\t)\s*")


def of_value(kind: str, value: Any, language: str) -> list[Block]:
    """The blocks of one value; none when it says nothing (an empty text, a picture that was deleted).

    What holds several things (a gallery, questions and answers) gives a block for each: so each can be remarked on and compared.
    """
    if kind in _LISTS:
        return [block for part in value if (block := _LISTS[kind](part))]
    block = _SPEAKING[kind](value, language) if kind in _SPEAKING else _SINGLE[kind](value)
    return [block] if block else []


def linked_to(value: Any) -> str:
    """Where a value with "page" and "address" leads; "" when nowhere."""
    page = value["page"]
    return page.specific.public_path() if page else richtext.safe_address(value["address"] or "")


def _text(value: Any) -> Block | None:
    html = richtext.from_editor(value.source)
    return Block("text", html=html) if html else None


def _heading(value: str) -> Block | None:
    return Block("heading", title=value.strip()) if value.strip() else None


def _picture(value: Any) -> Block | None:
    image = value["image"]
    if not image:
        return None
    words = {name: (value[name] or "").strip() for name in ("alt", "caption", "credit")}
    return Block("picture", picture=image.picture(**words, decorative=bool(value["decorative"])))


def _of_gallery(value: Any) -> Block | None:
    shown = _picture(value)
    return Block("gallery", picture=shown.picture) if shown else None


def _quote(value: Any) -> Block | None:
    html = richtext.from_editor(value["text"].source)
    return Block("quote", title=(value["who"] or "").strip(), html=html) if html else None


def _callout(value: Any) -> Block | None:
    html = richtext.from_editor(value["text"].source)
    title = (value["title"] or "").strip()
    return Block("callout", title=title, html=html, style=value.get("level") or "") if html or title else None


def _folded(value: Any) -> Block | None:
    html = richtext.from_editor(value["text"].source)
    title = value["title"].strip()
    return Block("accordion", title=title, html=html) if html and title else None


def _action(value: Any) -> Block | None:
    href, label = linked_to(value), value["label"].strip()
    if not href or not label:
        return None
    text = " ".join((value["text"] or "").split())
    said = f"<p>{escape(text)}</p>" if text else ""
    html = richtext.clean(f'{said}<p><a href="{escape(href)}">{escape(label)}</a></p>')
    return Block("action", title=(value["title"] or "").strip(), html=html)


def _download(value: Any) -> Block | None:
    document = value["document"]
    if not document:
        return None
    title = (value["title"] or document.title).strip()
    return Block("download", title=title, file=document.as_content())


def _contact(value: Any) -> Block | None:
    rows = tuple((row["label"].strip(), row["value"].strip()) for row in value)
    return Block("contact", rows=rows) if rows else None


def _office(value: Any) -> Block | None:
    from stadtnah.surfaces.website.offices import block  # noqa: PLC0415 - it reads what pages released

    return block.of_page(value)


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    lines = [line.strip().strip("|") for line in text.splitlines()]
    cells = [_CELL.split(line.strip()) for line in lines if line.strip()]
    width = max((len(row) for row in cells), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in cells)


def _table(value: Any) -> Block | None:
    rows = _rows(value["rows"])
    return Block("table", title=value["caption"].strip(), rows=rows) if rows else None


def _figures(value: Any, language: str) -> Block | None:
    rows, source = _rows(value["rows"]), value["source"].strip()
    if not rows:
        return None
    href = richtext.safe_address(value["source_address"] or "")
    named = f'<a href="{escape(href)}">{escape(source)}</a>' if href else escape(source)
    html = richtext.clean(f"<p>{'Source' if language == 'en' else 'Quelle'}: {named}</p>")
    style = "bars" if value["bars"] else ""
    return Block("figures", title=value["caption"].strip(), rows=rows, html=html, style=style)


_SINGLE: Final[dict[str, Callable[[Any], Block | None]]] = {
    "text": _text,
    "heading": _heading,
    "picture": _picture,
    "quote": _quote,
    "callout": _callout,
    "contact": _contact,
    "office": _office,
    "table": _table,
    "action": _action,
}
# What we add to them is said in the language of the text.
_SPEAKING: Final[dict[str, Callable[[Any, str], Block | None]]] = {
    "figures": _figures,
    "video": video_block.of_value,
}
_LISTS: Final[dict[str, Callable[[Any], Block | None]]] = {
    "gallery": _of_gallery,
    "accordion": _folded,
    "download": _download,
}
