"""What is looked after from time to time."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website.quality import tasks


@ticker.periodic(every=60)
def follow_content() -> None:
    """Has read what changed, and asks other websites one after the other."""
    tasks.wake()
