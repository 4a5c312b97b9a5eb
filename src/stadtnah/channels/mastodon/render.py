"""What a Mastodon post says, how long it is, and what is wrong with it. Pure: no network, no clock, no database."""

from __future__ import annotations

import re
from typing import Any, Final

from stadtnah.channels import short_post, short_post_checks
from stadtnah.kernel.text import graphemes
from stadtnah.publishing.channel import Account, Length, Rendered
from stadtnah.publishing.content import Content, Picture
from stadtnah.publishing.findings import Finding

# Mastodon's defaults (docs.joinmastodon.org, entities/Instance, read 2026-11); servers may differ, see refresh_limits.
MAX_CHARACTERS: Final = 500
URL_CHARACTERS: Final = 23
MAX_MEDIA: Final = 4
MAX_ALT: Final = 1500

VISIBILITIES: Final = ("public", "unlisted", "private")
# "@name@server" counts as "@name" only.
_REMOTE_MENTION: Final = re.compile(r"(?<![\w/])@([\w.-]+)@[\w-]+(?:\.[\w-]+)+")


def count(text: str, url_characters: int = URL_CHARACTERS) -> int:
    """Characters as Mastodon counts: graphemes, every address as `url_characters`, mentions without their server.

    Rule: mastodon/app/validators/status_length_validator.rb (countable_text).
    """
    without_addresses = short_post.LINK.sub("x" * url_characters, text)
    return graphemes(_REMOTE_MENTION.sub(r"@\1", without_addresses))


def render(content: Content, options: dict[str, Any], account: Account) -> Rendered:
    """The post for this account: text, language, visibility, pictures by digest with alternative text."""
    config = account.config
    limit = _number(config, "max_characters", MAX_CHARACTERS)
    per_url = _number(config, "characters_per_url", URL_CHARACTERS)

    def measure(text: str) -> int:
        return count(text, per_url)

    text = short_post.compose(content, short_post.own_text(options), limit, measure)
    most = _number(config, "max_media", MAX_MEDIA)
    visibility = str(config.get("visibility", ""))
    body = {
        "text": text,
        "link": content.link,
        "language": content.language.split("-")[0].lower(),
        "visibility": visibility if visibility in VISIBILITIES else "public",
        "media": [_medium(picture) for picture in short_post.pictures(content, most)],
        "max_alt": _number(config, "max_alt", MAX_ALT),
    }
    return Rendered("mastodon", account.key, body, Length(measure(text), limit, "Zeichen"))


def check(content: Content, rendered: Rendered) -> list[Finding]:
    """Too long, empty, alternative text missing or too long, more pictures than fit."""
    media = rendered.body["media"]
    return [
        *short_post_checks.length("Mastodon", rendered),
        *short_post_checks.alternatives("Mastodon", rendered, media, rendered.body["max_alt"]),
        *short_post_checks.left_out("Mastodon", content, rendered, len(media)),
    ]


def _medium(picture: Picture) -> dict[str, Any]:
    return {
        "sha256": picture.sha256,
        "mime": picture.mime,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt.strip(),
        "focus": _focus(picture),
    }


def _focus(picture: Picture) -> str:
    """Mastodon's focal point: -1..1 from the middle, upwards positive; "" for the middle."""
    if picture.focal_x is None or picture.focal_y is None:
        return ""
    return f"{picture.focal_x * 2 - 1:.2f},{1 - picture.focal_y * 2:.2f}"


def _number(config: dict[str, Any], name: str, default: int) -> int:
    """A limit of this account's server; anything senseless falls back to Mastodon's default."""
    value = config.get(name, default)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default
