"""A website with one page, its people, and the way from a wish to what the public gets."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import bake, publish
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.serve import StoreFirst
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_, data_folder, page, people  # noqa: F401 - fixtures
from tests.surfaces.desk.test_account import words

URL = "/desk/weiterleitungen/"


@pytest.fixture
def website(page: MessagePage) -> str:  # noqa: F811 - the fixture
    """The path of its page."""
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    publish.put_live(page.content(), "a" * 64)
    publish.settle()
    bake.bake_all()
    return page.public_path()


def ask(path: str, query: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """What the door of the cell says: status, headers, body."""
    said: list[Any] = []

    def django(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [b"django"]

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
    }
    body = StoreFirst(django, ["localhost"], fresh_for=0)(
        environ, lambda status, headers, *_: said.extend([int(status[:3]), dict(headers)])
    )
    return said[0], said[1], b"".join(body)


def waiting() -> publishing.ReleaseRequest:
    return publishing.ReleaseRequest.objects.get(state="open")


def wish(people: Cast, path: str, target: str, **more: str) -> Any:  # noqa: F811 - not the fixture
    return as_(people.agnes).post(f"{URL}bearbeiten/", {"path": path, "target": target, **more})


def release(people: Cast) -> None:  # noqa: F811 - not the fixture
    """Laid before by the agency, released by the municipality through the basket, carried out."""
    assert as_(people.agnes).post(f"{URL}vorlegen/").status_code == 302
    row = waiting()
    answer = as_(people.freya).post(reverse("desk_basket"), {"pick": f"{row.pk}:{row.snapshot_id}"})
    assert answer.status_code == 302, words(answer)
    dispatch_all()
    publish.settle()  # the ticker's work
