"""What the editors are told about the content of the website."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "stadtnah.surfaces.website.quality"
    label = "quality"
    verbose_name = "Qualität"

    def ready(self) -> None:
        from stadtnah.surfaces.website.quality import ticks  # noqa: F401, PLC0415 - registers itself
