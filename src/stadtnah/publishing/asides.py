"""What a page says outside of its text: the notice, „Schnell erledigt“, single facts. Checks, wording and comparison read it from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from stadtnah.publishing.content import Block, Content

# Not every word with a colon: „Redakteur:in“ is none. What would run in a browser is one, so that the checks refuse it.
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|javascript|vbscript|data):|/)\S+", re.IGNORECASE
)

FACTS: Final = "details"  # the place of single facts, in findings and remarks


@dataclass(frozen=True, slots=True)
class Aside:
    """code: the place of findings and remarks. block: what stands there, as if it stood in the text."""

    code: str
    label: str
    block: Block


def asides(content: Content) -> list[Aside]:
    """Those that are there, in the order of reading."""
    extra = content.extra
    title, html = str(extra.get("notice_title") or ""), str(extra.get("notice_html") or "")
    found = []
    if title or html:
        found.append(Aside("notice", "Wichtiger Hinweis", Block("callout", title=title, html=html)))
    links = [_link(one) for one in extra.get("quick_links") or () if isinstance(one, dict)]
    if links:
        found.append(Aside("links", "Schnell erledigt", Block("text", html=f"<ul>{''.join(links)}</ul>")))
    return found


def facts(content: Content) -> list[Aside]:
    """Each single fact; what is an address is a link. Headings of the parts of the first page are such facts."""
    told = [(label, value) for _key, label, value in content.details if value]
    parts = [part for part in content.extra.get("sections") or () if isinstance(part, dict)]
    told += [
        ("Überschrift auf der Startseite", str(part["heading"])) for part in parts if part.get("heading")
    ]
    return [Aside(FACTS, label, _fact(label, value)) for label, value in told]


def _fact(label: str, value: str) -> Block:
    if _ADDRESS.fullmatch(value):
        return Block("text", html=f"<p>{_anchor(value, label)}</p>")
    return Block("contact", rows=((label, value),))


def _link(link: dict[str, str]) -> str:
    text = str(link.get("text") or "")
    behind = f" {escape(text)}" if text else ""
    return f"<li>{_anchor(str(link.get('href') or ''), str(link.get('label') or ''))}{behind}</li>"


def _anchor(href: str, words: str) -> str:
    return f'<a href="{escape(href)}">{escape(words)}</a>'
