"""Search of the public website."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "stadtnah.surfaces.website.search"
    label = "search"
    verbose_name = "Suche"

    def ready(self) -> None:
        from stadtnah.surfaces.website.search import ticks  # noqa: F401, PLC0415 - registers itself
