"""Versions in other languages."""

from __future__ import annotations

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "stadtnah.surfaces.website.languages"
    label = "languages"
    verbose_name = "Sprachen"

    def ready(self) -> None:
        from stadtnah.surfaces.website.languages import kind  # noqa: F401, PLC0415 - registers itself
