"""A walk through a page with the Tab key alone, and what somebody who walks so would miss (WCAG 2.2: 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

STOPS = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], video[controls]"
)
SKIPS = ("Zum Inhalt springen", "Skip to content")
PARTS = 10  # stops within a film's controls, or a field for a day and a time
MOST = 260  # presses; a walk longer than this is caught in a trap

# What stands under the focus: which of the page's stops it is, whether it can be seen, whether the focus itself can.
HERE = """async stops => {
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));  // by then it has scrolled there
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
    parts: at.tagName === 'VIDEO' || ['date', 'time', 'datetime-local'].includes(at.type),
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
    inside = 0
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE, STOPS)
        if here is not None and here["number"] == last and here["parts"] and inside < PARTS:
            inside += 1
            continue
        assert here is None or here["number"] != last, f"the keyboard is caught at {here['said']}"
        if here is None or here["number"] == first:
            return
        inside = 0
        last = here["number"]
        first = last if first is None else first
        yield here
    raise AssertionError("the keyboard is caught in a circle")


def missed(page: Page) -> dict[str, list[str]]:
    """What is wrong with the walk; empty when everything is reached once, in the order of the page, and seen."""
    wanted = dict(page.evaluate(REACHABLE, STOPS))
    walk = list(walked(page))
    numbers = {stop["number"] for stop in walk}
    found = {
        "hidden": [stop["said"] for stop in walk if not stop["seen"] or stop["covered"]],
        "no ring": [stop["said"] for stop in walk if not stop["ring"]],
        "out of order": [
            f"{a['said']} > {b['said']}" for a, b in pairwise(walk) if b["number"] < a["number"]
        ],
        "never reached": [said for number, said in wanted.items() if number not in numbers],
        "no skip link": [stop["said"] for stop in walk[:1] if stop["said"] not in SKIPS],
    }
    return {name: said for name, said in found.items() if said}
