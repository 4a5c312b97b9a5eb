"""What a person may do."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "stadtnah.kernel.access"
    label = "access"
    verbose_name = "Rollen und Vollmachten"

    def ready(self) -> None:
        from stadtnah.kernel import checks  # noqa: F401, PLC0415 - registers itself once apps are loaded
        from stadtnah.kernel.access import events, signals  # noqa: F401, PLC0415 - need the app registry

        post_migrate.connect(signals.install_triggers)
