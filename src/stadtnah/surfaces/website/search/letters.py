"""Text to words to stems. The same way for what is indexed and for what is asked, else nothing would meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

LONGEST: Final = 60  # letters of a stem; longer ones are cut
_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_JOINT: Final = re.compile(r"[-‐‑'’]")
_PLAIN: Final = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
)
# How umlauts are typed without their key; not where two vowels meet by chance: „neue“, „Bauer“, „Quelle“.
_SPELLED: Final = re.compile(r"(?<![aeiouq])([aou])e")
_TWICE: Final = re.compile(r"(.)\1")
_AGAIN: Final = re.compile(r"(.)\*")
_DEED: Final = re.compile(r"(?<=.{5})ung(?:en|s)?$")  # „Anmeldung“ and „anmelden“ are one
_SHORTEST, _LONG, _WITH_GE = 3, 5, 6


class Word(NamedTuple):
    """A word of a text: as written, its stem, where it stands."""

    written: str
    stem: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Small letters without umlauts, its ending kept."""
        return folded(self.written)


def words(text: str) -> Iterator[Word]:
    """Each word; one with hyphens as a whole („Kita-Platz“ is „Kitaplatz“) and then in its parts."""
    for match in _WORD.finditer(text):
        written = match[0]
        parts = _JOINT.split(written)
        if len(parts) == 1:
            yield Word(written, stem(written), match.start(), match.end())
            continue
        yield Word(written, stem("".join(parts)), match.start(), match.end())
        at = match.start()
        for part in parts:
            yield Word(part, stem(part), at, at + len(part))
            at += len(part) + 1


def in_tongue(stem: str, tongue: str) -> str:
    """The stem of a version's word: words of other languages never meet German ones."""
    return f"{tongue}:{stem}"[:LONGEST] if tongue else stem


def backwards(stem: str) -> str:
    """From its last letter to its first; the language stays in front, so that no German word is its end."""
    tongue, colon, word = stem.rpartition(":")
    return f"{tongue}{colon}{word[::-1]}"


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """Small letters of the plain alphabet: „Müll“, „Muell“ and „MULL“ are one."""
    small = text.casefold().translate(_PLAIN)
    if not small.isascii():
        parted = unicodedata.normalize("NFKD", small)
        small = "".join(sign for sign in parted if not unicodedata.combining(sign))
    bare = small if small.isalnum() else "".join(filter(str.isalnum, small))
    return _SPELLED.sub(r"\1", bare)


@lru_cache(maxsize=32_768)
def stem(text: str) -> str:
    """The stem after CISTEM, its variant for text of any case; the ending of deeds, -ung, goes before.

    L. Weißweiler, A. Fraser: Developing a Stemmer for German Based on a Comparative Analysis of Publicly Available
    Stemmers, GSCL 2017.
    """
    word = _DEED.sub("", folded(text))
    if not word.isalpha():
        return word[:LONGEST]
    if word.startswith("ge") and len(word) >= _WITH_GE:
        word = word[2:]
    word = word.replace("sch", "$").replace("ei", "%").replace("ie", "&")
    word = _TWICE.sub(r"\1*", word)
    while len(word) > _SHORTEST:
        if len(word) > _LONG and word.endswith(("em", "er", "nd")):
            word = word[:-2]
        elif word[-1] in "tesn":
            word = word[:-1]
        else:
            break
    word = _AGAIN.sub(r"\1\1", word)
    return word.replace("%", "ei").replace("&", "ie").replace("$", "sch")[:LONGEST]
