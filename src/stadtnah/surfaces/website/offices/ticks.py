"""The turn of the day: pages that look ahead from a day are made anew on the next."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.released import PageUse


@ticker.periodic(every=300)
def turn_the_day() -> None:
    """Exceptions that are over leave the pages, a picture whose consent ended goes. One query when there is nothing to do."""
    # Written as year, month, day, so an earlier day is the smaller text; a later one is when a consent ends.
    older = PageUse.objects.filter(used__startswith=view.DAY, used__lt=view.day_use())
    if stale := set(older.values_list("used", flat=True).distinct()):
        publish.mark(*stale)
