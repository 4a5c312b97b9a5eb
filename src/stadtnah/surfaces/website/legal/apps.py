"""Legal pages."""

from __future__ import annotations

from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "stadtnah.surfaces.website.legal"
    label = "legal"
    verbose_name = "Rechtsseiten"

    def ready(self) -> None:
        from stadtnah.surfaces.website.legal import ticks  # noqa: F401, PLC0415 - registers itself
