"""The one way of a message: checks, approval, dispatch, receipts."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "stadtnah.publishing"
    label = "publishing"
    verbose_name = "Freigabe und Versand"

    def ready(self) -> None:
        from stadtnah.publishing import mandates, privacy, reminders, tasks  # noqa: F401, PLC0415 - register themselves
