"""The blog and a film in a real browser: written by the agency, released by the municipality, read by citizens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, hand_in, release, save, sign_in, taken_over, titled, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_an_entry_is_written_released_and_leads_to_its_neighbour(
    page: Page, approver: Page, cell: Cell
) -> None:
    title = titled(page, "Ein Nachmittag im Freibad")
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/blog/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Neuer Beitrag").click()
    page.fill("#id_title", title)
    page.select_option("#id_series", label="Aus dem Rathaus")
    page.fill("#id_teaser", "Wer am Beckenrand steht, hört viel.")
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Liebe Bürgerinnen und Bürger, ich war schwimmen.")
    taken_over(page, "ich war schwimmen.")
    page.fill("#id_dated", "2031-01-01")
    page.click("footer button:has-text('Speichern und ')")
    expect(page.locator("body")).to_contain_text("Dieser Tag ist noch nicht da")
    expect(page.locator("#id_title")).to_have_value(title)  # nothing typed is lost
    page.fill("#id_dated", "")
    save(page)
    request = hand_in(page)
    approver.goto(request)
    expect(approver.locator("h1")).to_have_text(title)
    release(approver, request, says="Auf der Website zu sehen")

    page.goto(f"{cell.base}/blog/")
    assert violations(page) == []
    page.get_by_role("link", name=title).click()
    expect(page.locator(".byline")).to_contain_text("Bürgermeisterin")
    assert violations(page) == []
    page.locator("a[rel=prev]").click()
    expect(page.locator("a[rel=next]")).to_be_visible()
    assert violations(page) == []


def until(page: Page, holds: str) -> None:
    """Asks the film by the debugger: the page's own policy lets nothing wait in it."""
    for _ in range(100):
        if page.evaluate(f"(film => film.{holds})(document.querySelector('video'))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(holds)


def test_a_film_is_fetched_when_somebody_starts_it_and_jumps(page: Page, cell: Cell) -> None:
    parts: list[str] = []
    page.on("response", lambda r: parts.append(f"{r.status}") if r.url.endswith(".mp4") else None)
    page.goto(f"{cell.base}/projekte/spielplatz-gerbergasse/")
    expect(page.locator("video")).to_be_visible()
    assert parts == []
    page.evaluate("document.querySelector('video').play()")
    until(page, "currentTime > 0.2")
    page.evaluate("document.querySelector('video').currentTime = 18")
    until(page, "currentTime >= 18 && !film.seeking")
    assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"
    assert set(parts) == {"206"}
    page.evaluate("document.querySelector('video').pause()")
    assert violations(page) == []
