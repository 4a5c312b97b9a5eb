"""Takes the pictures of the README from a running demo (make demo; PORT= or STADTNAH_BASE_URL= name another one).

Each is cut to one screen, reduced to a palette and kept below 200 kB.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

BASE = os.environ.get("STADTNAH_BASE_URL") or f"http://localhost:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
PASSWORD = "stadtnah-demo"
WIDE, NARROW = (1280, 860), (390, 844)
MARGIN = 56
PAPER = (794 - 2 * MARGIN, 1123 - 2 * MARGIN)  # A4 at 96 dots per inch
LARGEST = 200_000  # bytes


def main() -> int:
    """Takes all of them; 1 when one could not be taken."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        options = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for name, who, size, steps in SHOTS:
            try:
                _take(browser, name, who, size, steps)
            except Exception as problem:  # noqa: BLE001 - one missing page must not keep the others from being taken
                failed.append(f"{name}: {str(problem).splitlines()[0]}")
        browser.close()
    for line in failed:
        print(f"✗ {line}", file=sys.stderr)
    return bool(failed)


def _take(
    browser: Browser, name: str, who: str, size: tuple[int, int], steps: Callable[[Page], None]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="de-DE",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    if who:
        _sign_in(page, who)
    steps(page)
    page.wait_for_load_state("networkidle")
    data = _small(page.screenshot(animations="disabled"), MARGIN if size == PAPER else 0)
    (FOLDER / f"{name}.png").write_bytes(data)
    print(f"{name}.png  {len(data) // 1000} kB")
    context.close()


def _sign_in(page: Page, who: str) -> None:
    page.goto(f"{BASE}/konto/login/")
    page.fill("input[name=login]", f"{who}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url(re.compile(r"/desk/"))


def _small(png: bytes, margin: int) -> bytes:
    """The picture with as many colours as fit below the limit."""
    image = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), margin, "white")
    for colours in (256, 128, 64, 32, 16):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    return out.getvalue()


def _open(path: str) -> Callable[[Page], None]:
    return lambda page: _go(page, path)


def _go(page: Page, path: str) -> None:
    answer = page.goto(f"{BASE}{path}")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{path} antwortet mit {answer.status if answer else 'nichts'}")


def _follow(path: str, link: str) -> Callable[[Page], None]:
    """Opens the first link on `path` whose address contains `link`."""

    def steps(page: Page) -> None:
        _go(page, path)
        target = page.locator(f"a[href*='{link}']").first.get_attribute("href")
        _go(page, target or "")

    return steps


def _printed(path: str) -> Callable[[Page], None]:
    """The page as it comes out of a printer."""

    def steps(page: Page) -> None:
        page.emulate_media(media="print")
        _go(page, path)

    return steps


def _proof(page: Page) -> None:
    """The proof of a message that went to every channel."""
    _go(page, "/desk/meldungen/?status=delivered&q=Weide+steigt")
    _go(page, page.locator("a[href*='/nachweis/']").first.get_attribute("href") or "")


def _where(page: Page) -> None:
    """The release view at the channels, as they will look."""
    _follow("/desk/freigaben/", "/desk/freigabe/")(page)
    page.evaluate("document.querySelectorAll('.channel')[3].open = true")
    page.evaluate("document.getElementById('wohin').scrollIntoView()")


def _channels(page: Page) -> None:
    """The editor's last step: channels and their previews."""
    _go(page, "/desk/meldungen/?status=delivered&q=Weide+steigt")
    proof = page.locator("a[href*='/nachweis/']").first.get_attribute("href") or ""
    _go(page, proof.replace("/nachweis/", "/kanaele/"))


def _next_month(page: Page) -> None:
    """The calendar's month that is full: this one may be nearly over."""
    _follow("/veranstaltungen/", "/veranstaltungen/monat/")(page)
    page.locator("a[rel=next]").click()


SHOTS: tuple[tuple[str, str, tuple[int, int], Callable[[Page], None]], ...] = (
    ("website", "", WIDE, _open("/")),
    ("website-telefon", "", NARROW, _open("/")),
    ("dienstleistung", "", WIDE, _open("/dienstleistungen/personalausweis/")),
    ("dienstleistung-telefon", "", NARROW, _open("/dienstleistungen/personalausweis/")),
    ("dienstleistung-druck", "", PAPER, _printed("/dienstleistungen/personalausweis/")),
    ("suche", "", WIDE, _open("/suche/?q=sperrm%C3%BCll")),
    ("veranstaltungen", "", WIDE, _next_month),
    ("meldung", "", WIDE, _follow("/aktuelles/", "/aktuelles/20")),
    ("uebersetzungen", "agentur", WIDE, _open("/desk/uebersetzungen/?sprache=en")),
    ("redaktion", "agentur", WIDE, _open("/desk/")),
    ("freigabe", "freigabe", WIDE, _follow("/desk/freigaben/", "/desk/freigabe/")),
    ("freigabe-telefon", "freigabe", NARROW, _follow("/desk/freigaben/", "/desk/freigabe/")),
    ("freigabe-kanaele", "freigabe", WIDE, _where),
    ("kanaele", "agentur", WIDE, _channels),
    ("nachweis", "freigabe", WIDE, _proof),
    ("postfach", "", WIDE, _open("/-/mailbox/")),
)

if __name__ == "__main__":
    sys.exit(main())
