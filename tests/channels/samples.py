"""A message to render, without any database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stadtnah.publishing.content import Block, Content, Picture

LINK = "https://erlenfurt.example/aktuelles/2026/muehlstrasse-gesperrt/"
ALT = "Absperrung mit Warnbaken am Beginn der Mühlstraße, dahinter ein Bagger"


def picture(number: int = 1, **changes: Any) -> Picture:
    return replace(Picture(f"{number:064x}", "image/jpeg", 1600, 900, ALT), **changes)


def content(**changes: Any) -> Content:
    base = Content(
        object_key="message:5f0c1f7e-0000-4000-8000-000000000001",
        title="Mühlstraße ab Montag voll gesperrt: Umleitung über die Bahnhofstraße",
        teaser="Wegen eines Schadens an der Wasserleitung ist die Mühlstraße gesperrt. Der Bus 412 hält ersatzweise am Markt.",
        path="/aktuelles/2026/muehlstrasse-gesperrt/",
        link=LINK,
        hero=picture(),
        hashtags=("Erlenfurt", "Verkehr"),
    )
    return replace(base, **changes)


def with_pictures(count: int) -> Content:
    blocks = tuple(Block("picture", picture=picture(number)) for number in range(2, count + 1))
    return content(blocks=blocks)
