"""Registers the Mastodon channel."""

from __future__ import annotations

from django.apps import AppConfig


class MastodonConfig(AppConfig):
    """The app `stadtnah.channels.mastodon`."""

    name = "stadtnah.channels.mastodon"
    label = "mastodon"
    verbose_name = "Mastodon"

    def ready(self) -> None:
        """Adds the channel to the registry."""
        from stadtnah.channels.mastodon.adapter import MastodonChannel  # noqa: PLC0415 - apps are not ready before
        from stadtnah.publishing.api import register_channel  # noqa: PLC0415 - as above

        register_channel(MastodonChannel())
