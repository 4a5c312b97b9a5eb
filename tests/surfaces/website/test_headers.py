"""Each answer of the cell has the security headers, whatever its address, method and status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.desk.headers import POLICY
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.answer_headers import CSP, SECURITY
from stadtnah.surfaces.website.serve import StoreFirst
from tests.surfaces.website.test_serve import HTML, Answer, ask

pytestmark = pytest.mark.django_db

ASKED = [
    ("/-/nix", "", "GET", 404),
    ("/-", "", "GET", 404),
    ("/static/nix.js", "", "GET", 404),
    ("/static/", "", "GET", 404),
    ("/api/x", "", "GET", 404),
    ("/-/health", "", "GET", None),
    ("/-/health", "x=%00", "GET", None),
    ("/-/health", "", "DELETE", None),
    ("/-/metrics", "", "GET", None),
    ("/-/mailbox/", "", "GET", None),
    ("/konto", "", "GET", None),
    ("/suche", "", "GET", 301),
    ("/en/suche", "", "GET", 301),
    ("/newsletter", "", "GET", 301),
    ("/hilfreich", "", "GET", 301),
    ("/desk", "", "GET", 301),
    ("/newsletter/", "", "GET", 200),
    ("/newsletter/", "", "PUT", 405),
    ("/nirgends/", "", "GET", 404),
]


@pytest.fixture
def app(town: Town) -> Iterator[StoreFirst]:
    """The cell's door. The connection is the test's: it is not closed between two requests, as Django's own test client does it."""
    store.write("/404.html", b"<h1>fehlt</h1>", HTML, status=404)
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield StoreFirst(get_wsgi_application(), ["localhost", "testserver"], fresh_for=0)
    for signal in ends:
        signal.connect(close_old_connections)


def lacking(answer: Answer) -> set[str]:
    return {name for name, _value in SECURITY if name.lower() not in answer.headers}


@pytest.mark.parametrize(("path", "query", "method", "status"), ASKED)
def test_each_answer_has_them(
    app: StoreFirst, settings: Any, path: str, query: str, method: str, status: int | None
) -> None:
    settings.STADTNAH_DEMO = True
    answer = ask(app, path, method, query=query)
    assert status in {None, answer.status}
    assert not lacking(answer)
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_desk_keeps_its_own(app: StoreFirst) -> None:
    for path in ("/konto/login/", "/konto/nix/", "/desk/"):
        answer = ask(app, path)
        assert not lacking(answer), path
        assert answer.headers["content-security-policy"] == POLICY, path
        assert answer.headers["x-frame-options"] == "SAMEORIGIN", path
