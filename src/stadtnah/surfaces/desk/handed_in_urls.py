"""Addresses of events that were handed in."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import handed_in, unclear_mail

ACTIONS: dict[str, Action] = {
    "desk_handed_in": Action.EVENTS_MODERATE,
    "desk_handed_in_one": Action.EVENTS_MODERATE,
    "desk_handed_in_accept": Action.EVENTS_MODERATE,
    "desk_handed_in_ask": Action.EVENTS_ANSWER,
    "desk_handed_in_refuse": Action.EVENTS_ANSWER,
    "desk_handed_in_mail": Action.EVENTS_ANSWER,
    "desk_handed_in_trust": Action.CLUBS_TRUST,
}
_ONE = "veranstaltungen/eingereicht/<uuid:submission_id>/"

urlpatterns: list[URLPattern] = [
    path("veranstaltungen/eingereicht/", handed_in.index, name="desk_handed_in"),
    path(_ONE, handed_in.view, name="desk_handed_in_one"),
    path(f"{_ONE}uebernehmen/", handed_in.accept, name="desk_handed_in_accept"),
    path(f"{_ONE}nachfragen/", handed_in.ask, name="desk_handed_in_ask"),
    path(f"{_ONE}ablehnen/", handed_in.refuse, name="desk_handed_in_refuse"),
    path(f"{_ONE}mail/<int:letter_id>/", unclear_mail.letter, name="desk_handed_in_mail"),
    path(f"{_ONE}vertrauen/", handed_in.trust, name="desk_handed_in_trust"),
]
