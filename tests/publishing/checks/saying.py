"""Small messages for the tests of the checks, and what the checks say to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from stadtnah.publishing.checks import CheckContext, StyleGuide, run
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.publishing.findings import Finding

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - wall time of the town; a Monday
PAGES = frozenset(("/", "/buergerbuero/", "/straße/"))
PLAIN = StyleGuide(max_hashtags=3, first_hashtag="Erlenfurt")


def picture(alt: str = "Der Bagger steht in der gesperrten Mühlstraße.", **more: Any) -> Picture:
    return Picture(sha256="0" * 64, mime="image/jpeg", width=1200, height=800, alt=alt, **more)


def content(body: str = "<p>Das Bürgerbüro hat geöffnet.</p>", **more: Any) -> Content:
    values: dict[str, Any] = {
        "object_key": "message:1",
        "title": "Das Bürgerbüro hat geöffnet",
        "teaser": "Sie können ohne Termin kommen.",
        "path": "/aktuelles/2026/buergerbuero/",
        "link": "https://www.erlenfurt.example/aktuelles/2026/buergerbuero/",
        "blocks": (Block("text", html=body),),
    }
    return Content(**{**values, **more})


def context(guide: StyleGuide = PLAIN, **rules: Any) -> CheckContext:
    return CheckContext(
        guide=replace(guide, **rules),
        now=NOW,
        link_exists=PAGES.__contains__,
        own_hosts=frozenset(("www.erlenfurt.example", "erlenfurt.example")),
        official_contacts=frozenset(
            ("+49 9999 123-0", "09999 4711", "vorzimmer@verwaltung.example", "DE02 1203 0000 0000 2020 51")
        ),
    )


def findings(message: Content | str, *, rules: CheckContext | None = None) -> list[Finding]:
    return run(content(message) if isinstance(message, str) else message, rules or context())


def said(message: Content | str, *codes: str, rules: CheckContext | None = None) -> list[str]:
    """The excerpts of the findings with one of these codes; without codes: all codes found."""
    found: Iterable[Finding] = findings(message, rules=rules)
    return [item.excerpt for item in found if item.code in codes] if codes else [item.code for item in found]
