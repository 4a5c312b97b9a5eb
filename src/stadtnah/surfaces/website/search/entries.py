"""From a released page to what can be found of it: its own entry, one for each document it offers, one for each word it explains."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from stadtnah.kernel import clock
from stadtnah.publishing.asides import FACTS
from stadtnah.publishing.checks.document import Document, Passage, Role
from stadtnah.publishing.checks.markup import read_html
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import findable, glossary, kinds, members, result_words
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.search import sites
from stadtnah.surfaces.website.search.letters import in_tongue, words
from stadtnah.surfaces.website.search.models import Facet
from stadtnah.surfaces.website.service_words import words_of

# Where a word stands: what it weighs there, and how many words stand there usually (BM25F; S. Robertson, H. Zaragoza:
# The Probabilistic Relevance Framework: BM25 and Beyond, 2009). Lengths are set, not measured: then an entry's weights
# depend on itself alone, and no release makes another page's wrong.
FIELDS: Final = {
    "title": (9.0, 5),
    "names": (8.0, 6),
    "lead": (3.0, 20),
    "heads": (2.5, 14),
    "tags": (2.0, 4),
    "text": (1.0, 160),
}
_LENGTH: Final = 0.45  # how far a long field loses
_SATURATION: Final = 4.0
WHOLE: Final = 30_000  # the weight of a word that an entry is about and nothing else
_LONGEST_TEXT: Final = 20_000  # characters; beyond, a page is a book, and its headings say what is in it
_ROLES: Final = {Role.TITLE: "title", Role.TEASER: "lead", Role.HEADING: "heads", Role.PLACE: "tags"}
_SKIPPED: Final = frozenset({Role.ALT})
# Details that are released and compared, and that nobody searches for: how a page looks and where it is listed.
_UNSOUGHT: Final = result_words.UNSEEN | {
    *(
        "sections",
        "colour",
        "accent",
        "of_site",
        "also_on",
        "site_only",
        "page",
        "picture",
        "at",
        "position",
        "zone",
    ),
}
# Nor do these say anything to a reader of results: for machines, or said in one line with others.
_NO_FACTS: Final = _UNSOUGHT | {"leika", "street", "postcode", "town"}


@dataclass(slots=True)
class Found:
    """What can be found, before it is stored."""

    facet: Facet
    path: str
    language: str
    title: str
    lead: str = ""
    names: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # the text as lines that can be read on their own
    day: int = 0
    tongue: str = ""  # of a version in another language
    root: str = ""  # of the member site that it is of
    sites: frozenset[int] = frozenset()  # whose searches find it (`sites`)

    def weights(self) -> dict[str, int]:
        """What each stem says about it, 1 to WHOLE."""
        sums: defaultdict[str, float] = defaultdict(float)
        for name, (weight, usual) in FIELDS.items():
            found = [in_tongue(word.stem, self.tongue) for part in self._said(name) for word in words(part)]
            length = 1 - _LENGTH + _LENGTH * len(found) / usual
            for stem, count in Counter(found).items():
                sums[stem] += weight * (1 + math.log(count)) / max(length, 0.7)
        return {
            stem: max(1, round(WHOLE * value / (_SATURATION + value))) for stem, value in sums.items() if stem
        }

    def shown(self) -> dict[str, str]:
        """Each stem as it is written where it stands first; in small letters too, where both occur."""
        found: dict[str, str] = {}
        for name in FIELDS:
            for part in self._said(name):
                for word in words(part):
                    found.setdefault(in_tongue(word.stem, self.tongue), word.written)
        return found

    def _said(self, name: str) -> Iterable[str]:
        said = getattr(self, name)
        return [said] if isinstance(said, str) else said


def of_row(row: ReleasedPage) -> list[Found]:
    """Everything that can be found of a released page."""
    german = row
    if row.original:
        # A page in another language, as long as its German page is public.
        there = ReleasedPage.objects.filter(pk=row.original, state=ReleasedPage.State.LIVE).first()
        if there is None:
            return []
        german = there
    root, numbers = members.said_root(german), frozenset(sites.numbers_of(german))
    found = _of_version(row, german) if row.original else _of_page(row)
    return [replace(one, root=root, sites=numbers) for one in found]


def _of_page(row: ReleasedPage) -> list[Found]:
    content, facet = row.shown(), facet_of(row.kind)
    own = _page(content, facet)
    own.day = clock.local(row.sorted_by).toordinal() if facet is Facet.NEWS else 0
    found = [own]
    if facet is Facet.WORD:
        found += _explained(content)
        own.facet, own.heads, own.text, own.read = Facet.PAGE, [], [], []
    return found + [_file(block, content, own.day) for block in content.blocks if block.kind == "download"]


def _of_version(row: ReleasedPage, german: ReleasedPage) -> list[Found]:
    content = versions.text_of(row, german)
    own = _page(content, facet_of(german.kind))
    own.path, own.tongue = row.path, content.language
    own.day = clock.local(german.sorted_by).toordinal() if own.facet is Facet.NEWS else 0
    return [own]


def facet_of(kind: str) -> Facet:
    """What readers call pages of this kind."""
    return Facet[kinds.KINDS[kind].facet.upper()]


def searched() -> list[str]:
    """The kinds of pages that can be found."""
    return [kind.key for kind in kinds.KINDS if kind.searched]


def _page(content: Content, facet: Facet) -> Found:
    found = Found(facet, content.path, content.language, content.title)
    room = _LONGEST_TEXT
    unsought = tuple(f"{label}: " for key, label, _value in content.details if key in _UNSOUGHT)
    passages = [
        one
        for one in Document.of(content).passages
        if not (unsought and one.where == FACTS and one.text.startswith(unsought))
    ]
    for passage in passages:
        if passage.role in _SKIPPED or passage.role is Role.TITLE:
            continue
        name = _ROLES.get(passage.role, "text")
        if name == "lead":
            found.lead = passage.text
        elif name != "text":
            getattr(found, name).append(passage.text)
        elif room > 0:
            found.text.append(passage.text)
            room -= len(passage.text)
    found.lead = found.lead or findable.said(content, result_words.DESCRIPTION[0])
    found.tags += [content.category_label, *content.hashtags]
    found.read = _readable(content, passages)
    details = content.detail
    details.pop("holidays", None)  # "closed" without its label would be said of every day
    found.names = [name for key in ("names", "leika") for name in words_of(details.pop(key, ""))]
    found.text += [
        value
        for key, value in details.items()
        if key not in _UNSOUGHT and not value.startswith(("http", "/"))
    ]
    return found


def _readable(content: Content, passages: list[Passage]) -> list[str]:
    """Running text, a line for each row of a table („Montag: 8 bis 12 Uhr“), and the single facts with their labels."""
    lines: list[str] = []
    room = _LONGEST_TEXT
    told = (one for one in passages if one.where != FACTS and one.role not in {*_ROLES, *_SKIPPED})
    for (role, _head, row), cells in groupby(told, lambda one: (one.role, one.head, one.row)):
        said = [cell.text for cell in cells]
        if role is Role.TABLE:
            said = [_row(said)] if row else []
        for line in said:
            if room > 0:
                lines.append(line)
                room -= len(line)
    return lines + _facts(content)


def _row(cells: list[str]) -> str:
    return ": ".join(filter(None, (cells[0], ", ".join(cells[1:]))))


def _facts(content: Content) -> list[str]:
    said = content.detail
    second = " ".join(filter(None, (said.get("postcode"), said.get("town"))))
    address = ", ".join(filter(None, (said.get("street"), second)))
    label = {key: label for key, label, _value in content.details}.get("street", "")
    whole = "Anschrift" if content.language.startswith("de") else label
    return ([f"{whole}: {address}" if whole else address] if address else []) + [
        f"{label}: {value}"
        for key, label, value in content.details
        if key not in _NO_FACTS and value and not value.startswith(("http", "/"))
    ]


def _explained(content: Content) -> list[Found]:
    forms = content.detail
    return [
        Found(
            Facet.WORD,
            f"{content.path}#{glossary.anchor(block.title)}",
            content.language,
            block.title,
            _plain(block),
            words_of(forms.get(block.title, "")),
        )
        for block in content.blocks
        if block.kind == "accordion"
    ]


def _file(block: Block, content: Content, day: int) -> Found:
    assert block.file
    named = block.title or block.file.name
    return Found(
        Facet.FILE,
        block.file.path,
        content.language,
        block.file.said(named, content.language),
        content.title,
        [plain_slug(block.file.name.rpartition(".")[0]).replace("-", " ")],
        day=day,
    )


def _plain(block: Block) -> str:
    return " ".join(segment.text for segment in read_html(block.html).segments)
