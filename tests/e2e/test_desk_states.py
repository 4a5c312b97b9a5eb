"""Screens of the desk in the states that only deeds bring about: accessible in light and dark, on 320 px as at 400 % zoom, and by keyboard."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, ROOT, Cell, save, sign_in, titled, violations
from tests.e2e.keyboard import missed
from tests.e2e.test_pages import NARROW
from tests.surfaces.website.moving_in.site import old_town

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def faults(page: Page) -> list[str]:
    """What is wrong with the screen as it stands."""
    before = page.viewport_size or NARROW
    page.emulate_media(reduced_motion="reduce")
    found = [f"keyboard, {name}: {said}" for name, said in missed(page).items()]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type,unused-ignore]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type,unused-ignore]
        found += [f"{scheme}: {said}" for said in violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than the screen")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
    return found


def wrong(page: Page, cell: Cell, paths: Iterable[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        answer = page.goto(cell.base + path)
        assert answer is not None
        assert answer.status == 200, path
        found[path] = faults(page)
    return {path: said for path, said in found.items() if said}


def first_link(page: Page, cell: Cell, path: str, part: str) -> str:
    page.goto(cell.base + path)
    found = page.locator(f"main a[href*='{part}']").first.get_attribute("href")
    assert found, f"no link to {part} on {path}"
    return found


def test_reports_rights_and_languages(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "freigabe")
    rights = first_link(page, cell, "/desk/einwilligungen/", "/rechte/")
    versions = first_link(page, cell, "/desk/uebersetzungen/?sprache=en", "/fassungen/")
    shown = (
        "/desk/qualitaet/barrierefreiheit/", "/desk/qualitaet/aktualitaet/", "/desk/qualitaet/aktualitaet/?q=a",
        "/desk/einwilligungen/", rights, rights.replace("/rechte/", "/einwilligung/"), "/desk/uebersetzungen/?sprache=en",
        versions, versions.replace("/fassungen/", "/suchmaschinen/"), "/desk/freigaben/korb/",
    )  # fmt: skip
    assert wrong(page, cell, shown) == {}
    page.context.clear_cookies()
    sign_in(page, cell, "agentur")
    version = first_link(page, cell, "/desk/uebersetzungen/?sprache=en", "/desk/fassung/")
    assert wrong(page, cell, [version, "/desk/seiten/geaendert/"]) == {}
    page.context.clear_cookies()
    sign_in(page, cell, "admin")
    assert wrong(page, cell, ["/desk/qualitaet/einstellungen/", "/desk/sprachen/"]) == {}


def test_an_old_website_from_the_proposal_to_the_report(page: Page, cell: Cell, tmp_path: Path) -> None:
    host = f"www.altenau-{(page.viewport_size or NARROW)['width']}.example"
    for path, html in old_town._pages().items():
        file = tmp_path / path.strip("/") / ("index.html" if path.endswith("/") else "")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html.encode("latin-1", "xmlcharrefreplace"))
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "STADTNAH_DATA": str(cell.data)}
    command = [
        sys.executable, "-m", "stadtnah", "import", "site", str(tmp_path), "--adresse", f"https://{host}", "--nur-bericht",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/uebernahme/")
    page.get_by_role("link", name=re.compile(re.escape(host))).first.click()
    expect(page.locator("main")).to_contain_text("wartet auf Ihre Auswahl")
    assert faults(page) == []
    page.get_by_role("button", name="Ausgewählte Seiten übernehmen").click()
    expect(page.locator("main")).to_contain_text("Übernommen:", timeout=60_000)
    assert faults(page) == []
    page.goto(f"{cell.base}/desk/qualitaet/")
    expect(page.locator("main")).to_contain_text("Diese Seite gibt es nicht")
    assert faults(page) == []


def test_the_way_to_the_second_factor_and_back_to_the_basket(page: Page, approver: Page, cell: Cell) -> None:
    """A factor is set up in one session; the other has none yet, and is asked when it releases."""
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/seiten/")
    page.get_by_role("link", name="Geschichte der Stadt", exact=True).first.click()
    page.fill("#id_teaser", titled(page, "Von der Furt zur Stadt."))
    save(page)
    page.goto(f"{cell.base}/desk/seiten/geaendert/")
    page.get_by_role("button", name="Ausgewählte Seiten zur Freigabe geben").click()
    page.context.clear_cookies()
    sign_in(page, cell, "freigabe")
    codes = factor(page, cell)
    try:
        approver.goto(f"{cell.base}/desk/freigaben/korb/")
        approver.get_by_role("button", name="Ausgewählte Änderungen freigeben").click()
        expect(approver.locator("h1")).to_contain_text("Bitte bestätigen Sie, dass Sie es sind")
        assert faults(approver) == []
        approver.fill("[name=code]", "000000")
        approver.click("main button[type=submit]")
        expect(approver.locator("main")).to_contain_text("Der Code stimmt nicht")
        assert faults(approver) == []
        approver.fill("[name=code]", codes[0])
        approver.click("main button[type=submit]")
        approver.wait_for_url("**/freigaben/korb/")
        expect(approver.get_by_role("status")).to_contain_text("ausgeführt ist noch nichts")
        assert faults(approver) == []
        approver.get_by_role("button", name="Ausgewählte Änderungen freigeben").click()
        expect(approver.get_by_role("status").first).to_contain_text("freigegeben")
    finally:
        page.goto(f"{cell.base}/konto/2fa/totp/deactivate/")
        page.click("main form button[type=submit]")
        expect(page.locator("main")).to_contain_text("Noch keine Authenticator-App eingerichtet")


def factor(page: Page, cell: Cell) -> list[str]:
    """Sets one up; the codes for the day the phone is lost."""
    page.goto(f"{cell.base}/konto/2fa/")
    assert faults(page) == []
    page.goto(f"{cell.base}/konto/2fa/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    assert faults(page) == []
    found = re.search(r"\b[A-Z2-7]{32}\b", page.content())
    assert found
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    page.fill("[name=code]", str(totp.format_hotp_value(totp.hotp_value(found[0], counter))))
    page.click("main button[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    assert faults(page) == []
    return page.locator("main textarea").input_value().split()
