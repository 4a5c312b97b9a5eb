"""What happened."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "stadtnah.kernel.audit"
    label = "audit"
    verbose_name = "Protokoll"
