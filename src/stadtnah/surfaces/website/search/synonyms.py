"""Words that mean the same: ours for the administration (synonyms_de.txt), and the municipality's own beside them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stadtnah.surfaces.website.search.letters import words
from stadtnah.surfaces.website.search.models import OwnWords
from stadtnah.surfaces.website.search.questions import telling

Stems = tuple[str, ...]
_OURS: Final = Path(__file__).with_name("synonyms_de.txt")
LONGEST_PHRASE: Final = 4  # words
LONGEST_LINE: Final = 600  # characters
MOST_LINES: Final = 500
_TOO_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`means`: what else to look for, by what was asked. `written`: each single word as it is written, by its stem."""

    means: Mapping[Stems, tuple[Stems, ...]]
    written: Mapping[str, str]
    digest: str

    def spans(self, stems: Sequence[str]) -> Iterator[tuple[int, int, tuple[Stems, ...]]]:
        """(from, to, what else to look for) of each known phrase in a row of words, the longest first; they may overlap."""
        for length in range(min(LONGEST_PHRASE, len(stems)), 0, -1):
            for start in range(len(stems) - length + 1):
                found = self.means.get(tuple(stems[start : start + length]))
                if found:
                    yield start, start + length, found


def dictionary(own: str) -> Dictionary:
    """Ours and the municipality's."""
    return _read(own)


def own_text() -> str:
    """The municipality's lines, as they were typed."""
    return OwnWords.objects.filter(pk=1).values_list("text", flat=True).first() or ""


def ours() -> list[str]:
    """The lines that come with the product, as an editor would write them."""
    lines = (line.strip() for line in _OURS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def problem(text: str) -> str:
    """What is wrong with the municipality's lines, in German; "" when nothing is."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return f"Das sind {len(lines)} Zeilen. Bitte höchstens {MOST_LINES}."
    for line in lines:
        if len(line) > LONGEST_LINE:
            return f"Die Zeile „{line[:40]}…“ ist zu lang. Bitte höchstens {LONGEST_LINE} Zeichen."
        if not line.startswith("#") and sum(map(len, _sides(line))) < _TOO_FEW:
            return f"In der Zeile „{line[:60]}“ steht nur ein Wort. Schreiben Sie mindestens zwei, mit Komma getrennt."
    return ""


@lru_cache(maxsize=4)
def _read(own: str) -> Dictionary:
    means: defaultdict[Stems, dict[Stems, None]] = defaultdict(dict)
    written: dict[str, str] = {}
    text = f"{_OURS.read_text(encoding='utf-8')}\n{own}"
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        both, further = _sides(line)
        for phrase in (*both, *further):
            found = list(words(phrase))
            if len(found) == 1:
                written.setdefault(found[0].stem, phrase)
        asked, more = [_stems(phrase) for phrase in both], [_stems(phrase) for phrase in further]
        for one in filter(None, asked):
            others = more if further else [other for other in asked if other != one]
            means[one] |= dict.fromkeys(filter(None, others))
    kept = {phrase: tuple(others) for phrase, others in means.items() if len(phrase) <= LONGEST_PHRASE}
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Dictionary(MappingProxyType(kept), MappingProxyType(written), digest)


def _sides(line: str) -> tuple[list[str], list[str]]:
    """The words before and behind ">"."""
    before, _, behind = line.partition(">")
    return _listed(before), _listed(behind)


def _listed(text: str) -> list[str]:
    return [phrase for part in text.split(",") if (phrase := " ".join(part.split()))]


def _stems(phrase: str) -> Stems:
    return tuple(word.stem for word in telling(phrase))
