"""Pages to content: pure conversion, no HTTP, nothing public happens here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from stadtnah.kernel.town.api import base_url
from stadtnah.publishing import signs
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import kinds, richtext
from stadtnah.surfaces.website.pages import BodyFields, PublicPage, TextFields

_CELL = re.compile(r"\s*(?:\||\t)\s*")


def content_of(page: PublicPage) -> Content:
    """The page's content as it stands now, ready to be frozen. Raises TypeError for another page type."""
    made = kinds.of_page(page).content(page)
    return Content.from_json(signs.plain_value(made.to_json()))


def common(page: Any, extra: dict[str, Any]) -> dict[str, Any]:
    """What every page has, as arguments of `Content`; `extra` names its kind."""
    path = page.public_path()
    return {
        "object_key": page.object_key,
        "title": page.title.strip(),
        "path": path,
        "link": base_url() + path,
        "extra": extra,
    }


def text_with_picture(page: BodyFields) -> dict[str, Any]:
    """Text and the picture at its head, as arguments of `Content`."""
    return {**text_of(page), "hero": _hero(page)}


def text_of(page: TextFields) -> dict[str, Any]:
    """Text, as arguments of `Content`."""
    return {
        "teaser": page.teaser.strip(),
        "language": page.language,
        "blocks": tuple(block for item in page.body if (block := _block(item.block_type, item.value))),
    }


def _hero(page: BodyFields) -> Picture | None:
    if not page.hero_image:
        return None
    return page.hero_image.picture(alt=page.hero_alt, caption=page.hero_caption, credit=page.hero_credit)


def _block(kind: str, value: Any) -> Block | None:
    """The block, or None when it says nothing (an empty text, a picture that was deleted)."""
    return _BLOCKS[kind](value)


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


def _quote(value: Any) -> Block | None:
    html = richtext.from_editor(value["text"].source)
    return Block("quote", title=(value["who"] or "").strip(), html=html) if html else None


def _callout(value: Any) -> Block | None:
    html = richtext.from_editor(value["text"].source)
    title = (value["title"] or "").strip()
    return Block("callout", title=title, html=html) if html or title else None


def _contact(value: Any) -> Block | None:
    rows = tuple((row["label"].strip(), row["value"].strip()) for row in value)
    return Block("contact", rows=rows) if rows else None


def _table(value: Any) -> Block | None:
    lines = [line.strip().strip("|") for line in value["rows"].splitlines()]
    cells = [_CELL.split(line.strip()) for line in lines if line.strip()]
    if not cells:
        return None
    width = max(len(row) for row in cells)
    rows = tuple((*row, *[""] * (width - len(row))) for row in cells)
    return Block("table", title=value["caption"].strip(), rows=rows)


_BLOCKS: dict[str, Callable[[Any], Block | None]] = {
    "text": _text,
    "heading": _heading,
    "picture": _picture,
    "quote": _quote,
    "callout": _callout,
    "contact": _contact,
    "table": _table,
}
