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

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "stadtnah-demo"
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


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
    command = [sys.executable, "-m", "stadtnah", "demo", "--port", str(port), "--archiv", "14"]
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
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium ist nicht eingerichtet (ohne root richtet make test es nicht ein).")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        yield running
        running.close()


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, cell: Cell) -> Iterator[Page]:
    """A fresh visitor. Any request to another origin fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 844}, locale="de-DE")
    shown = context.new_page()
    foreign: list[str] = []
    shown.on(
        "request",
        lambda r: None if r.url.startswith((cell.base, "data:", "blob:")) else foreign.append(r.url),
    )
    yield shown
    context.close()
    assert foreign == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands (WCAG 2.2 AA and best practice)."""
    # Evaluated over the debugger, as the page's own policy forbids foreign scripts.
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]


def sign_in(page: Page, cell: Cell, who: str) -> None:
    """Signs in at the desk."""
    page.goto(f"{cell.base}/desk/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{cell.base}/desk/")
