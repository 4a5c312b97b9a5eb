"""A forwarding in a real browser: made by hand, refused where it cannot be, taken from a file, released, followed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, release, sign_in, violations

# Asks until the old address leads on; false after three minutes.
LEADS_ON = """async path => {
  for (const end = Date.now() + 180_000; Date.now() < end; await new Promise(go => setTimeout(go, 250))) {
    if ((await fetch(path, {cache: 'no-store'})).redirected) return true;
  }
  return false;
}"""
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_an_old_address_leads_on_once_it_is_released(page: Page, approver: Page, cell: Cell) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    old = f"/frueher/{width}/anfahrt.html"
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/weiterleitungen/")
    expect(page.locator("main")).to_contain_text("Das Ziel /wasserzaehler/ gibt es nicht oder noch nicht")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Neue Weiterleitung").click()
    page.fill("#id_path", old)
    page.fill("#id_target", "https://boese.example/")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("außerhalb der Website")
    expect(page.locator("#id_path")).to_have_value(old)  # nothing typed is lost
    assert violations(page) == []
    page.fill("#id_target", f"{cell.base}/kontakt/")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text(f"Gespeichert: {old}")

    page.get_by_role("link", name="Aus einer Datei").click()
    lines = f"alt;neu\n/frueher/{width}/amt.htm;/kontakt/\nkaputt\n"
    page.set_input_files("#id_file", {"name": "alt.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    page.get_by_role("button", name="Datei lesen").click()
    expect(page.locator("main")).to_contain_text("1 Weiterleitung aufgenommen")
    expect(page.locator("main")).to_contain_text("1 Zeile ausgelassen")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Ansehen und zur Freigabe geben").click()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("link", name="Zur Freigabe").click()
    expect(page.locator("h1")).to_have_text("Weiterleitungen")
    release(approver, page.url, says="Fassung")
    expect(page.locator("h1")).to_have_text("Weiterleitungen")
    assert page.evaluate(LEADS_ON, old)
    page.goto(f"{cell.base}{old}")
    assert page.url == f"{cell.base}/kontakt/"
    page.goto(f"{cell.base}/frueher/{width}/amt.htm")
    assert page.url == f"{cell.base}/kontakt/"
