"""The editor in a real browser: what is within reach, what it says, and that nothing in it fails."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, Request, Route, expect

from tests.e2e.conftest import Cell, hand_in, save, sign_in, taken_over, titled, violations, write

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


def test_a_long_choice_stays_within_its_card(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/veranstaltungen/")
    page.goto(cell.base + (page.locator("a[href$='/edit/']").first.get_attribute("href") or ""))
    for name in ("repeats", "status"):
        field, card = (
            page.locator(f"#id_{name}"),
            page.locator("section.w-panel", has=page.locator(f"#id_{name}")),
        )
        inner, outer = field.bounding_box(), card.first.bounding_box()
        assert inner is not None
        assert outer is not None
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"], name


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


def test_menus_open_where_they_belong(page: Page, cell: Cell) -> None:
    """Under their button or above the words, from the same edge on, and within the screen."""
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    width = page.viewport_size["width"] if page.viewport_size else 0

    def opened_beside(part: str, left: float, room: float = 12) -> None:
        menu = page.locator(part).last
        expect(menu).to_be_in_viewport(ratio=0.99)
        page.wait_for_timeout(300)
        box = menu.bounding_box()
        assert box is not None
        most = max(0, left + box["width"] + 10 - width)  # moved by as much as would be cut off
        assert left - most - room <= box["x"] <= left + room, (box, left)

    button = page.locator("[data-streamfield-stream-container] .c-sf-add-button").first
    button.click()
    place = button.bounding_box()
    assert place is not None
    opened_beside(".w-combobox-container", place["x"])
    assert page.get_by_placeholder("Suchen …").is_visible()
    assert violations(page) == []
    page.get_by_role("option", name="Text", exact=True).click()
    field = page.locator("[contenteditable=true]").first
    field.click()
    page.keyboard.type("Ein Satz steht hier.")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    place = field.bounding_box()
    assert place is not None
    # From the edge of the field or from its words, whose padding is 20 px.
    opened_beside(".Draftail-FloatingToolbar", place["x"] + 10, room=22)


def test_the_point_that_stays_in_sight_is_set_by_a_click_or_by_keys(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/bilder/")
    page.locator(".pictures a").last.click()
    page.wait_for_url("**/desk/bilder/*/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    picture, across = page.locator(".focus img"), page.get_by_label("Von links")
    before = across.input_value()
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.5})
    expect(across).to_have_value("20")
    across.press("ArrowRight")
    expect(across).to_have_value("21")
    page.get_by_role("button", name="Zurück zum gespeicherten Punkt").click()
    expect(across).to_have_value(before)
    page.get_by_role("button", name="Auf die Bildmitte setzen").click()
    expect(across).to_have_value("50")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url("**/desk/bilder/")
    expect(page.locator("main")).to_contain_text("ist gespeichert")


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


def test_a_finding_leads_to_the_words_it_is_about(page: Page, cell: Cell) -> None:
    """By keyboard beside the form, and from the step with the channels; the head names the message once it is saved."""
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    title = titled(page, "Laternenumzug")
    page.locator("#id_title").press_sequentially(title)
    page.locator("#id_teaser").press_sequentially("Am Montag, 24. November 2026, ziehen alle los.", delay=60)
    page.wait_for_url("**/edit/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    finding = page.locator(".checks__list a", has_text="Vorspann").first
    finding.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_teaser")).to_be_focused()
    page.locator(".checks__list a", has_text="Text").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-streamfield-stream-container] .c-sf-add-button").first).to_be_focused()
    save(page)
    page.get_by_role("button", name="Vorspann im Text ändern").first.click()
    page.wait_for_url("**/edit/#id_teaser")
    expect(page.locator("#id_teaser")).to_be_focused()


def test_what_saves_itself_is_not_sent_after_a_press_on_save(page: Page, cell: Cell) -> None:
    """The CMS takes the words half a second before it sends them; on a busy machine the form is gone by then, and newer."""
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    posts: list[Request] = []
    held: list[Route] = []

    def on_its_way(route: Route) -> None:
        posts.append(route.request)
        if route.request.is_navigation_request():
            held.append(route)
        else:
            route.continue_()

    page.route(lambda where: "/desk/pages/add/" in where, on_its_way)
    page.evaluate(
        """document.addEventListener("w-autosave:save", () => document.querySelector("[data-press]").click(), { once: true });
           [...document.querySelectorAll("footer button")].find((b) => b.textContent.includes("Speichern und ")).dataset.press = "";"""
    )
    page.evaluate("document.getElementById('id_teaser').value = 'Am Samstag ist Markt.'")
    page.fill("#id_title", titled(page, "Herbstmarkt"))
    page.locator("#id_title").blur()
    page.wait_for_timeout(2000)  # by then the CMS has sent what it took
    assert [one.is_navigation_request() for one in posts] == [True]
    held[0].continue_()
    page.wait_for_url("**/kanaele/")


def test_what_is_typed_at_once_is_saved_and_nobody_leaves_without_a_word(
    page: Page, cell: Cell, approver: Page
) -> None:
    """Typed before the editor begins to compare; a draft saves it, of what is planned it says that it is not saved."""
    asked: list[str] = []

    def answered(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    sign_in(page, cell, "agentur")
    write(page, cell, titled(page, "Weihnachtskonzert"))
    page.click("text=Speichern und zurück zum Text")
    page.wait_for_url("**/edit/")
    edit, saved = page.url, page.locator("#w-autosave-indicator")
    page.locator("#id_place").press_sequentially("Am Markt")
    expect(saved).to_contain_text("Gespeichert")
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    page.goto(edit)
    expect(page.locator("#id_place")).to_have_value("Am Markt")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Gespeichert.")
    assert page.url == edit
    save(page)
    page.fill("#wish", "2099-03-05T10:00")
    approver.goto(hand_in(page))
    approver.click("button:has-text('Jetzt freigeben')")
    approver.wait_for_url("**/nachweis/")
    page.on("dialog", answered)
    page.goto(edit)
    page.locator("#id_place").press_sequentially(" vor dem Rathaus")
    expect(page.locator(".footer__unsaved")).to_contain_text(
        "Nicht gespeichert. Erst mit „Speichern“ endet die Freigabe"
    )
    expect(page.locator(".footer__unsaved")).to_be_in_viewport()
    expect(page.locator("[data-unsaved]")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.click("text=Zurück zu den Meldungen")
    page.wait_for_url("**/desk/meldungen/")
    assert asked == ["beforeunload"]
    page.goto(edit)
    expect(page.locator("#id_place")).to_have_value("Am Markt")
    expect(page.locator(".editor-head .status")).to_have_text("Geplant")
