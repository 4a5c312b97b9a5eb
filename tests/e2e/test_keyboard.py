"""Each template of the public site walked through with the keyboard alone (WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TEMPLATES = {
    "home": "/",
    "news": "/aktuelles/",
    "message": r"/aktuelles/\d{4}/[^/]+/",
    "services": "/dienstleistungen/",
    "service": "/dienstleistungen/personalausweis/",
    "offices": "/aemter/",
    "office": r"/aemter/[^/]+/",
    "search": "/suche/?q=ausweis",
    "contact": "/nachricht/",
    "newsletter": "/newsletter/",
    "imprint": "/impressum/",
    "not found": "/gibt-es-nicht/",
}
STOPS = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], video[controls]"
)
MOST = 260  # presses; a walk longer than this is caught in a trap

# What stands under the focus: which of the page's stops it is, whether it can be seen, whether the focus itself can.
HERE = """stops => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const all = [...document.querySelectorAll(stops)];
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const ring = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none';
  const frames = [at, at.parentElement, at.nextElementSibling, at.closest('article, li')].filter(Boolean);
  const around = frames.some((e) => ring(getComputedStyle(e))) || ring(getComputedStyle(at, '::after'));
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {
    number: all.indexOf(at),
    said: (at.getAttribute('aria-label') || at.innerText || at.name || at.id || at.tagName).trim().slice(0, 60),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && style.visibility === 'visible',
    covered: !!middle && !at.contains(middle) && !middle.contains(at) && getComputedStyle(middle).position === 'fixed',
    ring: around,
  };
}"""
REACHABLE = """stops => [...document.querySelectorAll(stops)]
  .map((e, number) => ({e, number}))
  .filter(({e}) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('[inert], .honey'))
  .filter(({e}) => e.type !== 'radio' || e.checked || !document.querySelector(`[name="${e.name}"]:checked`))
  .map(({e, number}) => [number, (e.innerText || e.name || e.id || '').trim().slice(0, 60)])"""


def walked(page: Page) -> Iterator[dict[str, Any]]:
    """Presses Tab until the page is left; without a window of its own the browser begins again at once."""
    first = last = None
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE, STOPS)
        assert here is None or here["number"] != last, f"the keyboard is caught at {here['said']}"
        if here is None or here["number"] == first:
            return
        last = here["number"]
        first = last if first is None else first
        yield here
    raise AssertionError("the keyboard is caught in a circle")


def opened(page: Page, cell: Cell, template: str) -> None:
    path = TEMPLATES[template]
    if "[" in path:
        listing = httpx.get(cell.base + path.split("\\d")[0].split("[")[0]).text
        found = re.search(f'href="({path})"', listing)
        assert found, f"no page for {template}"
        path = found[1]
    page.emulate_media(reduced_motion="reduce")  # what glides into place is measured where it ends
    page.goto(cell.base + path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_everything_is_reached_in_order_and_seen(page: Page, cell: Cell, template: str) -> None:
    opened(page, cell, template)
    wanted = dict(page.evaluate(REACHABLE, STOPS))
    walk = list(walked(page))
    assert walk[0]["said"] == "Zum Inhalt springen"
    assert [stop for stop in walk if not stop["seen"] or stop["covered"]] == []
    assert [stop["said"] for stop in walk if not stop["ring"]] == []
    numbers = [stop["number"] for stop in walk]
    back = [(a["said"], b["said"]) for a, b in pairwise(walk) if b["number"] < a["number"]]
    assert back == [], "the order of the keyboard is not that of the page"
    assert [said for number, said in wanted.items() if number not in numbers] == []


def test_the_first_stop_skips_the_head(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/aktuelles/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_menu_opens_and_closes_with_keys(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/")
    wide = bool(page.viewport_size and page.viewport_size["width"] > 1000)
    menu = page.locator("details.sub" if wide else "details.menu").first
    menu.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details[open]') !== null")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_what_is_wrong_would_be_found(page: Page, cell: Cell) -> None:
    page.goto(f"{cell.base}/")
    page.evaluate("document.querySelector('main a').tabIndex = -1")
    page.evaluate("document.querySelector('footer a').tabIndex = 1")
    page.evaluate("document.querySelector('footer a').style.cssText = 'outline: none !important'")
    wanted = dict(page.evaluate(REACHABLE, STOPS))
    walk = list(walked(page))
    numbers = [stop["number"] for stop in walk]
    assert numbers != sorted(numbers)
    assert set(wanted) - set(numbers)
    assert [stop for stop in walk if not stop["ring"]]
    page.evaluate("addEventListener('keydown', e => e.key === 'Tab' && e.preventDefault())")
    page.locator("main a").nth(1).focus()
    with pytest.raises(AssertionError, match="is caught"):
        list(walked(page))
