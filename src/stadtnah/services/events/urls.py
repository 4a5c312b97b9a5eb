"""Addresses for handing in events (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.services.events import site

app_name = "events"
urlpatterns = [
    path("melden/", site.report, name="report"),
    path("melden/danke/", site.thanks, name="thanks"),
    path("melden/<str:token>/", site.submission, name="submission"),
    path("melden/<str:token>/aendern/", site.change, name="change"),
    path("melden/<str:token>/zurueckziehen/", site.withdraw, name="withdraw"),
]
