"""A wall time that a person chooses now: unlike one that is merely read, it must exist."""

from __future__ import annotations

from datetime import datetime

from stadtnah.kernel.clock.wall import WallTimeError, local, parse_wall, resolve_wall
from stadtnah.kernel.clock.words import german_date, german_time


def chosen_wall(text: str) -> datetime:
    """As `parse_wall`; also refuses what the town's clocks skip in spring. Raises WallTimeError (German, for people)."""
    value = parse_wall(text)
    first = local(resolve_wall(value))
    if first.replace(tzinfo=None, fold=0) != value:
        raise WallTimeError(
            f"Am {german_date(value.date())}, gibt es {value:%H:%M} Uhr nicht: In dieser Nacht beginnt die Sommerzeit, die Uhren "
            f"werden vorgestellt. Bitte wählen Sie {german_time(first)} oder später."
        )
    return value
