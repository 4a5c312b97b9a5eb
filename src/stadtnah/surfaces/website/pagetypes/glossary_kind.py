"""The glossary as a kind of page: each term is a block, so that it is checked, compared and released like any text."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Final

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import glossary, kinds, richtext, tree
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.pagetypes.models import GlossaryPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.service_words import words_of
from stadtnah.surfaces.website.snapshot import common

_NO_LETTER: Final = "0–9"
_MENU: Final = {"menu": "footer", "menu_order": 90}


@dataclass(frozen=True, slots=True)
class Word:
    """A term with its place on the page."""

    title: str
    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms that begin with it."""

    letter: str
    words: list[Word]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"buchstabe-{self.letter.lower() if self.letter.isalpha() else 'ziffern'}"


def _glossary(page: GlossaryPage) -> Content:
    terms = [term.value for term in page.terms]
    blocks = tuple(
        Block("accordion", title=term["word"].strip(), html=html)
        for term in terms
        if (html := richtext.from_editor(term["text"].source)) and term["word"].strip()
    )
    forms = [(term["word"].strip(), ", ".join(words_of(term["forms"] or ""))) for term in terms]
    details = [[word, f"Andere Formen von „{word}“", given] for word, given in forms if given]
    extra = {"kind": "glossary", **_MENU, "details": details}
    return Content(**common(page, extra), teaser=page.intro.strip(), blocks=blocks)


def _show(content: Content, row: ReleasedPage | None) -> Sheet:
    words = sorted(content.blocks, key=lambda block: sort_key(block.title))
    latin = all(_first(block.title) in {*string.ascii_uppercase, _NO_LETTER} for block in words)
    # All of the alphabet, with what begins with no word; of another script only what there is.
    found: dict[str, list[Word]] = {letter: [] for letter in string.ascii_uppercase} if latin else {}
    taken: set[str] = set()
    for block in words:
        name = glossary.anchor(block.title)
        name = f"{name}-{len(taken)}" if name in taken else name  # two German words can be one elsewhere
        taken.add(name)
        found.setdefault(_first(block.title), []).append(Word(block.title, name, block.html))
    letters = [Letter(letter, words) for letter, words in found.items()]
    return Sheet("website/glossary.html", {"row": row, "content": content, "letters": letters})


def _first(word: str) -> str:
    letter = sort_key(word)[:1].upper()
    return letter if letter.isalpha() else _NO_LETTER


def _place(row: ReleasedPage) -> str:
    """What pages look for: its words. What they mean can change without any other page being made anew."""
    words = [block["title"] for block in row.content.get("blocks", [])]
    return f"{row.path} {row.content['title']} {words} {row.content['extra'].get('details')}"


kinds.register(
    Kind(
        key=glossary.KIND,
        reviewed=24,
        page=GlossaryPage,
        content=_glossary,
        show=_show,
        lists=lambda row: {glossary.USE} | tree.lists_of(row),
        place=_place,
        menu=True,
        facet="word",
    )
)
