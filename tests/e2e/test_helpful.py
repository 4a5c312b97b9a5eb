"""The question under a page, answered without and with a script, and what the desk shows of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Cell, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_a_page_is_judged_and_the_desk_shows_the_number(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/dienstleistungen/fundsachen/")
    assert violations(page) == []
    page.get_by_role("button", name="Nein", exact=True).click()
    expect(page.locator("h1")).to_have_text("Danke für Ihre Antwort")
    assert violations(page) == []
    assert page.context.cookies() == []
    page.get_by_role("link", name="Schreiben Sie uns").first.click()
    expect(page.locator("#page")).to_have_value("/dienstleistungen/fundsachen/")
    page.goto(f"{cell.base}/en/kontakt/")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator("h1")).to_have_text("Thank you for your answer")
    page.get_by_role("link", name="Back to the page").click()
    assert page.url == f"{cell.base}/en/kontakt/"
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/bewertungen/")
    expect(page.locator(".rows li").first).to_contain_text("42 Nein")
    expect(page.locator(".rows")).to_contain_text("Fundsachen")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_works_without_a_script(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{cell.base}/kontakt/")
    page.get_by_role("button", name="Ja", exact=True).click()
    assert page.locator("h1").inner_text() == "Danke für Ihre Antwort"
    context.close()
