"""The places of offices and places in the tree, laid out as drafts when they are first needed."""

from __future__ import annotations

from stadtnah.surfaces.website.founding import below_the_first_page
from stadtnah.surfaces.website.offices.models import OfficeIndexPage, PlaceIndexPage


def office_index() -> OfficeIndexPage:
    """The list of offices. Raises ValueError without a first page."""
    return OfficeIndexPage.objects.first() or below_the_first_page(
        OfficeIndexPage(title="Ämter", slug="aemter", live=False)
    )


def place_index() -> PlaceIndexPage:
    """The list of places. Raises ValueError without a first page."""
    return PlaceIndexPage.objects.first() or below_the_first_page(
        PlaceIndexPage(title="Orte", slug="orte", live=False)
    )
