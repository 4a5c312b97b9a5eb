"""The newsletter channel."""

from __future__ import annotations

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "stadtnah.channels.newsletter"
    label = "newsletter"
    verbose_name = "Newsletter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stadtnah.channels.newsletter import channel, privacy, tasks  # noqa: F401, PLC0415 - register themselves
