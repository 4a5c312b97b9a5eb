"""The channels there are. They register themselves when their app is ready."""

from __future__ import annotations

from stadtnah.kernel.registry import Registry
from stadtnah.publishing.channel import Channel

CHANNELS: Registry[Channel] = Registry("channel")


def register_channel(channel: Channel) -> Channel:
    """Adds a channel under its key; raises ValueError when the key is taken."""
    return CHANNELS.register(channel.key, channel)
