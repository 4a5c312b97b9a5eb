"""Whether pages help."""

from __future__ import annotations

from django.apps import AppConfig


class HelpfulConfig(AppConfig):
    name = "stadtnah.surfaces.website.helpful"
    label = "helpful"
    verbose_name = "Bewertungen"
