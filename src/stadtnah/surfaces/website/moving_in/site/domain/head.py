"""What a page says about itself outside of its text: title, base, canonical address, language, frames, breadcrumb, dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from stadtnah.surfaces.website.moving_in import markup, tree

_TAGS: Final = re.compile(r"<(html|base|link|meta|frame)\b([^<>]{0,4000})>", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,1000})", re.IGNORECASE)
_DATA: Final = re.compile(r"<script\b[^<>]{0,200}application/ld\+json[^<>]{0,100}>", re.IGNORECASE)
_LONGEST_DATA: Final = 1_000_000
_MOST_THINGS: Final = 2_000  # of one list
_REFRESH: Final = re.compile(r"^\s*(\d{1,3})\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_SOON: Final = 10  # seconds; a page that reloads itself later is a page
_MOST: Final = 200_000  # characters that are looked at


@dataclass(slots=True)
class Head:
    """crumbs: (label, address as written) from the outermost. types: schema.org types it bears. frames: (name, address) of a frameset."""

    title: str = ""
    base: str = ""
    canonical: str = ""
    language: str = ""
    description: str = ""
    published: str = ""
    updated: str = ""
    refresh: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    frames: list[tuple[str, str]] = field(default_factory=list)


def head_of(html: str) -> Head:
    """Reads it, however broken the page is."""
    found = Head()
    start = html[:_MOST]
    if title := _TITLE.search(start):
        found.title = tree.plain(unescape(title[1]))[:500]
    for match in _TAGS.finditer(markup.without_comments(start)):
        given = {name.lower(): value.strip() for name, value in markup.attributes_of(match[2]).items()}
        _TELLS[match[1].lower()](found, given)
    for thing in linked_things(html[: _MOST * 2]):
        _linked_data(thing, found)
    return found


def linked_things(html: str) -> Iterator[dict[str, Any]]:
    """Everything that a page tells machines (JSON-LD), each thing by itself; what is broken is left out."""
    for text in _data(html):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        yield from _things(value)


def _data(html: str) -> Iterator[str]:
    for match in _DATA.finditer(html):
        end = html.find("</script", match.end())
        if end < 0:
            return
        if end - match.end() <= _LONGEST_DATA:
            yield html[match.end() : end]


def _html(found: Head, given: dict[str, str]) -> None:
    found.language = found.language or given.get("lang", given.get("xml:lang", ""))[:20]


def _base(found: Head, given: dict[str, str]) -> None:
    found.base = found.base or given.get("href", "")


def _link(found: Head, given: dict[str, str]) -> None:
    if given.get("rel", "").lower() == "canonical":
        found.canonical = found.canonical or given.get("href", "")


def _frame(found: Head, given: dict[str, str]) -> None:
    if given.get("src"):
        found.frames.append((given.get("name", ""), given["src"]))


def _meta(found: Head, given: dict[str, str]) -> None:
    name = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
    value = given.get("content", "")
    if name in {"description", "dc.description"}:
        found.description = found.description or value[:2_000]
    elif name in {"article:published_time", "datepublished", "dc.date", "dcterms.created", "dc.date.created"}:
        found.published = found.published or value[:60]
    elif name in {"article:modified_time", "datemodified", "dcterms.modified"}:
        found.updated = found.updated or value[:60]
    elif name == "og:type" and value.lower() == "article":
        found.types.add("article")
    elif given.get("http-equiv", "").lower() == "refresh":
        match = _REFRESH.match(value)
        found.refresh = match[2].strip() if match and int(match[1]) <= _SOON else found.refresh


_TELLS: Final = {"html": _html, "base": _base, "link": _link, "meta": _meta, "frame": _frame}


def _linked_data(one: dict[str, Any], found: Head) -> None:
    kinds = one.get("@type")
    names = {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}
    found.types |= names
    if "BreadcrumbList" in names:
        found.crumbs = found.crumbs or list(_crumbs(one.get("itemListElement")))
    if isinstance(one.get("datePublished"), str) and names & {"NewsArticle", "Article", "BlogPosting"}:
        found.published = found.published or one["datePublished"][:60]


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:  # noqa: PLR2004 - a graph in a list in a graph
        return
    if isinstance(value, list):
        for one in value[:_MOST_THINGS]:
            yield from _things(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _things(value.get("@graph"), depth + 1)


def _crumbs(rows: Any) -> Iterator[tuple[str, str]]:
    for row in rows[:20] if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        item = row.get("item")
        target = item if isinstance(item, str) else item.get("@id", "") if isinstance(item, dict) else ""
        name = row.get("name") or (item.get("name", "") if isinstance(item, dict) else "")
        yield tree.plain(str(name))[:200], str(target)
