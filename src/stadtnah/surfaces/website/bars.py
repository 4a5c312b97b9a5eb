"""Bars beside the numbers of a table: the table is the chart, so nobody gets less of it than anybody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"[-−+]?\d[\d.,\u00a0\u202f ]*")
_GAPS: Final = re.compile(r"[\u00a0\u202f ]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `share`: how long its bar is, percent of the longest, None without one."""

    text: str
    share: int | None = None


def drawn(rows: tuple[tuple[str, ...], ...], language: str) -> list[list[Cell]]:
    """The rows below the head, every number with its share of the largest; no bars at all when one is negative."""
    numbers = {
        (r, c): _number(cell, language) for r, row in enumerate(rows[1:]) for c, cell in enumerate(row) if c
    }
    found = [number for number in numbers.values() if number is not None]
    largest = max(found, default=0.0) if min(found, default=0.0) >= 0 else 0.0
    return [
        [Cell(cell, _share(numbers.get((r, c)), largest)) for c, cell in enumerate(row)]
        for r, row in enumerate(rows[1:])
    ]


def _share(number: float | None, largest: float) -> int | None:
    return round(100 * number / largest) if number is not None and largest > 0 else None


def _number(text: str, language: str) -> float | None:
    """The number a cell begins with: „1.234,5 €“ in German, "1,234.5" in English."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    digits = _GAPS.sub("", match[0]).rstrip(".,").replace("−", "-")
    thousands, point = (",", ".") if language == "en" else (".", ",")
    try:
        return float(digits.replace(thousands, "").replace(point, "."))
    except ValueError:
        return None
