"""Another language in a real browser: begun, translated, released, read from right to left; and what the demo shows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, hand_in, release, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(
    "path", ["/ar/dienstleistungen/wohnsitz/", "/uk/", "/leicht/", "/en/dienstleistungen/hundesteuer/"]
)
def test_every_version_can_be_used_by_everybody(page: Page, cell: Cell, path: str) -> None:
    page.goto(cell.base + path)
    assert violations(page) == []
    assert fits(page)


def test_the_switch_leads_from_language_to_language(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/dienstleistungen/wohnsitz/")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("article")).to_have_css("direction", "rtl")
    expect(page.locator("header.head")).to_have_css("direction", "ltr")
    expect(page.locator("h1")).to_have_text("تسجيل عنوان السكن")
    page.get_by_role("link", name="Leichte Sprache").click()
    expect(page.locator("html")).to_have_attribute("lang", "de-simple")
    page.goto(f"{cell.base}/impressum/")
    page.get_by_role("link", name="Leichte Sprache").first.click()
    expect(page).to_have_url(f"{cell.base}/leicht/")


def test_an_outdated_version_says_so_and_leads_to_the_german_page(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/en/dienstleistungen/hundesteuer/")
    expect(page.locator(".newer")).to_contain_text("The German page is newer.")
    page.locator(".newer a").click()
    expect(page.locator("h1")).to_have_text("Hund anmelden")


def test_from_the_report_to_a_released_version(page: Page, approver: Page, cell: Cell) -> None:
    tag, name, word = ("ar", "Arabisch", "كلب") if on_phone(page) else ("uk", "Ukrainisch", "Собака")
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/uebersetzungen/?sprache={tag}")
    expect(page.locator("h1")).to_have_text("Übersetzungen")
    assert violations(page) == []
    assert fits(page)
    page.get_by_role("link", name="Hund anmelden", exact=True).click()
    assert violations(page) == []
    assert fits(page)
    page.get_by_role("button", name=re.compile(f"Übersetzung anlegen.*{name}")).click()
    for field in page.locator("textarea").all():
        german = page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
        field.fill(german.replace("Hund", word))
    assert violations(page) == []
    assert fits(page)
    page.get_by_role("button", name="Speichern und Vorschau ansehen").click()
    release(approver, hand_in(page), says="Auf der Website zu sehen")
    page.goto(f"{cell.base}/{tag}/dienstleistungen/hundesteuer/")
    expect(page.locator("h1")).to_contain_text(word)
    assert violations(page) == []


def on_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 600)
