"""An office in a real browser: its hours are written, released, and changed for today with one click."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, hand_in, release, save, sign_in, titled, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_hours_are_written_released_and_changed_for_today(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Amt für Feste")
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/aemter/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Neues Amt").click()
    page.fill("#id_title", title)
    page.fill("#id_monday", "8–12, 11–14")
    page.get_by_role("button", name="Montag auf Dienstag bis Freitag übertragen").click()
    expect(page.locator("#id_friday")).to_have_value("8–12, 11–14")
    page.fill("#id_teaser", "Wir helfen beim Feiern.")
    page.click("footer button:has-text('Speichern und ')")
    expect(page.locator("#panel-child-offnungszeiten-child-monday-errors")).to_contain_text(
        "überschneiden sich"
    )
    expect(page.locator("#id_title")).to_have_value(title)  # nothing typed is lost
    assert violations(page) == []
    page.fill("#id_monday", "8–12, 14–16")
    page.get_by_role("button", name="Montag auf Dienstag bis Freitag übertragen").click()
    save(page)
    request = hand_in(page)
    approver.goto(request)
    expect(approver.locator("h1")).to_have_text(title)
    expect(approver.locator("body")).to_contain_text("8:00–12:00 und 14:00–16:00 Uhr")
    release(approver, request, says="Auf der Website zu sehen")

    page.goto(f"{cell.base}/aemter/")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("[data-now]")).to_have_text(re.compile(r"^Jetzt (geöffnet|geschlossen), "))
    assert violations(page) == []
    address = page.url

    page.goto(f"{cell.base}/desk/aemter/?q={title}")
    page.get_by_role("button", name="Heute geschlossen").click()
    expect(page.locator("body")).to_contain_text("liegt der Kommune zur Freigabe vor")
    page.locator("li", has_text=title).get_by_role("link", name="Freigabe").click()
    expect(page.locator("h1")).to_have_text(title)
    release(approver, page.url, says="Fassung 2")
    page.goto(address)
    expect(page.locator(".opening__days li").first).to_contain_text("geschlossen")


def test_the_contact_of_an_office_can_be_kept(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/aemter/buergerbuero/")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="Kontakt speichern (vCard)").click()
    assert loaded.value.suggested_filename == "kontakt.vcf"
    expect(page.get_by_role("link", name="Personalausweis beantragen")).to_be_visible()
    page.goto(f"{cell.base}/dienstleistungen/personalausweis/")
    expect(page.locator(".office-card")).to_contain_text("Bürgerbüro")
    assert violations(page) == []


def test_the_headings_of_blocks_are_whole_and_say_days_as_people_do(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "redaktion")
    page.goto(f"{cell.base}/desk/aemter/")
    page.get_by_role("link", name="Bürgerbüro", exact=True).click()
    heading = page.locator(".c-sf-block__title", has_text="Fortbildung")
    expect(heading).to_have_text(re.compile(r"^\d\d\.\d\d\.\d{4} Fortbildung$"))
    names = page.locator(".w-panel--nested .w-panel__heading:visible")
    expect(names.first).to_be_visible()
    assert (
        names.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length") == 0
    )
