"""Pieces of text with the words marked that were found. Nothing here is HTML: the template escapes every piece."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from stadtnah.surfaces.website.search.letters import Word, words

LENGTH: Final = 230  # characters of an excerpt
_LOOKED_AT: Final = 8_000  # characters
_BEFORE: Final = 60  # characters before the first word found
_SENTENCE: Final = 110  # characters before it, when its sentence begins there
_ENDS: Final = re.compile(r"(?<=[a-zäöüß]{3})[.!?][“\")]*\s+(?=[A-ZÄÖÜ„])")  # not after „3.“ or „Dr.“
_DOT: Final = " · "
_BEGUN: Final = 24  # characters of a line that has just begun
# A row of a table or a single fact ends without a full stop.
_LINES: Final = re.compile(r"(?<![.!?:…,;])\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text; `hit`: to be marked."""

    text: str
    hit: bool = False


def marked(text: str, stems: Collection[str]) -> list[Piece]:
    """The whole text in pieces."""
    found, at = [], 0
    for word in _hits(text, stems):
        found += [Piece(text[at : word.start]), Piece(text[word.start : word.end], hit=True)]
        at = word.end
    return [piece for piece in (*found, Piece(text[at:])) if piece.text]


def excerpt(lead: str, text: str, stems: Collection[str]) -> list[Piece]:
    """The lead when it has most of the words, else the part of the text that has."""
    asked = {word.stem for word in _hits(lead, stems)}
    hits = list(_hits(text[:_LOOKED_AT], stems))
    best = max(hits, key=lambda word: (len(_seen_from(word, hits)), -word.start), default=None)
    if lead and (best is None or len(asked) >= len(_seen_from(best, hits))):
        return marked(_short(lead), stems)
    if best is None:
        return [Piece(_short(_flowing(text)))] if text else []
    return marked(_window(text, best.start), stems)


def _seen_from(word: Word, hits: list[Word]) -> set[str]:
    return {hit.stem for hit in hits if word.start <= hit.start < word.start + LENGTH - _BEFORE}


def _window(text: str, about: int) -> str:
    line = text.rfind("\n", 0, about) + 1
    start = max((line, *(line + end.end() for end in _ENDS.finditer(text[line:about]))))
    whole = about - start <= _SENTENCE
    if not whole:
        start = about - _BEFORE
        start = text.find(" ", start, about) + 1 or about
    cut = _short(_flowing(text[start:]))
    return cut if whole else f"… {cut}"


def _flowing(text: str) -> str:
    """Lines one after the other, a dot between those that are no sentences."""
    return _LINES.sub(_DOT, text[: 2 * LENGTH]).replace("\n", " ")


def _short(text: str) -> str:
    if len(text) <= LENGTH:
        return text
    cut = text[:LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–·-")
    whole, _dot, begun = cut.rpartition(_DOT)
    # A label without its value, the first word of a line: better left out.
    return f"{whole if whole and len(begun) < _BEGUN and ': ' not in begun else cut} …"


def _hits(text: str, stems: Collection[str]) -> Iterator[Word]:
    end = 0
    for word in words(text):
        if word.stem in stems and word.start >= end:
            end = word.end
            yield word
