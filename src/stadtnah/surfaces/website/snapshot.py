"""Pages to content: pure conversion, no HTTP, nothing public happens here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from stadtnah.kernel.town.api import base_url
from stadtnah.publishing import signs
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import richtext, services
from stadtnah.surfaces.website.pages import (
    BodyFields,
    HomePage,
    MessagePage,
    NewsIndexPage,
    PublicPage,
    StandardPage,
    TextFields,
)
from stadtnah.surfaces.website.services import ServiceIndexPage, ServicePage

_CELL = re.compile(r"\s*(?:\||\t)\s*")


def content_of(page: PublicPage) -> Content:
    """The page's content as it stands now, ready to be frozen. Raises TypeError for another page type."""
    for kind, make in _MAKERS.items():
        if isinstance(page, kind):
            return Content.from_json(signs.plain_value(make(page).to_json()))
    raise TypeError(f"{type(page).__name__} has no public content")


def kind_of(content: Content) -> str:
    """message, page, home, news, service or services: what template shows it."""
    return str(content.extra.get("kind", "message"))


def _common(page: Any, extra: dict[str, Any]) -> dict[str, Any]:
    path = page.public_path()
    return {
        "object_key": page.object_key,
        "title": page.title.strip(),
        "path": path,
        "link": base_url() + path,
        "extra": extra,
    }


def _message(page: MessagePage) -> Content:
    category = page.category
    return Content(
        **_common(
            page, {"kind": "message", **({"colour": category.colour} if category and category.colour else {})}
        ),
        **_body(page),
        category=category.slug if category else "",
        category_label=category.label if category else "",
        place=page.place.strip(),
        valid_from=page.valid_from or None,
        valid_until=page.valid_until or None,
        dated=page.dated.isoformat() if page.dated else None,
        hashtags=page.hashtag_list,
    )


def _standard(page: StandardPage) -> Content:
    return Content(
        **_common(page, {"kind": "page", "menu": page.menu, "menu_order": page.menu_order}),
        **_body(page),
    )


def _home(page: HomePage) -> Content:
    extra: dict[str, Any] = {
        "kind": "home",
        "notice_title": page.notice_title.strip(),
        "notice_html": richtext.from_editor(page.notice_text),
        "featured": page.featured.object_key if page.featured else "",
        "quick_links": [_quick_link(block.value) for block in page.quick_links],
    }
    return Content(**_common(page, extra), teaser=page.intro.strip())


def _news(page: NewsIndexPage) -> Content:
    return Content(**_common(page, {"kind": "news"}), teaser=page.intro.strip())


def _service(page: ServicePage) -> Content:
    said = _text_of(page)
    said["blocks"] += services.sections(page)
    return Content(**_common(page, {"kind": "service", "details": services.details(page)}), **said)


def _services(page: ServiceIndexPage) -> Content:
    return Content(
        **_common(page, {"kind": "services", "menu": "main", "menu_order": services.MENU_ORDER}),
        teaser=page.intro.strip(),
    )


def _quick_link(value: Any) -> dict[str, str]:
    page = value["page"]
    address = page.specific.public_path() if page else richtext.safe_address(value["address"] or "")
    return {"label": value["label"], "text": value["text"] or "", "href": address}


def _body(page: MessagePage | StandardPage) -> dict[str, Any]:
    return {**_text_of(page), "hero": _hero(page)}


def _text_of(page: TextFields) -> dict[str, Any]:
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
_MAKERS: dict[type, Callable[[Any], Content]] = {
    MessagePage: _message,
    StandardPage: _standard,
    HomePage: _home,
    NewsIndexPage: _news,
    ServicePage: _service,
    ServiceIndexPage: _services,
}
