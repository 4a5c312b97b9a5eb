"""What the preview of a Bluesky post needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template

from stadtnah.channels import short_post
from stadtnah.channels.bluesky.render import marks_of

register = template.Library()


@register.filter
def bluesky_segments(body: dict[str, Any]) -> list[dict[str, str]]:
    """The text in pieces, marked by the very facets that are sent."""
    return list(short_post.segments(body["text"], marks_of(body)))


@register.filter
def bluesky_host(uri: str) -> str:
    """The server a card leads to, as Bluesky's apps show it."""
    return urlsplit(uri).netloc
