"""Addresses of forwardings, of how a page is passed on or moved, and of what citizens said of pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import forwardings, passing_on, relocating, verdicts

ACTIONS: dict[str, Action] = {
    "desk_forwardings": Action.MESSAGE_VIEW,
    "desk_forwarding": Action.MESSAGE_EDIT,
    "desk_forwarding_remove": Action.MESSAGE_EDIT,
    "desk_forwarding_restore": Action.MESSAGE_EDIT,
    "desk_forwardings_file": Action.MESSAGE_EDIT,
    "desk_forwardings_old": Action.MESSAGE_EDIT,
    "desk_forwardings_submit": Action.MESSAGE_SUBMIT,
    "desk_passing_on": Action.MESSAGE_VIEW,
    "desk_qr": Action.MESSAGE_VIEW,
    "desk_move": Action.MESSAGE_EDIT,
    "desk_verdicts": Action.MESSAGE_VIEW,
    "desk_verdict_anew": Action.MESSAGE_EDIT,
}

urlpatterns: list[URLPattern] = [
    path("weiterleitungen/", forwardings.index, name="desk_forwardings"),
    path("weiterleitungen/bearbeiten/", forwardings.edit, name="desk_forwarding"),
    path("weiterleitungen/entfernen/", forwardings.remove, name="desk_forwarding_remove"),
    path("weiterleitungen/behalten/", forwardings.restore, name="desk_forwarding_restore"),
    path("weiterleitungen/datei/", forwardings.from_file, name="desk_forwardings_file"),
    path("weiterleitungen/uebernahme/", forwardings.from_old_site, name="desk_forwardings_old"),
    path("weiterleitungen/vorlegen/", forwardings.submit, name="desk_forwardings_submit"),
    path("seite/<uuid:key>/weitergeben/", passing_on.page, name="desk_passing_on"),
    path("seite/<uuid:key>/verschieben/", relocating.move, name="desk_move"),
    path("qr/<str:form>/", passing_on.code, name="desk_qr"),
    path("bewertungen/", verdicts.index, name="desk_verdicts"),
    path("bewertungen/von-vorn/", verdicts.begin_anew, name="desk_verdict_anew"),
]
