"""What happened."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "stadtnah.kernel.audit"
    label = "audit"
    verbose_name = "Protokoll"

    def ready(self) -> None:
        """Lets the ticker note where the log stands."""
        from stadtnah.kernel.audit import anchors  # noqa: F401, PLC0415 - registers itself
