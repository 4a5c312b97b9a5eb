"""Addresses of the desk. Each name stands in `ACTIONS` with the right it needs; the gateway knows no other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import basket, home, proof, releasing

ACTIONS: dict[str, Action] = {
    "desk_home": Action.DESK_OPEN,
    "desk_messages": Action.MESSAGE_VIEW,
    "desk_requests": Action.MESSAGE_RELEASE,
    "desk_basket": Action.MESSAGE_RELEASE,
    "desk_request": Action.MESSAGE_VIEW,
    "desk_release": Action.MESSAGE_RELEASE,
    "desk_refuse": Action.MESSAGE_RELEASE,
    "desk_send_back": Action.MESSAGE_RELEASE,
    "desk_proof": Action.PROOF_VIEW,
    "desk_proof_live": Action.PROOF_VIEW,
    "desk_proof_json": Action.PROOF_VIEW,
    "desk_proof_pdf": Action.PROOF_VIEW,
    "desk_stop": Action.DISPATCH_STOP,
    "desk_withdraw": Action.MESSAGE_WITHDRAW,
    "desk_resume": Action.MESSAGE_RELEASE,
    "desk_resolve": Action.DISPATCH_RESOLVE,
    "desk_upload": Action.MEDIA_EDIT,
    "desk_picture": Action.MESSAGE_VIEW,
    "desk_whole": Action.MESSAGE_VIEW,
}

PARTS = tuple(
    name
    for name in (
        "compose_urls",
        "settings_urls",
        "handed_in_urls",
        "import_urls",
        "absence_urls",
        "inbox_urls",
        "legal_urls",
        "office_urls",
        "language_urls",
        "link_urls",
        "quality_urls",
        "rights_urls",
        "waste_urls",
    )
    if find_spec(f"stadtnah.surfaces.desk.{name}")
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.overview, name="desk_home"),
    path("meldungen/", home.messages_list, name="desk_messages"),
    path("freigaben/", releasing.requests_list, name="desk_requests"),
    path("freigaben/korb/", basket.basket, name="desk_basket"),
    path("freigabe/<uuid:request_id>/", releasing.view, name="desk_request"),
    path("freigabe/<uuid:request_id>/freigeben/", releasing.release, name="desk_release"),
    path("freigabe/<uuid:request_id>/ablehnen/", releasing.refuse, name="desk_refuse"),
    path("freigabe/<uuid:request_id>/zurueck/", releasing.send_back, name="desk_send_back"),
    path("freigabe/<uuid:request_id>/ansicht/<str:account>/", releasing.whole, name="desk_whole"),
    path("meldung/<uuid:key>/nachweis/", proof.view, name="desk_proof"),
    path("meldung/<uuid:key>/nachweis/stand/", proof.live, name="desk_proof_live"),
    path("meldung/<uuid:key>/nachweis.json", proof.as_json, name="desk_proof_json"),
    path("meldung/<uuid:key>/nachweis.pdf", proof.as_pdf, name="desk_proof_pdf"),
    path("meldung/<uuid:key>/anhalten/", proof.stop, name="desk_stop"),
    path("meldung/<uuid:key>/zurueckziehen/", proof.withdraw, name="desk_withdraw"),
    path("meldung/<uuid:key>/fortsetzen/", proof.resume, name="desk_resume"),
    path("zustellung/<uuid:delivery_id>/", proof.resolve, name="desk_resolve"),
    path("-/bild/<str:sha256>", home.picture, name="desk_picture"),
    path("-/uploads/<path:name>", home.upload, name="desk_upload"),
    *(path("", include(import_module(f"stadtnah.surfaces.desk.{name}").urlpatterns)) for name in PARTS),
    path("", include(wagtailadmin_urls)),
]
