"""The editor in a real browser: what is within reach, what it says, and that nothing in it fails."""

from __future__ import annotations

import io

import pytest
from PIL import Image
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


def test_the_same_picture_again_breaks_nothing(page: Page, cell: Cell) -> None:
    """An error in a script fails this test (see `watched`)."""
    sign_in(page, cell, "agentur")
    width = page.viewport_size["width"] if page.viewport_size else 0
    drawn = io.BytesIO()
    Image.new("RGB", (640, 360), (width % 256, 90, 120)).save(drawn, "PNG")
    file = {"mimeType": "image/png", "buffer": drawn.getvalue()}
    page.goto(f"{cell.base}/desk/meldung/neu/")
    for name in ("zeichnung", "zeichnung-zwei"):
        page.get_by_role("button", name="Bild auswählen").or_(
            page.get_by_role("button", name="Anderes Bild")
        ).first.click()
        page.get_by_role("tab", name="Hochladen").click()
        page.set_input_files(
            ".modal input[type=file]",
            [{"name": f"{name}.png", **file}],  # type: ignore[typeddict-item]
        )
        expect(page.locator(".modal [name$=upload-title]")).to_have_value(name)
        page.locator(".modal button[type=submit]").last.click()
        if name == "zeichnung":
            expect(page.locator(".modal")).to_have_count(0)
            page.goto(f"{cell.base}/desk/meldung/neu/")
    expect(page.locator(".modal")).to_contain_text("Dieses Bild gibt es schon.")
    assert violations(page) == []
    page.click("text=Vorhandenes Bild verwenden")
    expect(page.locator(".modal")).to_have_count(0)
    expect(page.locator("#id_hero_image-chooser")).to_contain_text("zeichnung")


def test_an_empty_message_is_met_calmly_and_saved_once_it_has_a_title(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    expect(page.locator(".checks")).to_contain_text("Für die Freigabe noch nötig")
    expect(page.locator(".checks__head--error")).to_have_count(0)
    page.locator("#id_title").press_sequentially(titled(page, "Lesung im Turm"))
    page.locator("#id_teaser").press_sequentially("Im Turm wird vorgelesen, der Eintritt ist frei.", delay=80)
    page.wait_for_url(
        "**/edit/"
    )  # saved by itself; what is typed in the first two seconds counts as there before
    expect(page.locator(".checks")).not_to_contain_text("Überschrift")
    expect(page.locator("#w-autosave-indicator")).to_contain_text("Gespeichert")
