"""Offices, places and people."""

from __future__ import annotations

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "stadtnah.surfaces.website.offices"
    label = "offices"
    verbose_name = "Ämter und Orte"

    def ready(self) -> None:
        from stadtnah.surfaces.website.offices import (  # noqa: PLC0415 - register themselves
            kinds,  # noqa: F401
            linked,  # noqa: F401
            privacy,  # noqa: F401
            ticks,  # noqa: F401
        )
