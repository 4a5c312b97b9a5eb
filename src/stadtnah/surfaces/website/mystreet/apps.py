"""My street."""

from __future__ import annotations

from django.apps import AppConfig


class MyStreetConfig(AppConfig):
    name = "stadtnah.surfaces.website.mystreet"
    label = "mystreet"
    verbose_name = "Meine Straße"

    def ready(self) -> None:
        from stadtnah.surfaces.website.mystreet import pages, release  # noqa: F401, PLC0415 - register themselves
