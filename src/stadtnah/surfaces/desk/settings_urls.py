"""Addresses of what the municipality sets up and looks after."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import (
    channel_accounts,
    mandate_grant,
    oversight,
    people,
    search_words,
    style_form,
    town_form,
)

ACTIONS: dict[str, Action] = {
    "desk_channels": Action.CHANNELS_MANAGE,
    "desk_channel_new": Action.CHANNELS_MANAGE,
    "desk_channel_add": Action.CHANNELS_MANAGE,
    "desk_channel_edit": Action.CHANNELS_MANAGE,
    "desk_channel_switch": Action.CHANNELS_MANAGE,
    "desk_channel_check": Action.CHANNELS_MANAGE,
    "desk_take_up": Action.CHANNELS_MANAGE,
    "desk_mandates": Action.MANDATES_MANAGE,
    "desk_mandate_grant": Action.MANDATES_MANAGE,
    "desk_mandate_end": Action.MANDATES_MANAGE,
    "desk_town": Action.TOWN_EDIT,
    "desk_style": Action.GUIDE_EDIT,
    "desk_search": Action.GUIDE_EDIT,
    "desk_people": Action.PEOPLE_MANAGE,
    "desk_person_new": Action.PEOPLE_MANAGE,
    "desk_person": Action.PEOPLE_MANAGE,
    "desk_person_invite": Action.PEOPLE_MANAGE,
    "desk_person_close": Action.PEOPLE_MANAGE,
    "desk_person_reopen": Action.PEOPLE_MANAGE,
    "desk_privacy": Action.PRIVACY_VIEW,
    "desk_audit": Action.AUDIT_VIEW,
}

urlpatterns: list[URLPattern] = [
    path("kanaele/", oversight.channels, name="desk_channels"),
    path("kanaele/neu/", channel_accounts.choose, name="desk_channel_new"),
    path("kanaele/neu/<str:channel>/", channel_accounts.add, name="desk_channel_add"),
    path("kanaele/<str:key>/", channel_accounts.edit, name="desk_channel_edit"),
    path("kanaele/<str:key>/schalten/", channel_accounts.switch, name="desk_channel_switch"),
    path("kanaele/<str:key>/pruefen/", channel_accounts.check, name="desk_channel_check"),
    path("kanaele/<str:key>/aufnehmen/", oversight.take_up, name="desk_take_up"),
    path("vollmachten/", oversight.mandates, name="desk_mandates"),
    path("vollmachten/neu/", mandate_grant.grant, name="desk_mandate_grant"),
    path("vollmachten/<uuid:mandate_id>/beenden/", oversight.end, name="desk_mandate_end"),
    path("kommune/", town_form.edit, name="desk_town"),
    path("stilregeln/", style_form.edit, name="desk_style"),
    path("suche/", search_words.edit, name="desk_search"),
    path("personen/", people.index, name="desk_people"),
    path("personen/neu/", people.add, name="desk_person_new"),
    path("personen/<uuid:user_id>/", people.edit, name="desk_person"),
    path("personen/<uuid:user_id>/einladen/", people.invite, name="desk_person_invite"),
    path("personen/<uuid:user_id>/schliessen/", people.close, name="desk_person_close"),
    path("personen/<uuid:user_id>/oeffnen/", people.reopen, name="desk_person_reopen"),
    path("datenschutz/", oversight.privacy, name="desk_privacy"),
    path("protokoll/", oversight.audit_log, name="desk_audit"),
]
