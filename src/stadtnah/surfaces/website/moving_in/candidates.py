"""What a file offers, whatever its format: items that can be loaded one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stadtnah.surfaces.website.moving_in.foreign import Kind, Raw


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item not looked at yet. `load` may raise ItemError (German) and can be called again."""

    fingerprint: bytes  # of the bytes as they stand: equal ones are copies
    load: Callable[[], Raw]


@dataclass(slots=True)
class Document:
    """A file whose head was read."""

    kind: Kind
    title: str
    language: str
    candidates: list[Candidate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
