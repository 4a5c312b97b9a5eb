"""What is new between two versions, word by word, for people."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from stadtnah.publishing import api as publishing
from stadtnah.publishing import signs
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.desk.difference_rest import OTHER, rest

_MOST_WORDS = 6000
# Of the same word here and there: beyond it („nein nein nein …“) the comparison takes minutes, and whoever releases waits for it.
_MOST_PAIRS = 100_000
_EMPHASIS = frozenset({"<strong", "<em", "<h3", "<h4", "<ul", "<ol"})
_SET_ANEW = "Hervorhebungen, Listen oder Zwischenüberschriften sind anders gesetzt."


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: "same", "new" or "gone"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the message that changed."""

    label: str
    pieces: list[Piece]


def changes(before: Content | None, after: Content) -> list[Change] | None:
    """The changed parts; None when there is no earlier version, [] only when they are the same in every byte.

    What has no words of its own here stands as it is (`difference_rest`): nothing is released that nobody was shown.
    """
    if before is None:
        return None
    old, new = _parts(before), _parts(after)
    labels = list(dict.fromkeys([*old, *new]))
    found = [
        Change(label, _pieces(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]
    if _is_set_anew(before, after, same_words=old["Text"] == new["Text"]):
        found.append(Change("Auszeichnung", [Piece("new", _SET_ANEW)]))
    found += [Change(label, _pieces(was, now)) for label, was, now in rest(before, after)]
    if not found and before != after:
        found.append(Change(OTHER, _pieces(_everything(before), _everything(after))))
    return found


def _parts(content: Content) -> dict[str, str]:
    hero, extra = content.hero, content.extra
    dates = (("ab", content.valid_from), ("bis", content.valid_until))
    known = [
        ("Überschrift", content.title),
        ("Vorspann", content.teaser),
        *((aside.label, publishing.block_text(aside.block)) for aside in publishing.asides(content)),
        ("Text", "\n".join(filter(None, map(_words_of, content.blocks)))),
        ("Titelbild", _picture(hero) if hero else ""),
        ("Bilder", "\n".join(_picture(block.picture) for block in content.blocks if block.picture)),
        ("Aufbau", " · ".join(publishing.kind_of(block) for block in content.blocks)),
        ("Ort", content.place),
        ("Gültig", " ".join(f"{word} {wall}" for word, wall in dates if wall)),
        ("Datum", content.dated or ""),
        ("Rubrik", content.category_label),
        ("Schlagworte", " ".join(content.hashtags)),
        ("Sprache", content.language),
        ("Adresse", content.path),
        ("Menü", " ".join(str(extra[name]) for name in ("menu", "menu_order") if name in extra)),
        *((label, value) for _key, label, value in content.details),
    ]
    found: dict[str, str] = {}
    for label, text in known:  # two facts may have the same label
        found[label] = f"{found[label]}\n{text}" if label in found else text
    return found


def _words_of(block: Block) -> str:
    """All of it but the picture, which is compared as one."""
    return publishing.block_text(replace(block, picture=None))


def _picture(picture: Picture) -> str:
    """Its alternative text and what stands below it; the digest tells other bytes apart."""
    middle = "" if picture.focal_x is None else f"Bildmittelpunkt {picture.focal_x} {picture.focal_y}"
    said = "schmückt nur" if picture.decorative else picture.alt
    words = (said, f"({picture.sha256[:8]})", picture.caption, picture.credit, middle)
    return " ".join(word for word in words if word)


def _is_set_anew(before: Content, after: Content, *, same_words: bool) -> bool:
    """With other words there are other paragraphs and links, which the words show; emphasis, headings and lists they do not."""
    old, new = _markup(before), _markup(after)
    return old != new if same_words else _emphasis(old) != _emphasis(new)


def _markup(content: Content) -> list[list[str]]:
    """The tags of each paragraph, in order."""
    blocks = [*content.blocks, *(aside.block for aside in publishing.asides(content))]
    return [re.findall(r"</?\w+", block.html) for block in blocks]


def _emphasis(markup: Iterable[list[str]]) -> Counter[str]:
    return Counter(tag for tags in markup for tag in tags if tag in _EMPHASIS)


def _everything(content: Content) -> str:
    return json.dumps(content.to_json(), ensure_ascii=False, indent=1, sort_keys=True)


def _pieces(old: str, new: str) -> list[Piece]:
    old, new = signs.named(old), signs.named(new)
    one, two = _words(old), _words(new)
    head = _same(one, two)
    tail = _same(one[head:][::-1], two[head:][::-1])
    inner, other = one[head : len(one) - tail], two[head : len(two) - tail]
    if len(inner) + len(other) > _MOST_WORDS or _pairs(inner, other) > _MOST_PAIRS:
        return [Piece("gone", old), Piece("new", new)]
    found: list[Piece] = []
    for kind, i1, i2, j1, j2 in _steps(inner, other, head, tail):
        if kind == "equal":
            found.append(Piece("same", _short(one[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("gone", " ".join(one[i1:i2])))
        if j2 > j1:
            found.append(Piece("new", " ".join(two[j1:j2])))
    return found


def _same(one: list[str], two: list[str]) -> int:
    """How many words at the beginning are the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _pairs(one: list[str], two: list[str]) -> int:
    there = Counter(two)
    return sum(count * there[word] for word, count in Counter(one).items())


def _steps(one: list[str], two: list[str], head: int, tail: int) -> Iterator[tuple[str, int, int, int, int]]:
    """As `difflib` says them, of words with `head` and `tail` more that are the same."""
    if head:
        yield "equal", 0, head, 0, head
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        yield kind, i1 + head, i2 + head, j1 + head, j2 + head
    if tail:
        i, j = len(one) + head, len(two) + head
        yield "equal", i, i + tail, j, j + tail


def _words(text: str) -> list[str]:
    """Words, and the ends of paragraphs as words of their own: where one begins is part of how a text reads."""
    words = [word for line in text.splitlines() for word in (*line.split(), "\n")]
    return words[:-1]


def _short(words: list[str]) -> str:
    """Unchanged words are cut in the middle: what changed is what matters."""
    if len(words) <= 24:  # noqa: PLR2004 - two lines on a phone
        return " ".join(words)
    return f"{' '.join(words[:10])} … {' '.join(words[-10:])}"
