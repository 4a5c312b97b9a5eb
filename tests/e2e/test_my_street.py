"""My street in a real browser: found by keyboard, subscribed, remembered and forgotten, printed; a calendar file read at the desk."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Cell, release, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
NARROW = "document.documentElement.scrollWidth <= window.innerWidth"


def test_a_citizen_finds_the_street_and_nobody_hears_of_it(page: Page, cell: Cell) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{cell.base}/meine-strasse/")
    assert violations(page) == []
    assert page.evaluate(NARROW)
    field = page.get_by_label("Name Ihrer Straße")
    field.focus()
    page.keyboard.type("ahornw")
    expect(page.locator("[data-street-number]")).to_have_text("1 Eintrag")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ahornweg")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-street-name]")).to_have_text("Ihre Straße: Ahornweg")
    expect(page.locator(".waste__mine")).to_have_text("Ahornweg")
    page.wait_for_timeout(1500)  # where the browser's own way to the street would have ended
    assert page.evaluate("window.scrollY") == 0
    expect(page.get_by_role("heading", name="Die nächsten Abholungen")).to_be_in_viewport()
    assert violations(page) == []
    assert page.evaluate(NARROW)
    assert not any("ahorn" in url.partition("#")[0].lower() for url in asked)
    keep = page.get_by_role("button", name="Auf diesem Gerät merken")
    keep.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vergessen")).to_be_focused()
    assert page.context.cookies() == []
    page.goto(f"{cell.base}/meine-strasse/")
    kept = page.locator("[data-street-kept]")
    expect(kept.get_by_role("link")).to_have_text("Ahornweg")
    kept.get_by_role("button", name="Vergessen").click()
    expect(kept).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0

    page.goto(f"{cell.base}/meine-strasse/bezirk-1/")
    subscribe = page.get_by_role("link", name="Kalender abonnieren").get_attribute("href")
    assert subscribe == f"webcal://{cell.base.partition('://')[2]}/meine-strasse/bezirk-1/abfuhr.ics"
    answer = page.request.get(f"{cell.base}/meine-strasse/bezirk-1/abfuhr.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Restmüll" in answer.text()
    page.goto(f"{cell.base}/meine-strasse/bezirk-3/")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1  # all the year on one sheet
    page.emulate_media(media="print")
    expect(page.locator(".waste__months").first).to_contain_text("Restmüll")


def test_without_javascript_every_street_is_there(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    quiet = context.new_page()
    quiet.goto(f"{cell.base}/meine-strasse/")
    expect(quiet.get_by_label("Name Ihrer Straße")).to_be_hidden()
    quiet.get_by_role("link", name="Bahnhofstraße Hausnummern ab 50").click()
    assert quiet.url.endswith("/meine-strasse/bezirk-2/#bahnhofstrasse-50")
    expect(quiet.locator("h1")).to_contain_text("Bezirk 2")
    quiet.wait_for_timeout(1500)
    expect(quiet.get_by_role("heading", name="Die nächsten Abholungen")).to_be_in_viewport()
    context.close()


def test_a_calendar_is_read_and_laid_before_the_municipality(page: Page, approver: Page, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/abfuhr/")
    assert violations(page) == []
    assert page.evaluate(NARROW)
    page.get_by_role("link", name=re.compile("Kalenderdatei einlesen.*Bezirk 2")).click()
    width = page.viewport_size["width"] if page.viewport_size else 0
    day = date.today() + timedelta(days=5 + width // 1000)  # noqa: DTZ011 - a whole day, of this width alone
    name = f"Rote Tonne {width}"
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"),
        *("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"SUMMARY:{name}", "END:VEVENT"),
        *("END:VCALENDAR", ""),
    ]  # fmt: skip
    page.get_by_role("button", name="Datei lesen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie eine Datei aus")
    expect(page.locator("#id_area")).to_have_value("bezirk-2")  # nothing chosen is lost
    assert violations(page) == []
    page.set_input_files(
        "#id_file", {"name": "b2.ics", "mimeType": "text/calendar", "buffer": "\r\n".join(lines).encode()}
    )
    page.get_by_role("button", name="Datei lesen").click()
    assert violations(page) == []
    assert page.evaluate(NARROW)
    page.get_by_label(f"„{name}“").select_option("hazardous")
    page.get_by_role("button", name="Zuordnung merken").click()
    page.get_by_role("button", name="1 Termin übernehmen").click()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("link", name="Zur Freigabe").click()
    release(approver, page.url, says="Fassung")
    page.goto(f"{cell.base}/meine-strasse/bezirk-2/")
    for _ in range(120):
        if page.locator(f"time[datetime='{day.isoformat()}'] ~ strong", has_text="Schadstoffe").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(".waste__next")).to_contain_text("Schadstoffe")
