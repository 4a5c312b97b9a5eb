"""The place of the events, laid out as a draft when it is first needed."""

from __future__ import annotations

from stadtnah.surfaces.website.calendar.models import EventIndexPage
from stadtnah.surfaces.website.founding import below_the_first_page

TITLE = "Veranstaltungen"


def calendar() -> EventIndexPage:
    """The place of all events. Raises ValueError without a first page."""
    found: EventIndexPage | None = EventIndexPage.objects.first()
    return found or below_the_first_page(EventIndexPage(title=TITLE, slug="veranstaltungen", live=False))
