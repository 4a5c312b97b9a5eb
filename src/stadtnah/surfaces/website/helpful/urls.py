"""Addresses of the question (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.surfaces.website.helpful import site

app_name = "helpful"
urlpatterns = [
    path("", site.answer, name="answer"),
    path("danke/", site.thanks, name="thanks"),
]
