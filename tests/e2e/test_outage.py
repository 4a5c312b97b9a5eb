"""A page that nobody updates any more says so, and only then."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Cell, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def silent_for(page: Page, age: timedelta) -> None:
    """The sign of life as a server would give it whose worker died that long ago."""
    at = (datetime.now(UTC) - age).isoformat()

    def answer(route: Route) -> None:
        date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        route.fulfill(body=json.dumps({"at": at}), headers={"Date": date, "Content-Type": "application/json"})

    page.route("**/lebenszeichen.json", answer)


def test_the_note_stands_there_once_nobody_updates(page: Page, cell: Cell) -> None:
    silent_for(page, timedelta(hours=1))
    page.goto(f"{cell.base}/")
    expect(page.locator("#outage")).to_be_visible()
    expect(page.locator("#outage")).to_contain_text("wird gerade nicht aktualisiert")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    page.goto(f"{cell.base}/en/")
    expect(page.locator("#outage")).to_contain_text("not being updated")


def test_a_cell_that_lives_shows_no_note(page: Page, cell: Cell) -> None:
    with page.expect_response("**/lebenszeichen.json") as asked:
        page.goto(f"{cell.base}/")
    assert asked.value.ok
    expect(page.locator("#outage")).to_be_hidden()
