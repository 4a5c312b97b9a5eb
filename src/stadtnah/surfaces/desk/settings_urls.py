"""Addresses of what the municipality sets up and looks after."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import channel_accounts, mandate_grant, oversight

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
    path("datenschutz/", oversight.privacy, name="desk_privacy"),
    path("protokoll/", oversight.audit_log, name="desk_audit"),
]
