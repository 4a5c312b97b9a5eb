"""The index of dates is kept up with the day; what shows it is made anew."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.calendar import index


@ticker.periodic(every=300)
def renew_dates() -> None:
    """Days that come into sight, holidays that changed, what a killed program left behind. Two queries when there is nothing to do."""
    if stale := index.renew():
        publish.mark(*stale)
