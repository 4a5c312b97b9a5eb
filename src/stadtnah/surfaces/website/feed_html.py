"""A text as html for feed readers: absolute addresses, nothing but plain elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.html import escape

from stadtnah.kernel.media import MediaError
from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.content import CREDIT, Block, Content, Picture
from stadtnah.surfaces.website import pictures


def html_of(content: Content) -> str:
    """The text whole, the picture at its head first; the teaser when there is no text."""
    parts = [_figure(content.hero, content.language)] if content.hero else []
    parts += [_HTML[block.kind](block, content.language) for block in content.blocks]
    return _absolute("\n".join(part for part in parts if part) or f"<p>{escape(content.teaser)}</p>")


def _figure(picture: Picture | None, language: str) -> str:
    if picture is None:
        return ""
    try:
        address, _mime, _size = pictures.original(picture)
    except MediaError:
        return ""
    credit = picture.credit and f"{CREDIT.get(language, CREDIT['de'])}: {picture.credit}"
    words = " · ".join(filter(None, [picture.caption, credit]))
    caption = f"<figcaption>{escape(words)}</figcaption>" if words else ""
    return f'<figure><img src="{base_url()}{address}" alt="{escape(picture.alt)}">{caption}</figure>'


def _text(block: Block, _language: str) -> str:
    return block.html


def _heading(block: Block, _language: str) -> str:
    return f"<h2>{escape(block.title)}</h2>"


def _picture(block: Block, language: str) -> str:
    return _figure(block.picture, language)


def _quote(block: Block, _language: str) -> str:
    who = f"<p>{escape(block.title)}</p>" if block.title else ""
    return f"<blockquote>{block.html}{who}</blockquote>"


def _box(block: Block, language: str) -> str:
    said = block.said_title(language)
    title = f"<h2>{escape(said)}</h2>" if said else ""
    return f"<div>{title}{block.html}</div>"


def _unfolded(block: Block, _language: str) -> str:
    return f"<h3>{escape(block.title)}</h3>{block.html}"


def _download(block: Block, language: str) -> str:
    path = block.file.path if block.file else ""
    return f'<p><a href="{path}">{escape(block.said_title(language))}</a></p>'


def _video(block: Block, language: str) -> str:
    """What stands for it; it plays on the page, where its captions are."""
    shown = _figure(block.picture, language)
    if block.style:
        return f"{shown}<p>{escape(block.title)}</p>{block.html}"
    path = block.file.path if block.file else ""
    return f'{shown}<p><a href="{path}">Video: {escape(block.title)}</a></p>{block.html}'


def _contact(block: Block, _language: str) -> str:
    rows = "".join(f"<li>{escape(label)}: {escape(value)}</li>" for label, value in block.rows)
    return f"<ul>{rows}</ul>"


def _table(block: Block, _language: str) -> str:
    head, *rest = block.rows
    rows = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"
    rows += "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest)
    caption = f"<caption>{escape(block.title)}</caption>" if block.title else ""
    return f"<table>{caption}{rows}</table>{block.html}"


_HTML: Final[dict[str, Callable[[Block, str], str]]] = {
    "text": _text,
    "heading": _heading,
    "picture": _picture,
    "gallery": _picture,
    "quote": _quote,
    "callout": _box,
    "action": _box,
    "accordion": _unfolded,
    "contact": _contact,
    "table": _table,
    "figures": _table,
    "download": _download,
    "video": _video,
}


def _absolute(html: str) -> str:
    # Sanitised html quotes its attributes with ", so this finds every link to a path of ours.
    return html.replace('href="/', f'href="{base_url()}/')
