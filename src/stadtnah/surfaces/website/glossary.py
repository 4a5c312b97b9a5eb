"""Words of the glossary in the text of other pages: a link where one first occurs, while a page is baked.

Only pages that stay, only German text, a few on each page: a help, not a forest of links. Both sides are released text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html import escape
from typing import Final

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.released import ReleasedPage

KIND: Final = "glossary"
USE: Final = "list:glossary"
_KINDS: Final = frozenset({"page", "section", "project", "service"})
_BLOCKS: Final = frozenset({"text", "callout", "accordion"})
_MOST: Final = 6  # links on a page
_TAG: Final = re.compile(r"(<[^>]+>)")
_CLOSED: Final = re.compile(r"<(/?)(a|h[1-6])[\s>]")


def anchor(word: str) -> str:
    """The place of a term on the glossary's page; a word of another script gets a name made from its letters."""
    return f"wort-{plain_slug(word) or hashlib.sha256(word.encode()).hexdigest()[:8]}"


def linked(content: Content) -> tuple[Content, frozenset[str]]:
    """The content with its first occurrences linked, and what that used. One query for a kind that can have any."""
    if str(content.extra.get("kind")) not in _KINDS or content.language != "de":
        return content, frozenset()
    terms = _terms()
    if not terms:
        return content, frozenset({USE})
    return replace(content, blocks=tuple(_blocks(content, terms))), frozenset({USE})


def _terms() -> dict[str, str]:
    """Every form of every term, as it stands in html, with its address."""
    row = ReleasedPage.objects.filter(kind=KIND, state=ReleasedPage.State.LIVE).first()
    if row is None:
        return {}
    content, found = Content.from_json(row.content), {}
    forms = {word: given.split(", ") for word, given in content.detail.items()}
    for block in content.blocks:
        for form in (block.title, *forms.get(block.title, [])):
            found[escape(form, quote=False)] = f"{row.path}#{anchor(block.title)}"
    return found


def _blocks(content: Content, terms: dict[str, str]) -> list[Block]:
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    said: set[str] = set()
    return [
        replace(block, html=_in_html(block.html, pattern, terms, said)) if block.kind in _BLOCKS else block
        for block in content.blocks
    ]


def _in_html(html: str, pattern: re.Pattern[str], terms: dict[str, str], said: set[str]) -> str:
    inside = 0  # a link or a heading: nothing is linked there

    def link(match: re.Match[str]) -> str:
        address = terms[match[0]]
        if address in said or len(said) >= _MOST:
            return match[0]
        said.add(address)
        return f'<a href="{escape(address)}">{match[0]}</a>'

    parts = _TAG.split(html)
    for at, part in enumerate(parts):
        if tag := _CLOSED.match(part):
            inside += -1 if tag[1] else 1
        elif not part.startswith("<") and inside == 0:
            parts[at] = pattern.sub(link, part)
    return "".join(parts)
