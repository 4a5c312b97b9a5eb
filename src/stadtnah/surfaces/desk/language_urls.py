"""Addresses of versions in other languages, with the right each needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import languages, translating

ACTIONS: dict[str, Action] = {
    "desk_languages": Action.TOWN_EDIT,
    "desk_translations": Action.MESSAGE_VIEW,
    "desk_versions": Action.MESSAGE_VIEW,
    "desk_version_begin": Action.MESSAGE_EDIT,
    "desk_version": Action.MESSAGE_EDIT,
    "desk_version_right": Action.MESSAGE_EDIT,
}

urlpatterns: list[URLPattern] = [
    path("sprachen/", languages.choose, name="desk_languages"),
    path("uebersetzungen/", languages.report_view, name="desk_translations"),
    path("meldung/<uuid:key>/fassungen/", languages.of_page, name="desk_versions"),
    path("meldung/<uuid:key>/fassungen/<str:tag>/", translating.begin, name="desk_version_begin"),
    path("fassung/<uuid:key>/", translating.translate, name="desk_version"),
    path("fassung/<uuid:key>/stimmt/", translating.still_right, name="desk_version_right"),
]
