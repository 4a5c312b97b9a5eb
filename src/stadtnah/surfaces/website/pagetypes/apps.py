"""Page types beyond the simple ones."""

from __future__ import annotations

from django.apps import AppConfig


class PageTypesConfig(AppConfig):
    name = "stadtnah.surfaces.website.pagetypes"
    label = "pagetypes"
    verbose_name = "Seitenarten"

    def ready(self) -> None:
        from stadtnah.surfaces.website.pagetypes import (  # noqa: PLC0415 - register themselves
            glossary_kind,  # noqa: F401
            templates,  # noqa: F401
            tree_kinds,  # noqa: F401
        )
