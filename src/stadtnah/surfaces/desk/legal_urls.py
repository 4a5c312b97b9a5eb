"""Addresses of the legal pages' workshop."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import legal

ACTIONS: dict[str, Action] = {
    "desk_legal": Action.MESSAGE_VIEW,
    "desk_legal_page": Action.MESSAGE_VIEW,
    "desk_legal_make": Action.MESSAGE_EDIT,
}

urlpatterns: list[URLPattern] = [
    path("rechtliches/", legal.index, name="desk_legal"),
    path("rechtliches/<str:key>/", legal.show, name="desk_legal_page"),
    path("rechtliches/<str:key>/entwurf/", legal.make, name="desk_legal_make"),
]
