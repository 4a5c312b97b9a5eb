"""Rich text as it may leave the house: the tags of `publishing.content.Block`, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

import nh3
from wagtail.rich_text import expand_db_html

from stadtnah.publishing.content import Block

# The list in publishing.content.Block; quotes and callouts use a part of it.
TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "h4", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}
_SAME = {"b": "strong", "i": "em"}
_RENAMED = re.compile(r"<(/?)(b|i)(?=[\s>/])", re.IGNORECASE)
_HEADING = re.compile(r"<h([34])>(.*?)</h[34]>", re.DOTALL)
# A bullet that somebody typed, or that Word typed for them: „·“, „•“, „-“ and blanks at the start of a paragraph.
_BULLET = re.compile(
    r"<p>(?:\s|&nbsp;)*(?:[·•▪◦‣\uf0b7]|§(?!§|(?:\s|&nbsp;)*\d)|o(?=(?:&nbsp;|\xa0){2}))(?:\s|&nbsp;)*(.*?)</p>",
    re.DOTALL,
)
_LEFT_OUT = re.compile(
    r"[\t\r\n]"
)  # by browsers, before they read an address (WHATWG URL, 4.4): „/<tab>/“ is „//“
_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br\s*/?>)*</p>")


def clean(html: str) -> str:
    """Sanitised html. Scripts, styles, handlers, foreign schemes and empty paragraphs go; text stays."""
    renamed = _RENAMED.sub(lambda match: f"<{match[1]}{_SAME[match[2].lower()]}", html)
    cleaned = nh3.clean(
        renamed,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
    )
    return _EMPTY.sub("", cleaned).strip()


def outlined(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    """Each block with its cleaned html, headings moved so that no level is skipped (WCAG 2.2, 1.3.1).

    The page's title is the first level; an h3 that no h2 comes before becomes one.
    """
    level, found = 1, []
    for block in blocks:
        if block.kind == "heading" or (block.kind in {"callout", "action"} and block.title):
            level = 2
        html = clean(block.html)
        parts = _HEADING.split(html)
        for index in range(1, len(parts), 3):
            level = min(int(parts[index]), level + 1)
            parts[index], parts[index + 1] = f"<h{level}>", f"{parts[index + 1]}</h{level}>"
        found.append((block, "".join(parts)))
    return found


def from_editor(html: str) -> str:
    """What the editor stores, with links to pages resolved, sanitised. A link to a page that is gone loses its href.

    Paragraphs that only look like a list become one (WCAG 2.2, 1.3.1).
    """
    return _listed(clean(expand_db_html(html)))


def _listed(html: str) -> str:
    items = _BULLET.sub(r"<ul><li>\1</li></ul>", html)
    return re.sub(r"</li></ul>\s*<ul><li>", "</li><li>", items) if items != html else html


def safe_address(address: str) -> str:
    """A path of this site or an address with a harmless scheme; "" for anything else."""
    text = _LEFT_OUT.sub("", address).strip()
    if text.startswith("/") and not text.startswith(("//", "/\\")):
        return text
    scheme, found, _rest = text.partition(":")
    return text if found and scheme.lower() in SCHEMES else ""
