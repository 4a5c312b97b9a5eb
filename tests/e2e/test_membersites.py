"""The site of a district in a real browser: its first page and the form it is made with."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Cell, sign_in, violations, watched

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_site_holds_and_has_its_own_name_and_menu(
    browser: Browser, cell: Cell, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="de-DE",
        color_scheme=scheme,  # type: ignore[arg-type,unused-ignore]
    )
    page = context.new_page()
    wrong = watched(page, cell)
    for path in ("/steinbach/", "/steinbach/ortsbeirat/", "/steinbach/aktuelles/", "/en/steinbach/"):
        page.goto(f"{cell.base}{path}")
        assert violations(page) == []
        assert fits(page)
        expect(page.locator(".brand")).to_contain_text("Steinbach")
    page.goto(f"{cell.base}/steinbach/aktuelles/")
    expect(page.locator(".list")).to_contain_text("Abkochgebot im Ortsteil Steinbach aufgehoben")
    page.get_by_role("link", name="Ortsbeirat tagt am 2. Dezember im Dorfgemeinschaftshaus").click()
    expect(page.locator(".brand")).to_contain_text("Steinbach")
    assert violations(page) == []
    page.goto(f"{cell.base}/aktuelles/")
    expect(page.locator("main")).not_to_contain_text("Ortsbeirat tagt am 2. Dezember")
    page.goto(f"{cell.base}/steinbach/ortsbeirat/niederschriften/")
    page.locator(".crumbs a").first.click()
    expect(page).to_have_url(f"{cell.base}/steinbach/")
    page.locator(".head-band__text a").click()
    expect(page).to_have_url(f"{cell.base}/")
    page.get_by_role("link", name="Ortsteil Steinbach", exact=True).click()
    expect(page).to_have_url(f"{cell.base}/steinbach/")
    assert wrong == []
    context.close()


def test_the_form_of_a_site_can_be_used_by_everybody(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/seiten/neu/")
    page.get_by_role("link", name="Auftritt", exact=True).click()
    expect(page.locator("#page-edit-form")).to_contain_text("Name und Aussehen")
    assert violations(page) == []
    assert fits(page)
    page.fill("#id_title", "Ortsteil Oberholz")
    page.fill("#id_short_name", "Oberholz")
    page.fill("#id_colour", "#ffee00")
    page.get_by_role("button", name="Speichern").first.click()
    expect(page.locator("#page-edit-form")).to_contain_text("Nehmen Sie zum Beispiel")
    expect(page.locator("#id_short_name")).to_have_value("Oberholz")


def test_the_site_is_searched_for_itself(page: Page, cell: Cell) -> None:
    wrong = watched(page, cell)
    page.goto(f"{cell.base}/steinbach/vereine-und-feste/")
    field = page.locator("header").get_by_role("combobox", name="Suche in Steinbach")
    field.press_sequentially("ortsbeirat")
    expect(page.get_by_role("option").first).to_contain_text("Ortsbeirat")
    assert violations(page) == []
    field.press("Escape")
    field.press("Enter")
    page.wait_for_url(f"{cell.base}/suche/?q=ortsbeirat&auftritt=steinbach")
    expect(page.locator("h1")).to_have_text("Suche in Steinbach")
    expect(page.locator(".brand")).to_contain_text("Steinbach")
    expect(page.locator(".hit").first.get_by_role("link")).to_have_attribute("href", "/steinbach/ortsbeirat/")
    assert violations(page) == []
    page.locator("#suche-page").focus()
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{cell.base}/suche/?q=ortsbeirat")
    expect(page.locator("h1")).to_have_text("Suche")
    expect(page.locator(".hit").first).to_contain_text("Ortsteil Steinbach")
    assert violations(page) == []
    assert wrong == []


def test_it_is_searched_without_javascript(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{cell.base}/en/steinbach/")
    page.locator("header input[type=search]").fill("Ortsbeirat")
    page.locator("header").get_by_role("button", name="Search").click()
    expect(page.locator("h1")).to_have_text("Search in Steinbach")
    page.get_by_role("link", name="Search the whole website").click()
    expect(page).to_have_url(f"{cell.base}/en/suche/?q=Ortsbeirat")
    context.close()
