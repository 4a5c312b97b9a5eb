"""Findings that every short-message channel has: length, alternative texts, pictures left out. German, for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stadtnah.channels import short_post
from stadtnah.kernel.text import graphemes
from stadtnah.publishing.channel import Rendered
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error, hint


def length(name: str, rendered: Rendered) -> list[Finding]:
    """Nothing to say, or more than the channel takes."""
    where = f"channel:{rendered.account}"
    if not rendered.body["text"].strip():
        return [
            error("post-empty", where, f"Der Beitrag für {name} ist leer. Bitte schreiben Sie einen Text.")
        ]
    counted = rendered.length
    if counted is None or counted.used <= counted.limit:
        return []
    return [
        error(
            "post-too-long",
            where,
            f"Der Beitrag für {name} hat {counted.used} Zeichen, erlaubt sind {counted.limit}. "
            f"Bitte kürzen Sie ihn um {counted.used - counted.limit} Zeichen.",
        )
    ]


def alternatives(
    name: str, rendered: Rendered, pictures: Sequence[dict[str, Any]], most: int
) -> list[Finding]:
    """Pictures without alternative text, or with one longer than `most` graphemes."""
    where = f"channel:{rendered.account}"
    found = []
    for number, picture in enumerate(pictures, 1):
        used = graphemes(picture["alt"])
        if not used:
            text = f"Bild {number} hat keinen Alternativtext. Bitte beschreiben Sie, was darauf zu sehen ist."
            found.append(error("alt-missing", where, text, picture=picture["sha256"]))
        elif used > most:
            text = (
                f"Der Alternativtext von Bild {number} hat {used} Zeichen, {name} nimmt höchstens {most}. "
                "Bitte kürzen Sie ihn."
            )
            found.append(error("alt-too-long", where, text, picture["alt"][:80]))
    return found


def left_out(name: str, content: Content, rendered: Rendered, taken: int) -> list[Finding]:
    """More pictures in the message than go with the post."""
    total = sum(1 for _ in short_post.speaking(content))
    if total <= taken:
        return []
    text = (
        f"{name} nimmt höchstens {taken} Bilder je Beitrag: Von {total} Bildern gehen die ersten {taken} mit."
    )
    return [hint("pictures-left-out", f"channel:{rendered.account}", text)]
