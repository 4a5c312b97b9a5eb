"""The feedback service."""

from __future__ import annotations

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "stadtnah.services.feedback"
    label = "feedback"
    verbose_name = "Rückmeldungen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stadtnah.services.feedback import privacy, tasks  # noqa: F401, PLC0415 - register themselves
