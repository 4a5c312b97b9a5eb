"""What is looked after from time to time."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website.quality import reminders, tasks


@ticker.periodic(every=60)
def follow_content() -> None:
    """Has read what changed, and asks other websites one after the other."""
    tasks.wake()


@ticker.periodic(every=3600)
def remind_of_reviews() -> None:
    """Tells editors that pages are to be looked at, at most once a week."""
    reminders.remind()
