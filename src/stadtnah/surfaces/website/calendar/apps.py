"""Events."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "stadtnah.surfaces.website.calendar"
    label = "calendar"
    verbose_name = "Veranstaltungen"

    def ready(self) -> None:
        from stadtnah.surfaces.website.calendar import (  # noqa: PLC0415 - register themselves
            kinds,  # noqa: F401
            linked,  # noqa: F401
            privacy,  # noqa: F401
            ticks,  # noqa: F401
        )
