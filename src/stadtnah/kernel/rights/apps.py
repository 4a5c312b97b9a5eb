"""Rights in pictures and films."""

from __future__ import annotations

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "stadtnah.kernel.rights"
    label = "rights"
    verbose_name = "Bildrechte und Einwilligungen"

    def ready(self) -> None:
        from stadtnah.kernel.rights import privacy  # noqa: F401, PLC0415 - registers itself
