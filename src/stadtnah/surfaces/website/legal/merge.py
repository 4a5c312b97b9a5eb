"""A new draft meets what the municipality made of the last one. Pure.

What it did not touch follows the facts. What it changed, added or removed stays so; where both changed, its words stay and
a note says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with the digest of its words. `title`: what people call it."""

    id: str
    raw: dict[str, Any]  # {"type", "value", "id"}
    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The blocks of the new draft, and what a person should know, German."""

    pieces: list[Piece]
    notes: list[str]


def merged(base: Mapping[str, str], current: Sequence[Piece], new: Sequence[Piece]) -> Merged:
    """`base`: id to digest of what was generated last; `current`: the draft as it stands; `new`: from today's facts."""
    there = {piece.id: piece for piece in current}
    generated = {piece.id for piece in new}
    notes: list[str] = []
    chosen = [
        found for piece in new if (found := _chosen(piece, there.get(piece.id), base.get(piece.id), notes))
    ]
    result = list(chosen)
    placed = {piece.id for piece in result}
    before = ""
    for piece in current:
        if piece.id not in generated and _stays(piece, base, notes):
            at = next((i + 1 for i, one in enumerate(result) if one.id == before), None)
            # The words of a page that was never generated come last: they are what the draft replaces.
            result.insert(at if at is not None else (0 if base else len(result)), piece)
            placed.add(piece.id)
        if piece.id in placed:
            before = piece.id
    return Merged(result, notes)


def _chosen(new: Piece, there: Piece | None, was: str | None, notes: list[str]) -> Piece | None:
    if there is None:
        if was is None:
            return new
        if was == new.digest:
            return None  # removed on purpose, and nothing about it has changed
        notes.append(f"„{new.title}“ war gelöscht. Weil sich die Angaben geändert haben, steht es wieder da.")
        return new
    if there.digest in {was, new.digest}:
        return new
    if was != new.digest:
        notes.append(
            f"„{new.title}“: Ihre Fassung blieb stehen, obwohl sich die Angaben geändert haben. Bitte prüfen Sie sie."
        )
    return there


def _stays(piece: Piece, base: Mapping[str, str], notes: list[str]) -> bool:
    was = base.get(piece.id)
    if was is None:
        return True
    if piece.digest == was:
        return False  # generated, and no longer true
    notes.append(
        f"„{piece.title}“ wird nicht mehr erzeugt. Ihre geänderte Fassung blieb stehen. Bitte prüfen Sie sie."
    )
    return True
