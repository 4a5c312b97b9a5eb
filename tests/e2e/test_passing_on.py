"""A short address and a QR code in a real browser; what a page looks like on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Cell, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
A4 = {"width": 794 - 128, "height": 1123}  # CSS pixels without the margins


def test_a_page_is_passed_on_with_a_word_and_a_code(page: Page, cell: Cell) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.goto(f"{cell.base}/dienstleistungen/sperrmuell/")
    short = page.locator(".share__short a")
    expect(short).to_have_text(f"{cell.base.partition('://')[2]}/k/sperrmuell")
    short.click()
    assert page.url == f"{cell.base}/dienstleistungen/sperrmuell/"
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/dienstleistungen/?q=Hund")
    page.get_by_role("link", name="Weitergeben").first.click()
    page.fill("#id_word", "!")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("alert")).to_contain_text("Buchstaben und Ziffern")
    assert violations(page) == []
    page.fill("#id_word", f"Hund {width}")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.locator("main")).to_contain_text(f"/k/hund-{width}")
    expect(page.locator("main")).to_contain_text("Noch nicht freigegeben")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('.passing__code')].every(i => i.complete && i.naturalWidth > 0)"
    )
    for form in ("SVG", "PNG"):
        with page.expect_download() as loaded:
            page.get_by_role("link", name=f"als {form}").first.click()
        assert loaded.value.suggested_filename.endswith(form.lower())


PAGES = (
    "/", "/aktuelles/", "/aktuelles/archiv/", "/dienstleistungen/", "/dienstleistungen/wohngeld/", "/aemter/",
    "/aemter/buergerbuero/", "/orte/", "/kontakt/", "/impressum/", "/barrierefreiheit/", "/suche/?q=hund", "/en/kontakt/",
)  # fmt: skip


def test_on_paper_there_is_the_text_and_where_it_is_from(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(viewport=A4, locale="de-DE", color_scheme="dark")  # type: ignore[arg-type] # two numbers
    page = context.new_page()
    page.emulate_media(media="print")
    for path in PAGES:
        page.goto(f"{cell.base}{path}")
        shown = page.evaluate(
            "[...document.querySelectorAll('nav, form, .share, .page-foot')].filter(e => e.offsetParent).map(e => e.className)"
        )
        assert shown == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        foot = page.locator(".print-foot")
        expect(foot).to_contain_text("Stadt Erlenfurt")
        expect(foot).to_contain_text(path.split("?")[0] if "?" in path else path)
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", path
        assert page.pdf(format="A4").startswith(b"%PDF"), path
    page.goto(f"{cell.base}/dienstleistungen/wohngeld/")
    expect(page.locator(".print-foot")).to_contain_text("Stand")
    context.close()
