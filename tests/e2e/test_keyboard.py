"""Each template of the public site walked through with the keyboard alone (WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell
from tests.e2e.keyboard import REACHABLE, STOPS, missed, walked

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TEMPLATES = {
    "home": "/",
    "news": "/aktuelles/",
    "message": r"/aktuelles/\d{4}/[^/]+/",
    "services": "/dienstleistungen/",
    "service": "/dienstleistungen/personalausweis/",
    "offices": "/aemter/",
    "office": r"/aemter/[^/]+/",
    "person": "/aemter/personen/henrike-auental/",
    "places": "/orte/",
    "place": r"/orte/[^/]+/",
    "section": "/ueber-erlenfurt/",
    "page": "/ueber-erlenfurt/ortsteile/",
    "project": "/projekte/spielplatz-gerbergasse/",
    "blog": "/blog/",
    "entry": r"/blog/\d{4}/[^/]+/",
    "series": r"/blog/reihe/[^/]+/",
    "entries of a year": r"/blog/archiv/\d{4}/",
    "press": "/presse/",
    "glossary": "/glossar/",
    "archive": "/aktuelles/archiv/",
    "barrier report": "/barriere-melden/",
    "from right to left": "/ar/dienstleistungen/wohnsitz/",
    "Leichte Sprache": "/leicht/",
    "outdated version": "/en/dienstleistungen/hundesteuer/",
    "search": "/suche/?q=ausweis",
    "contact": "/nachricht/",
    "newsletter": "/newsletter/",
    "imprint": "/impressum/",
    "not found": "/gibt-es-nicht/",
}
FOUND_ON = {"series": "/blog/", "entries of a year": "/blog/archiv/"}


def opened(page: Page, cell: Cell, template: str) -> None:
    path = TEMPLATES[template]
    if "[" in path:
        above = FOUND_ON.get(template) or path.split("\\d")[0].split("[")[0]
        listing = httpx.get(cell.base + above).text
        found = re.search(f'href="({path})"', listing)
        assert found, f"no page for {template}"
        path = found[1]
    page.emulate_media(reduced_motion="reduce")  # what glides into place is measured where it ends
    page.goto(cell.base + path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_everything_is_reached_in_order_and_seen(page: Page, cell: Cell, template: str) -> None:
    opened(page, cell, template)
    assert missed(page) == {}


def test_the_first_stop_skips_the_head(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/aktuelles/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_menu_opens_and_closes_with_keys(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/")
    wide = bool(page.viewport_size and page.viewport_size["width"] > 1000)
    menu = page.locator("details.sub" if wide else "details.menu").first
    menu.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details[open]') !== null")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_what_is_wrong_would_be_found(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/")
    page.evaluate("document.querySelector('main a').tabIndex = -1")
    page.evaluate("document.querySelector('footer a').tabIndex = 1")
    page.evaluate("document.querySelector('footer a').style.cssText = 'outline: none !important'")
    wanted = dict(page.evaluate(REACHABLE, STOPS))
    walk = list(walked(page))
    numbers = [stop["number"] for stop in walk]
    assert numbers != sorted(numbers)
    assert set(wanted) - set(numbers)
    assert [stop for stop in walk if not stop["ring"]]
    page.evaluate("addEventListener('keydown', e => e.key === 'Tab' && e.preventDefault())")
    page.locator("main a").nth(1).focus()
    with pytest.raises(AssertionError, match="is caught"):
        list(walked(page))
