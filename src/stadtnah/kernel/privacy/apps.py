"""Personal data has a purpose and an end."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "stadtnah.kernel.privacy"
    label = "privacy"
    verbose_name = "Datenschutz"

    def ready(self) -> None:
        from stadtnah.kernel import flood  # noqa: F401, PLC0415 - registers itself
        from stadtnah.kernel.privacy import api, staff  # noqa: F401, PLC0415 - register themselves
