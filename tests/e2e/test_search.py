"""The search as citizens use it: with and without JavaScript, by keyboard, on the smallest screen, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Cell, sign_in, violations, watched

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STATES = (
    "",
    "?q=sperrm%C3%BCll",
    "?q=xqzvw",
    "?q=persohnalausweis",
    "?q=stadt&art=aktuelles",
    "?q=erlenfurt&seite=2",
)


def test_a_question_typed_on_the_first_page_leads_to_its_answer(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/")
    field = page.locator("header").get_by_role("combobox", name="Website durchsuchen")
    field.press_sequentially("spermül")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Sperrmüll abholen lassen")
    assert field.get_attribute("aria-expanded") == "true"
    assert violations(page) == []
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    field.press("ArrowUp")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    field.press("Escape")
    expect(options).to_have_count(0)
    assert field.input_value() == "spermül"
    field.press("ArrowDown")  # opens the list again
    field.press("Enter")
    page.wait_for_url(f"{cell.base}/dienstleistungen/sperrmuell/")


def test_enter_without_a_choice_shows_all_results(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/kontakt/")
    page.locator("header input[type=search]").fill("wo kann ich meinen Perso verlängern?")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{cell.base}/suche/?q=*")
    first = page.locator(".hit").first
    expect(first.get_by_role("link")).to_have_text("Personalausweis beantragen")
    expect(page.locator("#suche-page")).to_have_value("wo kann ich meinen Perso verlängern?")
    first.get_by_role("link").click()
    page.wait_for_url(f"{cell.base}/dienstleistungen/personalausweis/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_state_is_accessible(browser: Browser, cell: Cell, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, locale="de-DE"
    )  # type: ignore[arg-type] # one of two words
    page = context.new_page()
    wrong = watched(page, cell)
    for language in ("", "/en"):
        for state in STATES:
            page.goto(f"{cell.base}{language}/suche/{state}")
            assert violations(page) == [], (language, state)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, state)
    assert context.cookies() == []
    context.close()
    assert wrong == []


def test_without_javascript_the_search_works(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{cell.base}/en/")
    page.locator("header input[type=search]").fill("hochziet")
    page.locator("header").get_by_role("button", name="Search").click()
    assert page.url == f"{cell.base}/en/suche/?q=hochziet"
    expect(page.locator(".hit__title").first).to_have_text("Heiraten in Erlenfurt")
    page.locator(".search__meant a").click()
    expect(page.locator(".search__meant")).to_have_count(0)
    context.close()


def test_the_municipality_teaches_the_search_a_word(page: Page, cell: Cell) -> None:
    word = f"Grusch{'xl'[page.viewport_size['width'] > 400 if page.viewport_size else 0]}kram"
    sign_in(page, cell, "freigabe")
    page.goto(f"{cell.base}/desk/suche/")
    field = page.get_by_label("Eigene Wörter")
    field.fill(f"{field.input_value()}\n{word}, Sperrmüll")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_label("Frage").fill(word)
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("status").get_by_role("link").first).to_have_text("Sperrmüll abholen lassen")
    page.get_by_text("Gruppen ansehen").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
