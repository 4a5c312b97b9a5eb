"""All addresses of a cell. What is public and static is answered by the page store ahead of these."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from stadtnah.project import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/health", health.health, name="health"),
    path("-/metrics", health.metrics, name="metrics"),
    path("konto/", include("allauth.urls")),
]
