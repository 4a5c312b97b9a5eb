"""Where a page leads: the addresses of its links, frames and canonical form, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from stadtnah.surfaces.website.moving_in import markup
from stadtnah.surfaces.website.moving_in.site.domain.head import Head

_TAG: Final = re.compile(r"<(a|area|frame|iframe)\s([^<>]{1,4000})>", re.IGNORECASE)
_LOC: Final = re.compile(r"<loc>\s*+(?:<!\[CDATA\[)?\s*+([^<>\s\]]{8,2000})", re.IGNORECASE)
_MOST: Final = 3_000


def of_page(html: str, head: Head) -> Iterator[str]:
    """In their order. What the page itself asks programs not to follow is left out."""
    if head.refresh:
        yield head.refresh
    if head.canonical:
        yield head.canonical
    for number, match in enumerate(_TAG.finditer(markup.without_comments(html))):
        if number >= _MOST:
            return
        given = {name.lower(): value for name, value in markup.attributes_of(match[2]).items()}
        if "nofollow" in given.get("rel", "").lower().split():
            continue
        if address := given.get("src" if match[1].lower().endswith("frame") else "href", "").strip():
            yield address


def of_sitemap(text: str) -> list[str]:
    """The addresses a sitemap, or an index of them, names (sitemaps.org)."""
    return [unescape(match[1]) for _number, match in zip(range(50_000), _LOC.finditer(text), strict=False)]
