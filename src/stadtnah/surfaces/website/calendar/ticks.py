"""The index of dates is kept up with the day; what shows it is made anew, and whoever asked is reminded."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.calendar import index, reminding


@ticker.periodic(every=300)
def renew_dates() -> None:
    """Days that come into sight, holidays that changed, what a killed program left behind. Two queries when there is nothing to do."""
    if stale := index.renew():
        publish.mark(*stale)


@ticker.periodic(every=60)
def tell_changes() -> None:
    """Whoever wants to be reminded learns soon after a release that an event is called off or moved."""
    reminding.follow()


@ticker.periodic(every=300)
def remind() -> None:
    """Reminders of what is near, after whatever changed."""
    reminding.follow()
    reminding.remind()
