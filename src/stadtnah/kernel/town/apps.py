"""The municipality itself."""

from __future__ import annotations

from django.apps import AppConfig


class TownConfig(AppConfig):
    name = "stadtnah.kernel.town"
    label = "town"
    verbose_name = "Kommune"
