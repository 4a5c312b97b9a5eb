"""Addresses of rights in pictures and of the register of consents."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import consents, rights

ACTIONS: dict[str, Action] = {
    "desk_rights": Action.MESSAGE_VIEW,
    "desk_licence_end": Action.MEDIA_EDIT,
    "desk_consent_new": Action.CONSENTS_EDIT,
    "desk_consent_attach": Action.CONSENTS_EDIT,
    "desk_consent_detach": Action.CONSENTS_EDIT,
    "desk_consents": Action.CONSENTS_VIEW,
    "desk_consents_csv": Action.CONSENTS_VIEW,
    "desk_consent": Action.CONSENTS_VIEW,
    "desk_consent_revoke": Action.CONSENTS_VIEW,
    "desk_scan_new": Action.CONSENTS_EDIT,
    "desk_scan": Action.CONSENTS_VIEW,
}

urlpatterns: list[URLPattern] = [
    path("medien/<str:sha256>/rechte/", rights.of_medium, name="desk_rights"),
    path("medien/<str:sha256>/rechte/beenden/", rights.end_licence, name="desk_licence_end"),
    path("medien/<str:sha256>/einwilligung/", rights.new_consent, name="desk_consent_new"),
    path("medien/<str:sha256>/einwilligung/<uuid:consent_id>/", rights.attach, name="desk_consent_attach"),
    path("medien/<str:sha256>/einwilligung/<uuid:consent_id>/loesen/", rights.detach, name="desk_consent_detach"),
    path("einwilligungen/", consents.index, name="desk_consents"),
    path("einwilligungen/liste.csv", consents.as_csv, name="desk_consents_csv"),
    path("einwilligungen/<uuid:consent_id>/", consents.edit, name="desk_consent"),
    path("einwilligungen/<uuid:consent_id>/widerruf/", consents.revoke, name="desk_consent_revoke"),
    path("einwilligungen/<uuid:consent_id>/nachweis/", consents.add_scan, name="desk_scan_new"),
    path("einwilligungen/nachweis/<uuid:scan_id>/", consents.scan, name="desk_scan"),
]  # fmt: skip
