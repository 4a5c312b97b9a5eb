"""All addresses of a cell. What is public and static is answered by the page store ahead of these."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from stadtnah.project import health

handler400 = "stadtnah.surfaces.desk.errors.bad_request"
handler403 = "stadtnah.surfaces.desk.errors.forbidden"
handler404 = "stadtnah.surfaces.desk.errors.not_found"
handler500 = "stadtnah.surfaces.desk.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/health", health.health, name="health"),
    path("-/metrics", health.metrics, name="metrics"),
    path("newsletter/", include("stadtnah.channels.newsletter.urls")),
    path("-/mailbox/", include("stadtnah.project.mailbox_urls")),
    path("konto/", include("allauth.urls")),
    path("desk/login/", RedirectView.as_view(pattern_name="account_login")),
    path("desk/", include("stadtnah.surfaces.desk.urls")),
]
