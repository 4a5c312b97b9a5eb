"""Streets and waste collection."""

from __future__ import annotations

from django.apps import AppConfig


class StreetsConfig(AppConfig):
    name = "stadtnah.services.streets"
    label = "streets"
    verbose_name = "Straßen und Abfuhrtermine"
    default_auto_field = "django.db.models.BigAutoField"
