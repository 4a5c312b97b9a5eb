"""The baked pages in a real browser: accessible, quiet towards others, usable without JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.serve import StoreFirst
from tests.surfaces.website.blocks_shown import blocks_with
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page
from tools.installed import CHROMIUM

AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text()
_RUN = "async () => (await axe.run({resultTypes: ['violations']})).violations.map(v => [v.id, v.nodes.map(n => n.html)])"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db,
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def site(town: Town, picture: Picture) -> Iterator[str]:
    blocks = (
        Block(
            "text", html='<p>Ein <a href="/impressum/">Verweis</a>.</p><h3>Klein</h3><ul><li>eins</li></ul>'
        ),
        Block("heading", title="Was gilt"),
        Block("picture", picture=picture),
        Block("quote", title="Die Bürgermeisterin", html="<p>Endlich.</p>"),
        Block("callout", title="Wichtig", html="<p>Bitte beachten.</p>"),
        Block("contact", rows=(("Telefon", "069 90009 100"), ("E-Mail", "rathaus@beispielau.example"))),
        Block("table", title="Zahlen", rows=(("Jahr", "Euro"), ("2027", "14,2 Millionen"))),
        *blocks_with(picture),
        Block("callout", title="Jetzt", html='<p>Ins <a href="/">Haus</a>.</p>', style="danger"),
    )
    rich = message(
        1,
        hero=picture,
        blocks=blocks,
        place="Altstadt",
        valid_from="2026-11-30T07:00",
        valid_until="2026-12-18",
    )
    publish.put_live(rich, DIGEST)
    publish.put_live(message(1, title="Berichtigt", hero=picture, blocks=blocks, place="Altstadt"), OTHER)
    for number in range(2, 16):
        publish.put_live(message(number, category="umwelt", category_label="Umwelt"), DIGEST)
    publish.put_live(page("impressum", blocks=blocks), DIGEST)
    publish.withdraw(message(15).object_key)
    publish.settle()
    yield from served_by_store()


def served_by_store() -> Iterator[str]:
    """The page store on a free port, with everything behind it down."""
    server = make_server("127.0.0.1", 0, StoreFirst(_down, ["127.0.0.1"]), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _down(environ: Any, start: Any) -> Any:
    raise RuntimeError("Django is down")


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # imported late: most runs need no browser

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


PAGES = [
    "/",
    "/en/",
    "/aktuelles/",
    "/aktuelles/seite/2/",
    "/aktuelles/rubrik/umwelt/",
    "/aktuelles/archiv/",
    "/aktuelles/2026/meldung-1/",
    "/en/aktuelles/2026/meldung-1/",
    "/aktuelles/2026/meldung-15/",
    "/impressum/",
    "/fehlt/",
    "/newsletter/",
]


def test_every_page_is_accessible_and_asks_nobody_else(site: str, browser: Any) -> None:
    for width, scheme in ((390, "light"), (1280, "dark"), (1280, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        tab = context.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("console", lambda line, seen=complaints: seen.append(line.text))
        for path in PAGES:
            tab.goto(site + path)
            tab.evaluate(AXE)
            assert tab.evaluate(_RUN) == [], (path, width, scheme)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert [url for url in asked if not url.startswith((site, "data:"))] == []
        assert context.cookies() == []
        assert [line for line in complaints if "Content Security Policy" in line] == []
        context.close()


def test_a_page_broken_on_purpose_is_found(site: str, browser: Any) -> None:
    tab = browser.new_page()
    tab.goto(site + "/")
    tab.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\"><button></button>')"
    )
    tab.evaluate(AXE)
    assert {found[0] for found in tab.evaluate(_RUN)} >= {"image-alt", "button-name"}


def test_without_javascript_the_menu_opens_and_the_way_leads_to_a_message(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(site + "/")
    tab.get_by_text("Menü", exact=True).click()
    tab.locator(".menu__nav").get_by_role("link", name="Aktuelles").click()
    tab.get_by_role("link", name="Meldung 14: Brücke wieder frei").click()
    assert tab.get_by_role("heading", level=1).inner_text().startswith("Meldung 14")
    tab.get_by_role("link", name="English").click()
    assert tab.url == f"{site}/en/aktuelles/2026/meldung-14/"
    assert tab.get_by_role("button", name="Copy link").count() == 0
    context.close()


def test_at_320_pixels_and_400_percent_nothing_runs_out_of_the_page(site: str, browser: Any) -> None:
    # 1280 pixels at 400 % are 320 CSS pixels (WCAG 2.2, 1.4.10).
    context = browser.new_context(viewport={"width": 320, "height": 256})
    tab = context.new_page()
    for path in PAGES:
        tab.goto(site + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_the_keyboard_reaches_the_content_first(site: str, browser: Any) -> None:
    tab = browser.new_page()
    tab.goto(site + "/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")
