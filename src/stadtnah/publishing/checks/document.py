"""A message as the checks read it: passages of plain text with the field they stand in, links, headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from stadtnah.publishing.asides import asides, facts
from stadtnah.publishing.checks.markup import Link, Markup, heading_level, plain, read_html
from stadtnah.publishing.content import Block, Content

_EXCERPT = 160  # characters; what a margin note can show


class Role(StrEnum):
    """What kind of text a passage is; rules of style do not hold for all of them."""

    TITLE = "title"
    TEASER = "teaser"
    PROSE = "prose"
    HEADING = "heading"
    QUOTE = "quote"
    TABLE = "table"
    CONTACT = "contact"
    CAPTION = "caption"
    ALT = "alt"
    PLACE = "place"


RUNNING = frozenset((Role.TEASER, Role.PROSE))  # whole sentences
OWN_WORDS = frozenset(
    (Role.TITLE, Role.TEASER, Role.PROSE, Role.HEADING, Role.CAPTION, Role.TABLE, Role.CONTACT)
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text. A passage never ends within a sentence; a newline is a forced line break.

    `head`: the column heads above, for a row of a table; `row`: which row of it, 0 for the heads.
    """

    where: str
    role: Role
    text: str
    head: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the body: 2 to 6."""

    level: int
    text: str


@dataclass(slots=True)
class Document:
    """Everything the checks look at, read once."""

    content: Content
    passages: list[Passage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    bold_lines: list[str] = field(default_factory=list)  # paragraphs that are bold from end to end
    anchors: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, content: Content) -> Document:
        """Reads a message."""
        document = cls(content)
        document._add("title", Role.TITLE, content.title)
        document._add("teaser", Role.TEASER, content.teaser)
        document._add("place", Role.PLACE, content.place)
        if content.hero:
            document._add("hero", Role.ALT, content.hero.alt)
            document._add("hero", Role.CAPTION, content.hero.caption)
        for block in content.blocks:
            document._read(block)
        for aside in (*asides(content), *facts(content)):
            document._read(aside.block, aside.code)
        return document

    @property
    def is_message(self) -> bool:
        """Whether this is a message; a home page or a list has neither teaser nor body of its own."""
        return self.content.is_message

    @property
    def german(self) -> bool:
        """Whether the rules of German apply."""
        return self.content.language.lower().split("-")[0] == "de"

    def of_role(self, roles: frozenset[Role]) -> Iterator[Passage]:
        """The passages of these roles, in the order of reading."""
        return (passage for passage in self.passages if passage.role in roles)

    @property
    def body_is_empty(self) -> bool:
        """Whether there is nothing to read below the teaser; a picture alone is not enough to read."""
        skipped = (Role.TITLE, Role.TEASER, Role.PLACE, Role.ALT, Role.CAPTION, Role.HEADING)
        return all(passage.role in skipped for passage in self.passages)

    def _read(self, block: Block, where: str = "body") -> None:
        if block.kind == "heading":
            self.headings.append(Heading(2, plain(block.title).strip()))
        if block.title:
            self._add(
                where, Role.CAPTION if block.is_table or block.kind == "quote" else Role.HEADING, block.title
            )
        if block.html:
            self._read_html(block, read_html(block.html), where)
        if block.picture:
            self._add(where, Role.ALT, block.picture.alt)
            self._add(where, Role.CAPTION, block.picture.caption)
        role = Role.CONTACT if block.kind == "contact" else Role.TABLE
        head = " ".join(block.rows[0]) if block.rows and role is Role.TABLE else ""
        for number, row in enumerate(block.rows):
            if role is Role.CONTACT:
                self._add(where, role, ": ".join(cell for cell in row if cell))
                continue
            for cell in row:
                self._add(where, role, cell, head, number)

    def _read_html(self, block: Block, markup: Markup, where: str) -> None:
        role = Role.QUOTE if block.kind == "quote" else Role.PROSE
        for segment in markup.segments:
            level = heading_level(segment.tag)
            if level:
                self.headings.append(Heading(level, segment.text))
            elif segment.strong and segment.tag == "p" and block.kind == "text":
                self.bold_lines.append(segment.text)
            self._add(where, Role.HEADING if level else role, segment.text)
        self.headings.extend(Heading(heading_level(tag) or 2, "") for tag in markup.empty_headings)
        self.links.extend(replace(link, where=where) for link in markup.links)
        self.anchors |= markup.anchors

    def _add(self, where: str, role: Role, text: str, head: str = "", row: int = 0) -> None:
        text = plain(text).strip()
        if text:
            self.passages.append(Passage(where, role, text, head, row))


def excerpt(text: str, start: int = 0, end: int | None = None) -> str:
    """The text in question, cut at the length of a margin note."""
    piece = text[start:end].strip()
    return piece if len(piece) <= _EXCERPT else piece[: _EXCERPT - 1].rstrip() + "…"
