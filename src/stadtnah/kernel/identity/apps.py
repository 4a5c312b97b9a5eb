"""Who a person is."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "stadtnah.kernel.identity"
    label = "identity"
    verbose_name = "Personen"
