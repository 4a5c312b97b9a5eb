"""Addresses of the search (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.surfaces.website.search import site

app_name = "search"
urlpatterns = [
    path("", site.page, name="page"),
    path("vorschlaege", site.suggestions, name="suggestions"),
    path("opensearch.xml", site.description, name="description"),
]
