"""The one back office."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "stadtnah.surfaces.desk"
    label = "desk"
    verbose_name = "Redaktionsbereich"

    def ready(self) -> None:
        from stadtnah.surfaces.desk import dialogs, groups  # noqa: F401, PLC0415 - groups listens once apps are loaded

        dialogs.name_fields()
        dialogs.leave_out_states()
