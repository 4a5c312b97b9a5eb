"""Addresses of composing, with the right each needs."""

from __future__ import annotations

from django.urls import path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import compose

ACTIONS: dict[str, Action] = {
    "desk_new": Action.MESSAGE_EDIT,
    "desk_channels_step": Action.MESSAGE_EDIT,
}

urlpatterns = [
    path("meldung/neu/", compose.new, name="desk_new"),
    path("meldung/<uuid:key>/kanaele/", compose.channels, name="desk_channels_step"),
]
