"""A page of an old website as parts that can be compared with those of its neighbours, and what most pages repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from html import escape
from itertools import groupby
from typing import Final

from stadtnah.surfaces.website.moving_in.tree import Node

INLINE: Final = frozenset({"a", "strong", "em", "sub", "sup", "br", "img", "cite"})
_VOID: Final = frozenset({"br", "img"})
_SMALL_SITE: Final = 40  # pages; below, a third of them are few
_FEW: Final = 4
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})

Part = Node | str


@dataclass(slots=True)
class Repeated:
    """How many pages say the same. What half of a small website's pages repeat is no page's own text."""

    pages: int = 0
    counts: Counter[int] = field(default_factory=Counter)

    def look(self, root: Node) -> None:
        """Counts the parts of one more page."""
        self.pages += 1
        self.counts.update({key for key, _heading in _keys(root)})

    def common(self) -> Common:
        """What is said so often that it belongs to the frame."""
        share = 0.5 if self.pages < _SMALL_SITE else 0.3
        least, most = max(_FEW, self.pages * share), max(_FEW, self.pages * 0.6)
        return Common(
            frozenset(key for key, number in self.counts.items() if number >= least),
            frozenset(key for key, number in self.counts.items() if number >= most),
        )


@dataclass(frozen=True, slots=True)
class Common:
    """Keys of what many pages repeat; a heading like „Kontakt“ must be on still more of them."""

    texts: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()

    def __contains__(self, node: object) -> bool:
        return isinstance(node, Node) and self.holds([node], heading=node.tag in _HEADINGS)

    def holds(self, run: list[Part], *, heading: bool = False) -> bool:
        """Whether these words are the frame's."""
        key = key_of(run)
        return key is not None and key in (self.headings if heading else self.texts)


def runs(node: Node) -> Iterator[list[Part]]:
    """The children: words that belong together as one run, each block alone."""
    grouped = groupby(node.children, key=lambda child: isinstance(child, str) or child.tag in INLINE)
    for inline, group in grouped:
        if inline:
            yield list(group)
        else:
            yield from ([child] for child in group)


def is_leaf(run: list[Part]) -> bool:
    """Whether it is compared as a whole: words, or a block without blocks inside."""
    first = run[0]
    return isinstance(first, str) or first.tag in INLINE or not _has_blocks(first)


def without(node: Node, common: Common) -> Node:
    """A copy without what the frame repeats."""
    kept: list[Part] = []
    for run in runs(node):
        first = run[0]
        if is_leaf(run):
            heading = isinstance(first, Node) and first.tag in _HEADINGS
            kept += [] if common.holds(run, heading=heading) else run
        else:
            assert isinstance(first, Node)
            kept.append(without(first, common))
    return Node(node.tag, node.attributes, kept)


def key_of(run: list[Part]) -> int | None:
    """A number that equal words have in common, on every machine; None when nothing is said."""
    words = " ".join(Node("p", {}, run).words().casefold().split())
    if not words:
        sources = [image.attributes.get("src", "") for image in Node("p", {}, run).all("img")]
        words = " ".join(f"img:{source}" for source in sources if source)
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) if words else None


def html_of(node: Node, inline: dict[str, tuple[str, str]] | None = None) -> str:
    """The tree as html again. inline: pictures that sat in the html, by their token: (type, base64)."""
    return "".join(_written(child, inline or {}) for child in node.children)


def _written(part: Part, inline: dict[str, tuple[str, str]]) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    given = dict(part.attributes)
    if part.tag == "img" and given.get("src") in inline:
        mime, data = inline[given["src"]]
        given["src"] = f"data:{mime};base64,{data}"
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if part.tag in _VOID or part.tag == "hr":
        return f"<{part.tag}{attributes}>"
    return f"<{part.tag}{attributes}>{html_of(part, inline)}</{part.tag}>"


def number_of_words(parts: Iterable[Part]) -> int:
    """How many words stand there."""
    return len(Node("p", {}, list(parts)).words().split())


def _keys(node: Node) -> Iterator[tuple[int, bool]]:
    for run in runs(node):
        first = run[0]
        if is_leaf(run):
            if (key := key_of(run)) is not None:
                yield key, isinstance(first, Node) and first.tag in _HEADINGS
        elif isinstance(first, Node):
            yield from _keys(first)


def _has_blocks(node: Node) -> bool:
    return any(
        isinstance(child, Node) and (child.tag not in INLINE or _has_blocks(child)) for child in node.children
    )
