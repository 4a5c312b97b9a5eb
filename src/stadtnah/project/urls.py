"""All addresses of a cell. What is public and static is answered by the page store ahead of these."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from stadtnah.project import health
from stadtnah.surfaces.website.calendar import reminding


def closed(_request: HttpRequest) -> NoReturn:
    """A door of a library that this product does not have."""
    raise Http404


handler400 = "stadtnah.surfaces.desk.errors.bad_request"
handler403 = "stadtnah.surfaces.desk.errors.forbidden"
handler404 = "stadtnah.surfaces.desk.errors.not_found"
handler429 = "stadtnah.surfaces.desk.errors.too_many"
handler500 = "stadtnah.surfaces.desk.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/health", health.health, name="health"),
    path("-/metrics", health.metrics, name="metrics"),
    path("newsletter/", include("stadtnah.channels.newsletter.urls")),
    path("", include("stadtnah.services.feedback.urls")),
    path("veranstaltungen/erinnern/", reminding.ask, name="remind"),
    path("veranstaltungen/", include("stadtnah.services.events.urls")),
    path("veranstaltungen/suche/", include("stadtnah.surfaces.website.calendar.urls")),
    path("hilfreich/", include("stadtnah.surfaces.website.helpful.urls")),
    path("suche/", include("stadtnah.surfaces.website.search.urls")),
    path("-/mailbox/", include("stadtnah.project.mailbox_urls")),
    # The address somebody signs in with is the municipality's to set (people and roles), not their own.
    path("konto/email/", closed, name="account_email"),
    path("konto/", include("allauth.urls")),
    path("desk/login/", RedirectView.as_view(pattern_name="account_login")),
    path("desk/", include("stadtnah.surfaces.desk.urls")),
]
