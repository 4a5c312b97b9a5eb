"""Forwardings."""

from __future__ import annotations

from django.apps import AppConfig


class ForwardingConfig(AppConfig):
    name = "stadtnah.surfaces.website.forwarding"
    label = "forwarding"
    verbose_name = "Weiterleitungen"

    def ready(self) -> None:
        from stadtnah.surfaces.website.forwarding import release  # noqa: F401, PLC0415 - registers itself
