"""An event in a real browser: handed in by a club, confirmed, looked at, taken over, released by the municipality, found; somebody
wants to be reminded of it and hears that it is called off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, hand_in, release, save, sign_in, titled, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
FORM, INBOX = "/veranstaltungen/melden/", "/desk/veranstaltungen/eingereicht/"
REMINDER = "/veranstaltungen/erinnern/"


def sound(page: Page) -> None:
    """Nothing for axe, in light and dark; nothing cut off."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def handed_in(page: Page, cell: Cell, title: str, email: str) -> str:
    """The address of the link in the mail, after the form was sent with a mistake first."""
    page.goto(cell.base + FORM)
    sound(page)
    page.fill("#title", title)
    page.fill("#organiser", "Tanzkreis Oberholz")
    page.fill("#begin", "19:30")
    page.fill("#end", "22:00")
    page.select_option("#repeat", "monthly")
    page.fill("#place", "Stadthalle, Am Markt 3")
    page.check("#access-wheelchair")
    page.fill("#email", email)
    page.wait_for_timeout(3200)  # whoever is quicker is taken for a robot
    page.click("form.form button[type=submit]")
    expect(page.locator("#fehler")).to_contain_text("an welchem Tag")
    assert page.input_value("#title") == title  # nothing typed is lost
    sound(page)
    page.fill("#day", "2027-03-09")
    page.fill("#until", "2027-06-30")
    page.wait_for_timeout(3200)
    page.click("form.form button[type=submit]")
    page.wait_for_url("**/danke/")
    sound(page)
    assert page.context.cookies() == []
    return linked(page, cell, f"Bitte bestätigen: „{title}“")


def linked(page: Page, cell: Cell, subject: str, form: str = FORM) -> str:
    """The link in the mail with this subject, which the worker sends."""
    for _ in range(240):
        page.goto(f"{cell.base}/-/mailbox/")
        mails = page.get_by_text(subject)
        if mails.count():
            mails.first.click()
            found = re.search(rf"{form}[\w.:~-]+/", page.content())
            assert found, page.inner_text("body")
            return cell.base + found[0]
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail: {subject}")


def reminded(page: Page, cell: Cell, title: str, email: str) -> None:
    """From the event's page to a confirmed wish."""
    page.get_by_role("link", name="Erinnern lassen").click()
    sound(page)
    page.click("form.form button[type=submit]")
    expect(page.locator("#fehler")).to_contain_text("E-Mail-Adresse")
    sound(page)
    page.fill("#email", email)
    page.check("#lead-week")
    page.wait_for_timeout(3200)
    page.click("form.form button[type=submit]")
    page.wait_for_url("**/danke/")
    sound(page)
    page.goto(linked(page, cell, f"Bitte bestätigen Sie die Erinnerung: „{title}“", REMINDER))
    sound(page)
    page.get_by_role("button", name="Erinnerung bestätigen").click()
    expect(page.locator("h1")).to_have_text("Wir erinnern Sie")
    sound(page)
    assert page.context.cookies() == []


def called_off(page: Page, approver: Page, cell: Cell, title: str) -> None:
    """The agency writes it, the municipality releases it."""
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/veranstaltungen/?q={title}")
    expect(page.locator("main")).to_contain_text("1 Mensch möchte erinnert werden")
    sound(page)
    page.get_by_role("link", name=title, exact=True).click()
    page.select_option("#id_status", "EventCancelled")
    save(page)
    release(approver, hand_in(page), says="Fassung 2")


def test_an_event_is_handed_in_confirmed_taken_over_released_and_found(
    page: Page, approver: Page, cell: Cell
) -> None:
    title = titled(page, "Tanztee mit der Kapelle")
    width = page.viewport_size["width"] if page.viewport_size else 0
    email = f"tanz{width}@tanzkreis.example"
    link = handed_in(page, cell, title, email)
    page.goto(link)
    sound(page)
    page.get_by_role("button", name="Veranstaltung bestätigen").click()
    expect(page.locator("main")).to_contain_text("Ihre Veranstaltung ist angekommen")
    expect(page.locator("main")).to_contain_text("jeden 2. Dienstag im Monat, bis 30.6.2027")
    sound(page)
    page.get_by_role("link", name="Veranstaltung ändern").click()
    sound(page)
    page.fill("#price", "5 Euro")
    page.get_by_role("button", name="Änderungen speichern").click()
    expect(page.locator("main")).to_contain_text("5 Euro")

    approver.goto(cell.base + INBOX)
    sound(approver)
    approver.get_by_role("link", name=title).click()
    expect(approver.locator("main")).to_contain_text(email)
    sound(approver)
    approver.get_by_role("button", name="Diesem Absender vertrauen").click()
    expect(approver.locator("main")).to_contain_text("Vertraut: Ein Blick genügt")

    sign_in(page, cell, "agentur")
    page.goto(cell.base + INBOX)
    page.get_by_role("link", name=title).click()
    expect(page.locator("main")).not_to_contain_text(email)
    sound(page)
    page.get_by_role("button", name="Übernehmen und zur Freigabe geben").click()
    page.wait_for_url("**/freigabe/**")
    release(approver, page.url, says="Auf der Website zu sehen")

    public = approver.locator("#stand a[href*='/veranstaltungen/']").first.get_attribute("href") or ""
    page.context.clear_cookies()
    page.goto(public)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text("Stadthalle")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("Ihre Veranstaltung wurde übernommen")
    sound(page)

    page.goto(public)
    reminded(page, cell, title, f"erna{width}@tanzkreis.example")
    called_off(page, approver, cell, title)
    page.context.clear_cookies()
    page.goto(linked(page, cell, f"Fällt aus: „{title}“", REMINDER))
    expect(page.locator("main")).to_contain_text("Erinnerung beenden")
    sound(page)


def test_an_event_is_found_by_word_and_filters_and_subscribed_to(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/veranstaltungen/")
    page.get_by_role("link", name="Veranstaltungen suchen und filtern").click()
    sound(page)
    page.fill("#q", "Konzerte")
    page.select_option("#zeit", "monat")
    page.check("#zugang-wheelchair")
    page.get_by_role("button", name="Veranstaltungen zeigen").click()
    expect(page.locator(".event-row__title").first).to_be_visible()
    sound(page)
    shared = page.url
    page.get_by_role("link", name=re.compile("„Konzerte“.*weglassen")).click()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#zugang-wheelchair")).to_be_checked()
    page.goto(shared)
    found = page.locator(".event-row__title").first.inner_text()
    page.locator(".event-row__title a").first.click()
    expect(page.locator("h1")).to_have_text(found)
    page.goto(f"{cell.base}/veranstaltungen/suche/")
    page.select_option("#rubrik", "konzert")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Veranstaltungen zeigen").click()
    link = page.get_by_role("link", name="Diese Auswahl abonnieren").get_attribute("href") or ""
    assert link.startswith("webcal://")
    answer = page.request.get(cell.base + re.sub(r"^webcal://[^/]+", "", link))
    assert answer.ok
    assert answer.text().startswith("BEGIN:VCALENDAR")
    page.goto(f"{cell.base}/veranstaltungen/naehe/")
    page.get_by_label("Oder ab einem Ort").select_option(index=1)
    expect(page.locator(".event-row__far").first).to_have_text("An diesem Ort")
    page.goto(f"{cell.base}/veranstaltungen/suche/?q=zeppelinbau&bis=quatsch")
    expect(page.get_by_role("alert")).to_contain_text("24.12.2026")
    expect(page.locator("#q")).to_have_value("zeppelinbau")
    sound(page)
    assert page.context.cookies() == []
