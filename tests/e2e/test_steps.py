"""The steps beside the straight way: checks while writing, back and refused, planned, corrected, subscribed, moved in."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import (
    ROOT,
    Cell,
    hand_in,
    release,
    save,
    sign_in,
    taken_over,
    titled,
    violations,
    wait_for,
    write,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_checks_speak_up_while_writing(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/meldung/neu/")
    page.fill("#id_title", titled(page, "Lichterfest am Markt"))
    page.fill("#id_teaser", "Am Montag, 24. November 2026, leuchtet der Markt.")
    expect(page.locator(".checks")).to_contain_text("Dienstag")
    page.fill("#id_teaser", "Am Dienstag, 24. November 2026, leuchtet der Markt.")
    expect(page.locator(".checks")).not_to_contain_text("Dienstag")
    page.click("text=Bild auswählen")
    page.locator(".modal-body .listing a, .modal-body ul a").first.click()
    page.fill("#id_teaser", "Am Montag, 24. November 2026, leuchtet der Markt.")
    expect(page.locator(".checks")).to_contain_text("Dienstag")
    expect(page.locator(".checks")).not_to_contain_text("Alternativtext")  # the picture has its own
    assert violations(page) == []
    page.click(".checks a:has-text('Vorspann')")
    page.keyboard.press("Control+A")
    page.keyboard.type("Der Markt leuchtet.")
    expect(page.locator(".checks")).not_to_contain_text("Dienstag")


def test_back_to_the_editor_and_refused(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Turmführung am Sonntag")
    sign_in(page, cell, "agentur")
    write(page, cell, title)
    request = hand_in(page)
    approver.goto(request)
    approver.locator(".wording__place", has_text="Der Verein lädt").locator("summary").click()
    approver.keyboard.press("Tab")
    approver.keyboard.type("Welcher Verein?")
    approver.click("#zurueck > summary")
    assert violations(approver) == []
    approver.click("#zurueck button[type=submit]")
    approver.wait_for_url("**/freigaben/")

    page.goto(request)
    page.click("text=Text überarbeiten")
    expect(page.locator(".checks")).to_contain_text("Welcher Verein?")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type(" Es ist der Heimatverein. ")
    taken_over(page, "Es ist der Heimatverein.")
    save(page)
    request = hand_in(page)

    approver.goto(request)
    expect(approver.locator("ins")).to_contain_text("Heimatverein")
    approver.click("#ablehnen > summary")
    approver.fill("#grund-a", "Der Termin steht noch nicht fest.")
    approver.click("#ablehnen button[type=submit]")
    approver.wait_for_url("**/freigaben/")
    page.goto(f"{cell.base}/desk/")
    expect(page.locator("body")).to_contain_text("Der Termin steht noch nicht fest.")
    assert page.request.get(f"{cell.base}/feeds/feed.json").text().count(title) == 0


def test_planned_and_edited_needs_a_new_release(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Turm bleibt im Winter zu")
    sign_in(page, cell, "agentur")
    write(page, cell, title)
    request = hand_in(page)
    approver.goto(request)
    approver.click("text=Anderer Zeitpunkt")
    approver.fill("#at", (dt.datetime.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT10:00"))  # noqa: DTZ005 - the browser's wall time
    approver.click("text=Freigeben und zu diesem Zeitpunkt versenden")
    approver.wait_for_url("**/nachweis/")
    wait_for(approver, "Geplant")
    page.goto(f"{cell.base}/desk/meldungen/?q=Turm+bleibt")
    page.locator(".rows__title", has_text=title).click()
    expect(page.locator(".checks")).to_contain_text("Freigegeben und geplant")
    page.fill("#id_teaser", "Der Turm bleibt bis April geschlossen.")
    save(page)
    # The page renews itself; going there once more would race with that.
    expect(approver.locator("body")).to_contain_text("durch eine Änderung erloschen", timeout=60_000)


def test_subscribed_informed_corrected(page: Page, approver: Page, cell: Cell) -> None:
    address = f"leserin{page.viewport_size['width'] if page.viewport_size else 0}@post.example"
    page.goto(f"{cell.base}/newsletter/")
    page.locator("#email").press_sequentially(address, delay=90)  # as fast as a person
    page.click("main form button[type=submit]")
    assert violations(page) == []
    _open_mail(page, cell, address)
    confirm = page.locator("main a[href*='/newsletter/']").first.get_attribute("href") or ""
    page.goto(confirm)
    page.click("main form button[type=submit]")
    assert violations(page) == []
    assert page.context.cookies() == []

    title = titled(page, "Turm heute länger offen")
    sign_in(page, cell, "agentur")
    write(page, cell, title)
    release(approver, hand_in(page, "newsletter", "mastodon", "bluesky"))
    _open_mail(page, cell, address, title)
    expect(page.locator("body")).to_contain_text("List-Unsubscribe-Post")

    page.goto(f"{cell.base}/desk/meldungen/?q=Turm+heute")
    page.locator(".rows__title", has_text=title).click()
    page.fill("#id_teaser", "Der Turm ist heute bis 20 Uhr offen, nicht bis 22 Uhr.")
    save(page)
    page.check("[name=correction_mail]")
    proof = release(approver, hand_in(page), "Zugestellt Fassung 2")
    assert violations(approver) == []
    feed = json.loads(page.request.get(f"{cell.base}/feeds/feed.json").text())
    item = next(i for i in feed["items"] if i["title"] == title)
    assert "nicht bis 22 Uhr" in json.dumps(item, ensure_ascii=False)
    _open_mail(page, cell, address, "Berichtigung")
    approver.goto(proof)
    expect(approver.locator("#stand")).to_contain_text("Fassung 2")


def _open_mail(page: Page, cell: Cell, address: str, subject: str = "") -> None:
    """The newest mail to an address in the demo's mailbox."""
    for _ in range(120):
        page.goto(f"{cell.base}/-/mailbox/?an={address}")
        rows = page.locator(".rows__title", has_text=subject)
        if rows.count():
            rows.first.click()
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.locator("main").inner_text()[:2000])


def test_moving_in_at_the_desk(page: Page, approver: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/uebernahme/")
    page.set_input_files("#id_file", ROOT / "tests" / "samples" / "feeds" / "ikiss.atom.xml")
    page.uncheck("[name=pictures]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/uebernahme/*-*/")
    expect(page.locator("body")).to_contain_text("Alle Entwürfe zur Freigabe geben", timeout=60_000)
    assert violations(page) == []
