"""Moving in."""

from __future__ import annotations

from django.apps import AppConfig


class MovingInConfig(AppConfig):
    name = "stadtnah.surfaces.website.moving_in"
    label = "moving_in"
    verbose_name = "Übernahme alter Meldungen"

    def ready(self) -> None:
        from stadtnah.surfaces.website.moving_in import privacy, tasks  # noqa: F401, PLC0415 - register themselves
