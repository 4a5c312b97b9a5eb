"""Who a person is."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "stadtnah.kernel.identity"
    label = "identity"
    verbose_name = "Personen"

    def ready(self) -> None:
        """Listens to what people change about their sign-in, and clears sessions that are over."""
        from stadtnah.kernel.identity import credentials, sessions  # noqa: F401, PLC0415 - register themselves
