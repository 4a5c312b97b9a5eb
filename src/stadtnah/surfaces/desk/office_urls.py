"""Addresses of offices, places and people, with the right each needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import offices

ACTIONS: dict[str, Action] = {
    "desk_offices": Action.MESSAGE_VIEW,
    "desk_offices_of": Action.MESSAGE_VIEW,
    "desk_office_new": Action.MESSAGE_EDIT,
    "desk_office_exception": Action.MESSAGE_SUBMIT,
}

urlpatterns: list[URLPattern] = [
    path("aemter/", offices.offices_list, name="desk_offices"),
    path("aemter/<str:kind>/", offices.offices_list, name="desk_offices_of"),
    path("aemter/<str:kind>/neu/", offices.new, name="desk_office_new"),
    path("aemter/<uuid:key>/ausnahme/", offices.exception, name="desk_office_exception"),
]
