"""The places of a message that a remark can be put at, by codes that hold for one version."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

from django.utils.html import strip_tags

from stadtnah.publishing import signs
from stadtnah.publishing.asides import asides, facts
from stadtnah.publishing.content import Block, Content

WHOLE = "message"
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)  # as nh3 writes them
_KINDS = {
    "text": "Absatz",
    "heading": "Zwischenüberschrift",
    "picture": "Bild",
    "quote": "Zitat",
    "callout": "Hinweiskasten",
    "contact": "Kontakt",
    "table": "Tabelle",
    "gallery": "Bild der Galerie",
    "accordion": "Aufklapptext",
    "action": "Aufruf",
    "figures": "Zahlen",
    "download": "Datei",
    "video": "Video",
}


@dataclass(frozen=True, slots=True)
class Place:
    """code: "title", "teaser", "hero", "block:<number from 0>", "notice", "links", "details", "channels", "message". text: what stands there."""

    code: str
    label: str
    text: str = ""


def places(content: Content) -> list[Place]:
    """All places in the order of reading."""
    found = [Place("title", "Überschrift", content.title), Place("teaser", "Vorspann", content.teaser)]
    if content.hero:
        found.append(Place("hero", "Titelbild", content.hero.alt))
    for number, block in enumerate(content.blocks):
        label = f"{kind_of(block)} ({number + 1})"
        found.append(Place(f"block:{number}", label, block_text(block)))
    found += [Place(aside.code, aside.label, block_text(aside.block)) for aside in asides(content)]
    if told := [block_text(fact.block) for fact in facts(content)]:
        found.append(Place("details", "Angaben", "\n".join(told)))
    found = [replace(one, text=signs.named(one.text)) for one in found]
    return [*found, Place("channels", "Kanäle und Termin"), _whole(content)]


def kind_of(block: Block) -> str:
    """What a block is, in German."""
    return _KINDS.get(block.kind, "Absatz")


def place(code: str, content: Content) -> Place:
    """The place with this code; an unknown code means the whole."""
    return next((p for p in places(content) if p.code == code), _whole(content))


def _whole(content: Content) -> Place:
    return Place(WHOLE, "Meldung als Ganzes" if content.is_message else "Das Ganze")


def block_text(block: Block, *, targets: bool = True) -> str:
    """The words of a block, without markup; a picture's are its alternative text, a file's its name and digest.

    `targets`: behind the words of a link stands where it leads, unless they say so themselves.
    """
    between = ": " if block.kind == "contact" else " | "
    rows = "\n".join(between.join(row) for row in block.rows)
    marked = _LINK.sub(_with_target, block.html) if targets else block.html
    html = re.sub(r"</(p|li|h3|h4)>|<br\s*/?>", "\n", marked)
    alt = block.picture.alt if block.picture else ""
    file = "\n".join(f"{one.name} · {one.sha256[:8]}" for one in (block.file, block.captions) if one)
    words = unescape(strip_tags(html)).strip()
    return "\n".join(part for part in (block.said_title(), words, rows, alt, file) if part)


def _with_target(link: re.Match[str]) -> str:
    target, words = link[1], strip_tags(link[2]).strip()
    return link[2] if words in {target, target.partition(":")[2]} else f"{link[2]} ({target})"
