"""A service in a real browser: written by the agency, released by the municipality, found in the list from A to Z."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, hand_in, release, save, sign_in, taken_over, titled, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_a_service_is_written_released_and_found(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Zelt für das Straßenfest leihen")
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/dienstleistungen/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Neue Dienstleistung").click()
    page.fill("#id_title", title)
    page.fill("#id_teaser", "Der Bauhof bringt es und baut es auf.")
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Es gibt drei Zelte für je vierzig Gäste.")
    taken_over(page, "vierzig Gäste.")
    page.fill("#id_duration", "eine Woche")
    page.fill("#id_online_address", "online.example")
    page.click("footer button:has-text('Speichern und ')")
    expect(page.locator("body")).to_contain_text("mit https:// am Anfang")
    assert page.input_value("#id_title") == title  # nothing typed is lost
    page.fill("#id_online_address", "https://online.example/zelt")
    page.fill("#id_other_names", f"Festzelt {title}")
    save(page)
    request = hand_in(page)
    approver.goto(request)
    expect(approver.locator("h1")).to_have_text(title)
    assert violations(approver) == []
    release(approver, request, says="Auf der Website zu sehen")

    page.goto(f"{cell.base}/dienstleistungen/")
    page.get_by_role("link", name=f"Festzelt {title}").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text("eine Woche")
    online = page.get_by_role("link", name="Online erledigen")
    expect(online).to_have_attribute("href", "https://online.example/zelt")
    assert violations(page) == []


def test_the_list_jumps_to_a_letter(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/dienstleistungen/")
    page.get_by_role("link", name="S", exact=True).click()
    expect(page.locator("#buchstabe-s")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Sperrmüll abholen lassen", exact=True)).to_be_visible()
