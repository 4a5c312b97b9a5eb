"""What the preview of a Mastodon post needs."""

from __future__ import annotations

from typing import Any

from django import template

from stadtnah.channels import short_post

register = template.Library()

_VISIBILITY = {
    "public": "öffentlich",
    "unlisted": "öffentlich, nicht gelistet",
    "private": "nur für Folgende",
}


@register.filter
def mastodon_segments(body: dict[str, Any]) -> list[dict[str, str]]:
    """The text in pieces, links and hashtags marked the way a server will mark them."""
    return list(short_post.segments(body["text"], short_post.marks(body["text"])))


@register.filter
def mastodon_visibility(body: dict[str, Any]) -> str:
    """Who will see the post, in German."""
    return _VISIBILITY.get(body.get("visibility", ""), "öffentlich")
