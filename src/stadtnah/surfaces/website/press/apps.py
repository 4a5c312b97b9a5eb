"""The press area."""

from __future__ import annotations

from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "stadtnah.surfaces.website.press"
    label = "press"
    verbose_name = "Presse"

    def ready(self) -> None:
        from stadtnah.surfaces.website.press import kinds  # noqa: F401, PLC0415 - registers itself
