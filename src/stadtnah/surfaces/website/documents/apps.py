"""Documents for download."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "stadtnah.surfaces.website.documents"
    label = "documents"
    verbose_name = "Dateien"
