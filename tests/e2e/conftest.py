"""A real cell, started as a newcomer starts it, and a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Response,
    TimeoutError,  # noqa: A004 - Playwright's own
    expect,
    sync_playwright,
)

from tools.installed import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
PASSWORD = "stadtnah-demo"
_FAILED = 500
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


WIDTHS = (390, 1280)
# A story is walked at one width, half of them on a phone. Every screen, kind of page and template is looked at in both: by the
# tests of screens, pages, keyboard and search.
STORIES = frozenset(
    f"test_{name}"
    for name in (
        *("basket", "blog", "desk_states", "forwardings", "handing_in", "languages", "membersites"),
        *("offices", "press_and_home", "services", "steps"),
    )
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out each story's other width."""
    other = [item for item in items if _at_the_other_width(item)]
    if other:
        config.hook.pytest_deselected(items=other)
        left_out = set(other)
        items[:] = [item for item in items if item not in left_out]


def _at_the_other_width(item: pytest.Item) -> bool:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if item.path.parent != ROOT / "tests" / "e2e" or item.path.stem not in STORIES or "page" not in params:
        return False
    name = item.originalname if isinstance(item, pytest.Function) else item.name
    return bool(params["page"] != WIDTHS[crc32(name.encode()) % len(WIDTHS)])


@dataclass(frozen=True)
class Cell:
    """A running demo."""

    base: str
    data: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _healthy(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/-/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cell]:
    data, port = tmp_path_factory.mktemp("cell"), _free_port()
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
    env = {**keep, "STADTNAH_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [
        sys.executable,
        "-m",
        "stadtnah",
        "demo",
        "--port",
        str(port),
        "--archiv",
        "14",
        "--abos",
        "60",
    ]
    log = (data / "log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    base = f"http://localhost:{port}"
    try:
        for _ in range(1200):
            if _healthy(base):
                break
            assert process.poll() is None, (data / "log").read_text()
            try:
                process.wait(0.25)
            except subprocess.TimeoutExpired:
                continue
        assert _healthy(base), (data / "log").read_text()
        yield Cell(base, data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser of the test's own: one kept open would leave its event loop to the database tests that follow."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        yield running
        running.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, cell: Cell) -> Iterator[Page]:
    """A fresh visitor. Any request to another origin fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 844}, locale="de-DE")
    shown = context.new_page()
    wrong = watched(shown, cell)
    before = (cell.data / "log").stat().st_size
    yield shown
    context.close()
    assert wrong == [], said(cell, before)


def said(cell: Cell, since: int) -> str:
    """What the cell wrote to its log from byte `since` on: the reason of a failed answer stands there alone."""
    with (cell.data / "log").open(encoding="utf-8", errors="replace") as log:
        log.seek(since)
        return log.read()[-8000:]


@pytest.fixture
def approver(page: Page, browser: Browser, cell: Cell) -> Iterator[Page]:
    """Whoever releases for the municipality, signed in on a screen of the same size."""
    context = browser.new_context(
        viewport=page.viewport_size or {"width": 390, "height": 844}, locale="de-DE"
    )
    shown = context.new_page()
    wrong = watched(shown, cell)
    sign_in(shown, cell, "freigabe")
    yield shown
    context.close()
    assert wrong == []


def watched(page: Page, cell: Cell) -> list[str]:
    """Collects what must not happen: a foreign request, a missing style, a failed answer, a script that fails or is stopped."""
    wrong: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((cell.base, "data:", "blob:")) else wrong.append(r.url),
    )
    page.on("response", lambda r: None if r.ok or not _dresses(r) else wrong.append(f"{r.status} {r.url}"))
    page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status == _FAILED else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if _stopped_by_policy(line) else None)
    return wrong


def _dresses(response: Response) -> bool:
    """Whether it is a style or a script; kept ones are answered with 304."""
    return response.request.resource_type in {"stylesheet", "script", "font"} and response.status != 304


def _stopped_by_policy(line: ConsoleMessage) -> bool:
    """Whether the page's own code was stopped; what axe tries, sent in by the debugger, has no address."""
    return "Content Security Policy" in line.text and bool(line.location.get("url"))


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands (WCAG 2.2 AA and best practice)."""
    # Evaluated over the debugger, as the page's own policy forbids foreign scripts.
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [
        f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"] if not _tooltip(v["id"], n["html"])
    ]


def _tooltip(rule: str, html: str) -> bool:
    """A tooltip belongs to the control under the pointer (aria-describedby), wherever it stands in the document."""
    return rule == "region" and html.startswith("<div data-tippy-root")


def sign_in(page: Page, cell: Cell, who: str) -> None:
    """Signs in at the desk."""
    page.goto(f"{cell.base}/desk/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{cell.base}/desk/")


def titled(page: Page, words: str) -> str:
    """A title of this test and this width alone."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    return f"{words} ({width})"


def write(page: Page, cell: Cell, title: str) -> None:
    """Writes a message from nothing: title, summary, one paragraph; ends at the channels."""
    page.goto(f"{cell.base}/desk/meldung/neu/")
    page.fill("#id_title", title)
    page.fill("#id_teaser", "Am Wasserturm gibt es Führungen für alle, die mögen.")
    page.locator("[data-streamfield-stream-container] .c-sf-add-button").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Der Verein lädt alle ein. Der Eintritt ist frei.")
    taken_over(page, "Der Eintritt ist frei.")
    save(page)


def taken_over(page: Page, text: str) -> None:
    """Waits until the rich text editor has handed these words to the form, as somebody does who reads once more."""
    page.wait_for_function(
        "text => [...document.querySelectorAll('[name^=body-][name$=-value]')].some(f => f.value.includes(text))",
        arg=text,
    )


def save(page: Page) -> None:
    """Saves in the editor and goes on to the channels."""
    page.click("footer button:has-text('Speichern und ')")
    page.wait_for_url("**/kanaele/")


def hand_in(page: Page, *channels: str) -> str:
    """Switches channels on and lays the message before the municipality; the address of the request."""
    for account in channels:
        page.check(f"[name=on-{account}]")
    page.click("button[value=submit]")
    try:
        page.wait_for_url("**/freigabe/**")
    except TimeoutError:
        raise AssertionError(f"{page.url}: {page.inner_text('main')[:1500]}") from None
    return page.url


def wait_for(page: Page, text: str, seconds: float = 180) -> None:
    """The proof page renews itself while a message is on its way."""
    expect(page.locator("#stand")).to_contain_text(text, timeout=seconds * 1000)


def release(approver: Page, request: str, says: str = "Auf allen Kanälen angekommen") -> str:
    """Releases at once and waits until it is out; the address of the proof."""
    approver.goto(request)
    approver.click("text=Jetzt freigeben")
    approver.wait_for_url("**/nachweis/")
    wait_for(approver, says)
    return approver.url
