"""The places of offices and places in the tree, laid out as drafts when they are first needed."""

from __future__ import annotations

from typing import Any

from stadtnah.surfaces.website.models import HomePage
from stadtnah.surfaces.website.offices.models import OfficeIndexPage, PlaceIndexPage


def office_index() -> OfficeIndexPage:
    """The list of offices. Raises ValueError without a first page."""
    found: OfficeIndexPage | None = OfficeIndexPage.objects.first()
    if found is None:
        found = OfficeIndexPage(title="Ämter", slug="aemter", live=False)
        _home().add_child(instance=found)
    return found


def place_index() -> PlaceIndexPage:
    """The list of places. Raises ValueError without a first page."""
    found: PlaceIndexPage | None = PlaceIndexPage.objects.first()
    if found is None:
        found = PlaceIndexPage(title="Orte", slug="orte", live=False)
        _home().add_child(instance=found)
    return found


def _home() -> Any:
    home = HomePage.objects.first()
    if home is None:
        raise ValueError("Die Website hat noch keine Startseite. Bitte legen Sie sie zuerst an.")
    return home
