"""Streets and the collection areas they belong to. A street is split by house numbers only where it has to be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final


class Side(StrEnum):
    """Which house numbers of a stretch are meant."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


SIDE_WORDS: Final = {Side.ALL: "", Side.ODD: "ungerade", Side.EVEN: "gerade"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a street, or the whole of it (no `first`). Without `last` it goes on to the end. area: the code of a collection area."""

    area: str
    first: int | None = None
    last: int | None = None
    side: str = Side.ALL

    @property
    def said(self) -> str:
        """„Hausnummern 1 bis 49, ungerade“; "" for the whole street."""
        if self.first is None:
            return ""
        until = f"{self.first} bis {self.last}" if self.last is not None else f"ab {self.first}"
        side = SIDE_WORDS[Side(self.side)]
        return f"Hausnummern {until}{f', {side}' if side else ''}"


@dataclass(frozen=True, slots=True)
class Street:
    """A street of a district, with the areas of its stretches."""

    name: str
    district: str
    stretches: tuple[Stretch, ...]

    @property
    def said(self) -> str:
        """Its name, with the district where there is one."""
        return f"{self.name} ({self.district})" if self.district else self.name


def problem(stretches: Sequence[Stretch]) -> str:
    """Why a street cannot be split like this, German; "" when it can."""
    if not stretches:
        return "Für diese Straße ist kein Abfuhrbezirk angegeben."
    for one in stretches:
        if one.first is not None and one.last is not None and one.last < one.first:
            return f"„{one.said}“ endet vor dem Anfang."
        if one.first is None and one.last is not None:
            return "Hier fehlt die erste Hausnummer."
    for one, other in combinations(stretches, 2):
        if one.first is None or other.first is None:
            return "Die Straße steht einmal ganz und noch einmal da. Bitte geben Sie für jeden Teil Hausnummern an."
        if _meet(one, other):
            return f"„{one.said}“ und „{other.said}“ überschneiden sich."
    return ""


def _meet(one: Stretch, other: Stretch) -> bool:
    """Whether some house number belongs to both."""
    if {one.side, other.side} == {Side.ODD, Side.EVEN}:
        return False
    first = max(one.first or 0, other.first or 0)
    ends = [stretch.last for stretch in (one, other) if stretch.last is not None]
    if not ends:
        return True
    last = min(ends)
    sides = {one.side, other.side} - {Side.ALL}
    numbers = range(first, min(last, first + 1) + 1)  # two numbers in a row hold both sides
    return any(not sides or (number % 2 == 1) == (Side.ODD in sides) for number in numbers)
