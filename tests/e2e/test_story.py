"""The story in a real browser, on a phone and on a screen: written, released, out, proved, withdrawn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Cell, sign_in, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
PUBLIC = ["/", "/aktuelles/", "/impressum/", "/datenschutz/", "/newsletter/", "/gibt-es-nicht/"]


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


def _title(page: Page) -> str:
    width = page.viewport_size["width"] if page.viewport_size else 0
    return f"Wasserturm öffnet für Gäste ({width})"


def _write(page: Page, cell: Cell) -> None:
    """Takes one of the demo's drafts, gives it a title of its own, saves it in the editor."""
    page.goto(f"{cell.base}/desk/meldungen/?status=draft")
    page.locator(".rows__title", has_not_text="Wasserturm").first.click()
    page.fill("#id_title", _title(page))
    page.click("footer button:has-text('speichern')")
    page.wait_for_url("**/kanaele/")


def _wait(page: Page, text: str, seconds: float = 60) -> None:
    """The proof page renews itself while it is running; a reload asks at once."""
    until = time.monotonic() + seconds
    while page.locator(f"#stand >> text={text}").count() == 0:
        assert time.monotonic() < until, page.locator("#stand").inner_text()
        page.wait_for_timeout(500)
        page.reload()


def test_write_release_prove_withdraw(page: Page, browser: Browser, cell: Cell) -> None:
    sign_in(page, cell, "agentur")
    assert violations(page) == []
    _write(page, cell)
    for account in ("mastodon", "bluesky"):
        page.check(f"[name=on-{account}]")
    page.click("button[value=preview]")
    expect(page.locator("#rest-mastodon")).to_contain_text("frei")
    assert violations(page) == []
    page.fill("[name=note]", "Bitte heute noch.")
    page.click("button[value=submit]")
    page.wait_for_url("**/freigabe/**")
    request = page.url

    second = browser.new_context(viewport=page.viewport_size or {"width": 390, "height": 844}, locale="de-DE")
    approver = second.new_page()
    sign_in(approver, cell, "freigabe")
    approver.goto(request)
    expect(approver.locator("h1")).to_have_text(_title(page))
    assert violations(approver) == []
    approver.click("text=Jetzt freigeben")
    approver.wait_for_url("**/nachweis/")
    _wait(approver, "Auf allen Kanälen angekommen")
    assert violations(approver) == []
    proof = approver.url

    link = approver.locator("#stand a[href*='/aktuelles/']").first.get_attribute("href") or ""
    page.goto(link)
    expect(page.locator("h1")).to_have_text(_title(page))
    for feed in ("atom.xml", "rss.xml", "feed.json"):
        assert _title(page) in page.request.get(f"{cell.base}/feeds/{feed}").text()

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
    approver.click("text=Zurückziehen")
    _wait(approver, "Auf der Website nicht mehr zu sehen")
    gone = page.goto(link)
    assert gone is not None
    assert gone.status == 410
    second.close()


def _check(file: Path) -> int:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "STADTNAH_DATA": str(file.parent)}
    command = [sys.executable, "-m", "stadtnah", "check", "proof", str(file)]
    return subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True).returncode
