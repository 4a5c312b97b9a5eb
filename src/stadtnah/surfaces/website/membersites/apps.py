"""Sites of districts and member communities."""

from __future__ import annotations

from django.apps import AppConfig


class MemberSitesConfig(AppConfig):
    name = "stadtnah.surfaces.website.membersites"
    label = "membersites"
    verbose_name = "Auftritte"

    def ready(self) -> None:
        from stadtnah.surfaces.website.membersites import kinds  # noqa: F401, PLC0415 - registers itself
