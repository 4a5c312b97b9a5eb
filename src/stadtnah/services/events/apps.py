"""The events service."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "stadtnah.services.events"
    label = "events"
    verbose_name = "Veranstaltungen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stadtnah.services.events import privacy, tasks  # noqa: F401, PLC0415 - register themselves
