"""Events near the reader: each of the next ones once, with where it is. How far that is, the device finds out and tells nobody (`assets/js/nearby.js`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from stadtnah.surfaces.website.calendar import index, listing, reading
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.calendar.occurrence import Occurrence
from stadtnah.surfaces.website.kinds import Sheet
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.released import ReleasedPage

PATH: Final = f"{EVENTS}naehe/"
_DATES: Final = 300  # that are looked at
_EVENTS: Final = 100


def shown() -> Sheet:
    """The page."""
    today = offices.today()
    dates = reading.between(today, listing.LAST, most=_DATES)
    first: dict[str, Occurrence] = {}
    for row in dates:
        first.setdefault(row.page_id, row)
    rows = list(first.values())[:_EVENTS]
    where = _positions(row.page_id for row in rows)
    uses = index.pages_of(rows) | {index.LIST, offices.day_use()}
    return Sheet("website/events_near.html", {"rows": [(row, _said(row, where)) for row in rows]}, uses)


def _positions(pages: Iterable[str]) -> dict[str, Any]:
    """Latitude and longitude (WGS 84) of the events that have them. One query."""
    rows = ReleasedPage.objects.filter(pk__in=list(pages))
    return dict(rows.values_list("pk", "content__extra__event__position"))


def _said(row: Occurrence, where: dict[str, Any]) -> str:
    """As „50.11,9.21“; "" when it is nowhere, or this date is somewhere else than the event."""
    point = where.get(row.page_id)
    return f"{point[0]:.5f},{point[1]:.5f}" if point and not (row.changed and row.place) else ""
