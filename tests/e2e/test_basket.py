"""Two pages changed by the agency, laid before the municipality together, released in one go on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, save, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

# Asks until the page that is served says it; false after three minutes.
FRESH = """async text => {
  for (const end = Date.now() + 180_000; Date.now() < end; await new Promise(go => setTimeout(go, 250))) {
    if ((await (await fetch(location.href, {cache: "no-store"})).text()).includes(text)) return true;
  }
  return false;
}"""


def test_changed_pages_are_handed_in_and_released_together(page: Page, approver: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    wide = (page.viewport_size or {"width": 0})["width"]
    said = {
        "Ortsteile": f"Fünf Ortsteile, jeder mit eigenem Gesicht ({wide}).",
        "Geschichte der Stadt": f"Von der Furt bis zur Stadt mit fünf Ortsteilen ({wide}).",
    }
    for title, teaser in said.items():
        page.goto(f"{cell.base}/desk/seiten/")
        page.get_by_role("link", name=title, exact=True).first.click()
        page.fill("#id_teaser", teaser)
        save(page)
    page.goto(f"{cell.base}/desk/seiten/geaendert/")
    for title in said:
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Ausgewählte Seiten zur Freigabe geben").click()
    expect(page.get_by_role("status").first).to_contain_text("zur Freigabe vor")

    approver.goto(f"{cell.base}/desk/freigaben/korb/")
    assert violations(approver) == []
    assert approver.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for box in approver.get_by_role("checkbox").all():
        box.uncheck()
    for title in said:
        change = approver.locator("section", has=approver.get_by_role("heading", name=title, exact=True))
        change.get_by_role("checkbox").check()
    approver.get_by_role("button", name="Ausgewählte Änderungen freigeben").click()
    expect(approver.get_by_role("status").first).to_contain_text("2 Änderungen sind freigegeben.")

    page.goto(f"{cell.base}/ueber-erlenfurt/ortsteile/")
    assert page.evaluate(FRESH, said["Ortsteile"])
    page.reload()
    expect(page.locator("main")).to_contain_text(said["Ortsteile"])
    assert violations(page) == []
