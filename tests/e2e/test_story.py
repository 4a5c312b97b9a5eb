"""The story in a real browser, on a phone and on a screen: written, released, out, proved, withdrawn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Cell, hand_in, release, sign_in, titled, violations, wait_for, write

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
PUBLIC = [
    "/",
    "/aktuelles/",
    "/impressum/",
    "/datenschutz/",
    "/newsletter/",
    "/dienstleistungen/",
    "/dienstleistungen/personalausweis/",
    "/en/dienstleistungen/sperrmuell/",
    "/gibt-es-nicht/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_hold(page: Page, cell: Cell, path: str) -> None:
    page.goto(cell.base + path)
    assert violations(page) == []
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_finds_what_is_broken(page: Page, cell: Cell) -> None:
    page.goto(cell.base + "/")
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><button></button>')"
    )
    assert len(violations(page)) >= 2


def test_the_site_works_without_scripts(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(cell.base + "/aktuelles/")
    page.click("main a[href*='/aktuelles/20'] >> nth=0")
    assert page.locator("h1").count() == 1
    context.close()


@pytest.mark.parametrize("who", ["agentur-alt", "sachbearbeitung", "dsb", "admin"])
def test_others_cannot_release(browser: Browser, cell: Cell, who: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{cell.base}/desk/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", "stadtnah-demo")
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    answer = page.goto(f"{cell.base}/desk/freigaben/")
    assert answer is not None
    assert answer.status in {403, 404} or "/konto/login/" in page.url
    context.close()


def test_write_release_prove_withdraw(page: Page, approver: Page, cell: Cell) -> None:
    title = titled(page, "Wasserturm öffnet für Gäste")
    sign_in(page, cell, "agentur")
    assert violations(page) == []
    write(page, cell, title)
    for account in ("mastodon", "bluesky"):
        page.check(f"[name=on-{account}]")
    page.click("button[value=preview]")
    expect(page.locator("#rest-mastodon")).to_contain_text("frei")
    assert violations(page) == []
    page.fill("[name=note]", "Bitte heute noch.")
    request = hand_in(page)

    approver.goto(request)
    expect(approver.locator("h1")).to_have_text(title)
    expect(approver.locator("body")).to_contain_text("Bitte heute noch.")
    assert violations(approver) == []
    proof = release(approver, request)
    assert violations(approver) == []

    link = approver.locator("#stand a[href*='/aktuelles/']").first.get_attribute("href") or ""
    page.goto(link)
    expect(page.locator("h1")).to_have_text(title)
    for feed in ("atom.xml", "rss.xml", "feed.json"):
        assert title in page.request.get(f"{cell.base}/feeds/{feed}").text()

    answer = approver.request.get(proof.rstrip("/") + ".json")
    file = cell.data / "nachweis.json"
    file.write_bytes(answer.body())
    assert _check(file) == 0
    body = json.loads(file.read_text())
    body["deliveries"][0]["digest"] = "0" * 64
    file.write_text(json.dumps(body))
    assert _check(file) == 1
    assert approver.request.get(proof.rstrip("/") + ".pdf").body().startswith(b"%PDF")

    approver.goto(proof)
    approver.get_by_role("link", name="Zurückziehen", exact=True).click()
    expect(approver.locator("h1")).to_have_text(f"„{title}“ zurückziehen?")
    assert violations(approver) == []
    approver.click("text=Jetzt zurückziehen")
    wait_for(approver, "Auf der Website nicht mehr zu sehen")
    gone = page.goto(link)
    assert gone is not None
    assert gone.status == 410


def _check(file: Path) -> int:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "STADTNAH_DATA": str(file.parent)}
    command = [sys.executable, "-m", "stadtnah", "check", "proof", str(file)]
    return subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True).returncode
