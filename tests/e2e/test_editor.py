"""The editor in a real browser: what is within reach, what it says, and that nothing in it fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, save, sign_in, taken_over, titled, violations, write

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_the_button_stays_in_sight_and_covers_no_field(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    button = page.get_by_role("button", name="Speichern und Kanäle wählen")
    expect(button).to_be_in_viewport(ratio=1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    page.locator("#id_hashtags").focus()
    page.wait_for_timeout(300)
    expect(button).to_be_in_viewport(ratio=1)
    field, footer = page.locator("#id_hashtags").bounding_box(), page.locator("footer").bounding_box()
    assert field is not None
    assert footer is not None
    assert field["y"] + field["height"] <= footer["y"]
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator(".w-form-width > section").last.bounding_box()
    footer = page.locator("footer").bounding_box()
    assert last is not None
    assert footer is not None
    assert last["y"] + last["height"] <= footer["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_way_back_to_the_desk(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    write(page, cell, titled(page, "Turmfest im Advent"))
    page.click("text=Speichern und zurück zum Text")
    expect(page.get_by_role("heading", level=1)).to_have_text(titled(page, "Turmfest im Advent"))
    page.locator("#id_teaser").fill("Am Wasserturm gibt es Führungen für alle Bürgerinnen und Bürger.")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Kommen Sie vorbei. ")
    taken_over(page, "Kommen Sie vorbei.")
    save(page)
    page.click("text=Speichern und zurück zum Text")
    page.click("text=Zurück zu den Meldungen")
    page.wait_for_url("**/desk/meldungen/")
