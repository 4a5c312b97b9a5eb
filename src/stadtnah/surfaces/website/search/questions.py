"""What is left of a question when its small words are gone: „wo kann ich meinen Ausweis verlängern“ asks for Ausweis, verlängern."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stadtnah.surfaces.website.search.letters import Word, folded, words

MOST_WORDS: Final = 12
LONGEST: Final = 200  # characters of a question
_TELLING: Final = 3  # letters
_LINES: Final = Path(__file__).with_name("small_words_de.txt").read_text(encoding="utf-8").splitlines()
_SMALL: Final = frozenset(
    folded(word) for line in _LINES if not line.startswith("#") for word in line.split()
)


def says_nothing(plain: str) -> bool:
    """Whether it is one of the small words."""
    return plain in _SMALL


def telling(text: str) -> list[Word]:
    """The words of a question that say what it is about; all of them when there are no others."""
    found = _parted(text[:LONGEST])
    chosen = [word for word in found if word.plain not in _SMALL]
    return (chosen or found)[:MOST_WORDS]


def _parted(text: str) -> list[Word]:
    """Words with hyphens only in their parts, unless a part is too short to say anything: „E-Mail“."""
    found: list[Word] = []
    rest = list(words(text))
    while rest:
        whole, *rest = rest
        parts = [word for word in rest if word.end <= whole.end]
        rest = rest[len(parts) :]
        found += parts if parts and min(len(part.written) for part in parts) >= _TELLING else [whole]
    return found
