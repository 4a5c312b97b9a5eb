"""Words that are nearly spelled alike: found by leaving letters out on both sides (W. Garbe: SymSpell, 2012), then compared in full.

Asking costs the same however many words there are: a handful of numbers are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from itertools import combinations
from typing import Final

_HEAD: Final = 7  # letters from which some are left out; what follows is compared afterwards
SHORTEST: Final = 4  # shorter words have too many neighbours
_TWO_FROM: Final = 7  # letters from which two mistakes are forgiven


def allowed(stem: str) -> int:
    """How many mistakes are forgiven in a word of this length."""
    if len(stem) < SHORTEST or not stem.isalpha():
        return 0
    return 2 if len(stem) >= _TWO_FROM else 1


def keys(stem: str) -> list[int]:
    """The numbers under which a word is looked up, and looks up others."""
    most = allowed(stem)
    if not most:
        return []
    head = stem[:_HEAD]
    left = {head}
    for count in range(1, most + 1):
        left |= {"".join(kept) for kept in combinations(head, len(head) - count)}
    return sorted({_number(part) for part in left})


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, leave out, change or swap with their neighbour; `most` + 1 for anything farther (Damerau, restricted)."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    twice: list[int] = []
    above = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, compared in enumerate(other, 1):
            cost = min(above[to] + 1, row[to - 1] + 1, above[to - 1] + (letter != compared))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == compared:
                cost = min(cost, twice[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        twice, above = above, row
    return min(above[-1], most + 1)


def nearest(stem: str, known: Iterable[str]) -> list[tuple[int, str]]:
    """(distance, word) of those that may be meant, the nearest first."""
    own, found = allowed(stem), []
    for word in known:
        most = min(own, allowed(word) or own)  # a short word has too many neighbours, whoever asks
        if (mistakes := distance(stem, word, most)) <= most:
            found.append((mistakes, word))
    return sorted(found)
