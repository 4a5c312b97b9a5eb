"""Registers the Bluesky channel."""

from __future__ import annotations

from django.apps import AppConfig


class BlueskyConfig(AppConfig):
    """The app `stadtnah.channels.bluesky`."""

    name = "stadtnah.channels.bluesky"
    label = "bluesky"
    verbose_name = "Bluesky"

    def ready(self) -> None:
        """Adds the channel to the registry."""
        from stadtnah.channels.bluesky.adapter import BlueskyChannel  # noqa: PLC0415 - apps are not ready before
        from stadtnah.publishing.api import register_channel  # noqa: PLC0415 - as above

        register_channel(BlueskyChannel())
