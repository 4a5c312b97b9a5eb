"""The press area, an embargo and the arranged first page in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from stadtnah.kernel import clock
from tests.e2e.conftest import Cell, hand_in, save, sign_in, taken_over, titled, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_journalists_find_releases_pictures_and_a_person(page: Page, cell: Cell) -> None:
    for address in ("/presse/", "/en/presse/"):
        page.goto(f"{cell.base}{address}")
        assert violations(page) == []
        assert fits(page)
    page.goto(f"{cell.base}/presse/")
    expect(page.locator(".press__ask")).to_contain_text("Henrike Auental")
    expect(page.locator(".kit")).to_contain_text("nur mit schriftlicher Genehmigung")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="Marktplatz mit Rathaus").click()
    assert loaded.value.suggested_filename.endswith(".jpg")


def test_an_embargo_is_kept_and_said(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Neue Brücke an der Uferstraße")
    until = clock.local(clock.now() + timedelta(days=3)).replace(hour=14, minute=0)
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    page.fill("#id_title", title)
    page.fill("#id_teaser", "Der Magistrat hat den Auftrag vergeben.")
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Der Bau beginnt im Frühjahr.")
    taken_over(page, "im Frühjahr.")
    page.check("#id_press")
    page.fill("#id_embargo", f"{until:%Y-%m-%dT%H:%M}")
    assert violations(page) == []
    save(page)
    expect(page.locator("#wish-hilfe")).to_contain_text("Sperrfrist bis")
    request = hand_in(page)
    approver.goto(request)
    expect(approver.locator("main")).to_contain_text("Vorher erscheint nichts davon, auf keinem Kanal.")
    assert violations(approver) == []
    approver.click("text=Jetzt freigeben")
    approver.wait_for_url("**/nachweis/")
    expect(approver.locator("main")).to_contain_text("Geplant")
    for address in ("/presse/", "/aktuelles/", "/feeds/atom.xml", f"/suche/?q={title}"):
        page.goto(f"{cell.base}{address}") if not address.endswith(".xml") else None
        text = page.request.get(f"{cell.base}{address}").text()
        assert f"{title}</a>" not in text
        assert f"<title>{title}" not in text


def test_the_first_page_is_arranged(page: Page, cell: Cell) -> None:
    for address in ("/", "/en/"):
        page.goto(f"{cell.base}{address}")
        assert violations(page) == []
        assert fits(page)
    page.goto(f"{cell.base}/")
    expect(page.locator(".asked")).to_contain_text("Personalausweis")
    page.locator("#suche-page").fill("Sperrmüll")
    page.locator("#suche-page").press("Enter")
    expect(page.locator("main")).to_contain_text("Sperrmüll")


def test_the_form_of_the_first_page_can_be_used_by_everybody(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/seiten/")
    page.get_by_role("link", name="Willkommen in Erlenfurt", exact=True).click()
    expect(page.locator("#page-edit-form")).to_contain_text("Aufbau der Startseite")
    expect(page.locator("#page-edit-form")).to_contain_text("Themenkacheln")
    assert violations(page) == []
    assert fits(page)
