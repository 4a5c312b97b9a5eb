"""What is looked after from time to time."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website.search import tasks


@ticker.periodic(every=5)
def follow_releases() -> None:
    """Has indexed what was released; asks one small table when there is nothing."""
    tasks.wake()


@ticker.periodic(every=3600)
def look_through() -> None:
    """Compares the index with what is public; also when the cell starts."""
    tasks.look_through()
