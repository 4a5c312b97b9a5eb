"""Addresses of the reports on the quality of the content."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import finding, quality, quality_reviews

ACTIONS: dict[str, Action] = {
    "desk_quality": Action.MESSAGE_VIEW,
    "desk_finding": Action.MESSAGE_VIEW,
    "desk_quality_access": Action.MESSAGE_VIEW,
    "desk_quality_reviews": Action.MESSAGE_VIEW,
    "desk_quality_looked": Action.MESSAGE_EDIT,
    "desk_quality_settings": Action.TOWN_EDIT,
}

urlpatterns: list[URLPattern] = [
    path("qualitaet/", quality.links, name="desk_quality"),
    path("meldung/<uuid:key>/suchmaschinen/", finding.of_page, name="desk_finding"),
    path("qualitaet/barrierefreiheit/", quality.barriers, name="desk_quality_access"),
    path("qualitaet/aktualitaet/", quality_reviews.due, name="desk_quality_reviews"),
    path("qualitaet/aktualitaet/<str:key>/", quality_reviews.looked, name="desk_quality_looked"),
    path("qualitaet/einstellungen/", quality.settings, name="desk_quality_settings"),
]
