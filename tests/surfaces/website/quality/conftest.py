"""A website with pages that link to each other, and a way to look at what is said of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.quality import report, robots
from tests.kernel.net.conftest import Hostile
from tests.surfaces.website.conftest import data_folder, page, town

__all__ = ["data_folder", "town"]


@pytest.fixture
def hostile(settings: Any) -> Iterator[Hostile]:
    """Servers that misbehave."""
    robots.forget()
    servers = Hostile(settings)
    yield servers
    servers.close()


def linking(slug: str, *hrefs: str, more: str = "") -> Content:
    """A page with a link to each."""
    links = "".join(f'<p><a href="{href}">Link {number}</a></p>' for number, href in enumerate(hrefs, 1))
    return page(slug, blocks=(Block("text", html=links + more),))


def live(*contents: Content) -> None:
    """Released under a digest of their own each time."""
    for content in contents:
        publish.put_live(content, hashlib.sha256(json.dumps(content.to_json()).encode()).hexdigest())


def said() -> dict[str, list[tuple[str, str, str]]]:
    """Path to (text of the link, what is said, the address offered)."""
    report.freshen()
    return {
        row.path: [(line.text, line.said, line.better) for line in row.lines]
        for row in report.rows(report.pages())
    }
