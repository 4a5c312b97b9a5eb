"""Pages to be found."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.search import find, index
from tests.factories import demo_town
from tests.surfaces.website.conftest import BASE, DIGEST, data_folder, town

__all__ = ["data_folder", "town"]


def service(slug: str, title: str, text: str = "", *, names: str = "", teaser: str = "") -> Content:
    path = f"/dienstleistungen/{slug}/"
    return Content(
        object_key=f"page:{uuid.uuid5(uuid.NAMESPACE_URL, path)}",
        title=title,
        teaser=teaser,
        path=path,
        link=BASE + path,
        blocks=(Block("text", html=f"<p>{text}</p>"),) if text else (),
        extra={"kind": "service", "details": [["names", "Andere Bezeichnungen", names]] if names else []},
    )


def live(*contents: Content, digest: str = DIGEST) -> None:
    """Released, and in the index."""
    for content in contents:
        publish.put_live(content, digest)
    index.take_marked()


def many(contents: list[Content]) -> None:
    """As `live`, for many."""
    index.renew(row.object_key for row in demo_town.make_live(contents))


def paths(text: str, **asked: Any) -> list[str]:
    """What is found, best first."""
    return [entry.path for entry in find.entries(find.ask(text, **asked).ranked)]


@pytest.fixture
def browser(town: Town) -> Client:
    return Client(raise_request_exception=False)
