"""The public website."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebsiteConfig(AppConfig):
    name = "stadtnah.surfaces.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        from stadtnah.publishing.registry import register_channel  # noqa: PLC0415 - needs the app registry
        from stadtnah.surfaces.website import (  # noqa: PLC0415 - register themselves
            cms_order,
            cms_words,
            displays,  # noqa: F401
            edits,  # noqa: F401
            news_kinds,  # noqa: F401
            service_kinds,  # noqa: F401
            staying_kinds,  # noqa: F401
            ticks,  # noqa: F401
            town_facts,  # noqa: F401
        )
        from stadtnah.surfaces.website.channel import FeedsChannel, WebsiteChannel  # noqa: PLC0415 - as above
        from stadtnah.surfaces.website.relocating import release  # noqa: F401, PLC0415 - as above

        register_channel(WebsiteChannel())
        register_channel(FeedsChannel())
        cms_words.install()
        post_migrate.connect(cms_order.install, sender=self)
