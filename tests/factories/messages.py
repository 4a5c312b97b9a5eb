"""Messages without a CMS."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from stadtnah.publishing.checks import CheckContext, StyleGuide
from stadtnah.publishing.content import Block, Content
from stadtnah.publishing.models import ChannelAccount

PLAN = {"paper": {"on": True, "text": ""}}


def content(**changes: Any) -> Content:
    """A message that no check stops."""
    base = Content(
        object_key="message:00000000-0000-4000-8000-000000000001",
        title="Mühlstraße gesperrt",
        teaser="Die Straße ist wegen Bauarbeiten gesperrt.",
        path="/aktuelles/2026/muehlstrasse/",
        link="http://localhost:8000/aktuelles/2026/muehlstrasse/",
        blocks=(Block("text", html="<p>Die Umleitung ist ausgeschildert.</p>"),),
    )
    return replace(base, **changes)


def context() -> CheckContext:
    """Rules of a town that has none of its own."""
    return CheckContext(
        guide=StyleGuide.default(),
        now=datetime(2026, 11, 23, 9, 0),  # noqa: DTZ001 - wall time
        link_exists=lambda _path: True,
        own_hosts=frozenset({"localhost"}),
        official_contacts=frozenset(),
    )


def paper_account(**fields: Any) -> ChannelAccount:
    """The account of the tests' own channel."""
    return ChannelAccount.objects.create(key="paper", channel="paper", label="Papier", **fields)
