"""Addresses of absence, with the right each needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import absence

ACTIONS: dict[str, Action] = {
    "desk_absence": Action.MESSAGE_RELEASE,
    "desk_absence_remove": Action.MESSAGE_RELEASE,
}

urlpatterns: list[URLPattern] = [
    path("abwesenheit/", absence.view, name="desk_absence"),
    path("abwesenheit/<int:absence_id>/loeschen/", absence.remove, name="desk_absence_remove"),
]
