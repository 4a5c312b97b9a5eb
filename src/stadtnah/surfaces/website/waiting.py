"""Pages that could not be made: each is tried again, after a while that grows, until it succeeds. Nothing is forgotten.

A row of `StaleUse` stands for each: its key holds how often it failed and the digest of the address (an address may be longer than a
key), its time says when the next try is due.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.surfaces.website.released import StaleUse

MARK: Final = "again:"
_FIRST: Final = timedelta(seconds=10)
_LONGEST: Final = timedelta(hours=1)
_MOST: Final = 99  # beyond, counting says nothing more


def note(failed: Iterable[str]) -> None:
    """These pages could not be made, once more perhaps."""
    names = {_name(path) for path in failed}
    if not names:
        return
    with transaction.atomic():
        tries = {name: (number, key) for key in _keys() for number, name in [_read(key)] if name in names}
        StaleUse.objects.filter(used__in=[key for _number, key in tries.values()]).delete()
        now = clock.now()
        StaleUse.objects.bulk_create(
            StaleUse(used=f"{MARK}{number}:{name}", marked_at=now + _pause(number))
            for name in sorted(names)
            for number in [min(_MOST, tries.get(name, (0, ""))[0] + 1)]
        )


def not_yet(now: datetime) -> Q:
    """The rows whose next try is not due. A time that no pause reaches comes from a clock that went back: due."""
    return Q(used__startswith=MARK, marked_at__gt=now, marked_at__lte=now + _LONGEST)


def of(keys: Iterable[str], paths: Iterable[str]) -> set[str]:
    """Which of these addresses the keys stand for."""
    names = {_read(key)[1] for key in keys if key.startswith(MARK)}
    return {path for path in paths if _name(path) in names} if names else set()


def count() -> int:
    """How many pages could not be made and are older than what was released. One query."""
    return StaleUse.objects.filter(used__startswith=MARK).count()


def among(paths: Iterable[str]) -> list[str]:
    """Which of these addresses wait."""
    return sorted(of(_keys(), paths))


def _keys() -> list[str]:
    return list(StaleUse.objects.filter(used__startswith=MARK).values_list("used", flat=True))


def _pause(number: int) -> timedelta:
    doubled: int = 2 ** max(0, min(number - 1, 10))
    return min(_LONGEST, _FIRST * doubled)


def _name(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()


def _read(key: str) -> tuple[int, str]:
    number, _, name = key.removeprefix(MARK).partition(":")
    return int(number) if number.isdecimal() else 0, name
