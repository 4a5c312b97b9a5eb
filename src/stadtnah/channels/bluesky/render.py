"""What a Bluesky post says, how long it is, and what is wrong with it. Pure: no network, no clock, no database."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from stadtnah.channels import short_post, short_post_checks
from stadtnah.channels.short_post import Mark
from stadtnah.kernel.text import clipped, graphemes, shortened
from stadtnah.publishing import occasion
from stadtnah.publishing.channel import Account, Length, Rendered
from stadtnah.publishing.content import Content, Picture
from stadtnah.publishing.findings import Finding, error

# Lexicons app.bsky.feed.post, app.bsky.embed.images and app.bsky.richtext.facet, read 2026-11.
MAX_GRAPHEMES: Final = 300
MAX_BYTES: Final = 3000
MAX_IMAGES: Final = 4
MAX_TAG_GRAPHEMES: Final = 64
# No limit in the lexicon; the official client stops here, and a longer text is no longer an alternative.
MAX_ALT: Final = 2000
# Longer addresses are written shortened; the facet and the card lead to the whole address.
_SHOWN_ADDRESS: Final = 40
_CARD_DESCRIPTION: Final = 300


def render(content: Content, options: dict[str, Any], account: Account) -> Rendered:
    """The post for this account: text, facets over UTF-8 bytes, languages, and pictures or a link card."""
    shown = shown_address(content.link)
    text = short_post.compose(
        content, short_post.own_text(options), MAX_GRAPHEMES, graphemes, link=shown if content.link else ""
    )
    images = short_post.pictures(content, MAX_IMAGES)
    body: dict[str, Any] = {
        "text": text,
        "link": content.link,
        "facets": [facet(text, mark) for mark in _marks(text, content.link, shown)],
        "langs": [content.language],
        "images": [_image(picture) for picture in images],
        "card": None if images or not content.link else _card(content),
    }
    return Rendered("bluesky", account.key, body, Length(graphemes(text), MAX_GRAPHEMES, "Zeichen"))


def check(content: Content, rendered: Rendered) -> list[Finding]:
    """Too long, empty, alternative text missing or too long, more pictures than fit."""
    images = rendered.body["images"]
    return [
        *short_post_checks.length("Bluesky", rendered),
        *_bytes(rendered),
        *short_post_checks.alternatives("Bluesky", rendered, images, MAX_ALT),
        *short_post_checks.left_out("Bluesky", content, rendered, len(images)),
    ]


def shown_address(link: str) -> str:
    """How an address is written in the text: without its scheme and, when long, without its end."""
    parts = urlsplit(link)
    plain = (parts.netloc + parts.path + (f"?{parts.query}" if parts.query else "")).rstrip("/")
    return plain if len(plain) <= _SHOWN_ADDRESS else plain[: _SHOWN_ADDRESS - 1] + "…"


def facet(text: str, mark: Mark) -> dict[str, Any]:
    """A mark as the protocol writes it; offsets count UTF-8 bytes, not characters."""
    feature = (
        {"$type": "app.bsky.richtext.facet#link", "uri": mark.value}
        if mark.kind == "link"
        else {"$type": "app.bsky.richtext.facet#tag", "tag": mark.value}
    )
    start = len(text[: mark.start].encode())
    end = start + len(text[mark.start : mark.end].encode())
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def marks_of(body: dict[str, Any]) -> list[Mark]:
    """The facets of a body as marks over characters again: what a preview shows is what is sent."""
    data = body["text"].encode()
    found = []
    for item in body["facets"]:
        start, end = item["index"]["byteStart"], item["index"]["byteEnd"]
        feature = item["features"][0]
        first, last = len(data[:start].decode()), len(data[:end].decode())
        if "uri" in feature:
            found.append(Mark(first, last, "link", feature["uri"]))
        else:
            found.append(Mark(first, last, "hashtag", feature["tag"]))
    return found


def _marks(text: str, link: str, shown: str) -> list[Mark]:
    found = [mark for mark in short_post.marks(text) if _fits(mark)]
    at = text.rfind(shown) if shown else -1
    if at >= 0 and not any(mark.start < at + len(shown) and at < mark.end for mark in found):
        found.append(Mark(at, at + len(shown), "link", link))
    return sorted(found, key=lambda mark: mark.start)


def _fits(mark: Mark) -> bool:
    return mark.kind == "link" or graphemes(mark.value) <= MAX_TAG_GRAPHEMES


def _image(picture: Picture) -> dict[str, Any]:
    return {
        "sha256": picture.sha256,
        "mime": picture.mime,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt.strip(),
    }


def _card(content: Content) -> dict[str, Any]:
    """A link card. A decorative picture may stand on it: cards have no alternative text."""
    thumb = content.hero.sha256 if content.hero and content.hero.decorative else ""
    return {
        "uri": content.link,
        "title": clipped(occasion.headline(content), _CARD_DESCRIPTION),
        "description": shortened(occasion.lead(content), _CARD_DESCRIPTION),
        "thumb": thumb,
    }


def _bytes(rendered: Rendered) -> list[Finding]:
    """The lexicon limits bytes too; 300 emoji of many parts can pass the count and break this."""
    size = len(rendered.body["text"].encode())
    if size <= MAX_BYTES:
        return []
    text = (
        f"Der Beitrag für Bluesky belegt {size} Byte, erlaubt sind {MAX_BYTES}. "
        "Bitte nehmen Sie weniger zusammengesetzte Zeichen (etwa Emojis)."
    )
    return [error("post-too-many-bytes", f"channel:{rendered.account}", text)]
