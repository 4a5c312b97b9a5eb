"""How a version stands: missing, draft, released, or outdated since the German page said something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Of a page in a language. The words are those of the desk."""

    MISSING = "fehlt"
    DRAFT = "Entwurf"
    RELEASED = "freigegeben"
    OUTDATED = "veraltet"


def state(*, begun: bool, public: str | None, german: str) -> State:
    """begun: somebody made a version; public: what the public version was made from (a fingerprint), None when there is none.

    german: the fingerprint of the German page as it is public now.
    """
    if public is None:
        return State.DRAFT if begun else State.MISSING
    return State.RELEASED if public == german else State.OUTDATED


def outdated_since(released: Sequence[tuple[datetime, str]], made_from: str) -> datetime | None:
    """When the German page left the text that a version was made from; None while it still says that.

    released: moment and fingerprint of each German release, oldest first. A text that came back counts as never left.
    """
    since: datetime | None = None
    for moment, said in reversed(released):
        if said == made_from:
            break
        since = moment
    return since


_URGENCY = {State.OUTDATED: 0, State.MISSING: 1, State.DRAFT: 2, State.RELEASED: 3}


def by_urgency(rows: Iterable[tuple[State, int, Any]]) -> list[tuple[State, int, Any]]:
    """What is wrong on the website first, then what is not there, then what is begun; by weight, the most wanted pages first."""
    return sorted(rows, key=lambda row: (_URGENCY[row[0]], row[1]))
