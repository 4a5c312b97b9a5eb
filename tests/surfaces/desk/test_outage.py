"""The database is out of reach: whoever asks for something that needs it gets a page, and the time to try again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from stadtnah.surfaces.website import store
from tests.factories.people import Cast

AGAIN = "Gleich wieder da"


@pytest.mark.parametrize("path", ["/desk/", "/konto/login/", "/suche/?q=bus", "/nachricht/"])
def test_a_stored_page_answers_and_says_when_to_come_back(people: Cast, path: str) -> None:
    page = f"<!doctype html><title>{AGAIN}</title>".encode()
    store.write("/500.html", page, "text/html; charset=utf-8", status=500)
    browser = Client(raise_request_exception=False)
    browser.force_login(people.ada)
    assert browser.get(path).status_code in {200, 302}, "control"

    def gone(*_: Any) -> None:
        raise OperationalError("no such table: town_town")

    with connection.execute_wrapper(gone):
        answer = browser.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert AGAIN in answer.content.decode()
