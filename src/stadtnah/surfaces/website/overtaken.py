"""A baking that a change overtook is made good.

Pages are made in several lanes and processes. One that read before a change and writes after it puts the old state back, and the mark
of the change may be settled already: nobody would look again. So every change also leaves a line that stays a day (`ChangedUse`), and
whoever bakes marks at its end what changed since it began. A process killed in between has settled nothing, so it is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from stadtnah.kernel import clock
from stadtnah.surfaces.website.released import ChangedUse, StaleUse

_KEPT: Final = timedelta(days=1)  # no baking takes that long
# Lines are numbered when they are written and seen when they are committed, so a lower number may come into sight later.
_LATE: Final = 200


def stale(used: Iterable[str]) -> None:
    """Whatever uses one of these is to be made anew."""
    now = clock.now()
    StaleUse.objects.bulk_create(
        [StaleUse(used=key, marked_at=now) for key in sorted(set(used))],
        update_conflicts=True,
        update_fields=["marked_at"],
        unique_fields=["used"],
    )


def changed(used: Iterable[str]) -> None:
    """One of these changed: within the transaction of the change."""
    now, keys = clock.now(), sorted(set(used))
    ChangedUse.objects.bulk_create(ChangedUse(used=key, at=now) for key in keys)
    stale(keys)


@contextmanager
def made_good() -> Iterator[None]:
    """Marks at the end what changed meanwhile. Two small queries."""
    seen = set(ChangedUse.objects.order_by("-pk").values_list("pk", flat=True)[:_LATE])
    try:
        yield
    finally:
        lines = ChangedUse.objects.filter(pk__gt=min(seen, default=0)).values_list("pk", "used")
        if missed := {used for pk, used in lines if pk not in seen}:
            stale(missed)


def forget() -> None:
    """Takes out the lines that no baking under way can need."""
    ChangedUse.objects.filter(at__lt=clock.now() - _KEPT).delete()
