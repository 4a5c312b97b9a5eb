"""Each kind of page on paper: the text and where its links lead, without what leads around the website; nothing cut off, nothing white on white."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Cell, watched
from tests.e2e.test_pages import of_each_kind

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
A4 = {"width": 794 - 128, "height": 1123}  # CSS pixels without the margins
BESIDE = (
    "/blog/", "/blog/2026/was-ist-eine-umlage/", "/presse/", "/glossar/", "/projekte/", "/steinbach/", "/steinbach/ortsbeirat/", "/orte/",
    "/ueber-erlenfurt/", "/ueber-erlenfurt/geschichte/", "/aemter/buergerbuero/", "/dienstleistungen/wohnsitz/", "/uk/dienstleistungen/wohnsitz/",
)  # fmt: skip

# What can be read on the screen, by the place in the document; what leads around and what is asked is left out.
READ = """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, li, td, th, dt, dd, figcaption, summary, blockquote)')]
  .filter(e => !e.closest('nav, form, button, .page-foot, .share, .chips, .contents, .section-nav, .beside, .more, .call, .message__cat, .opening__now, .reach__map, .list__archive, .section__all, .event__file, .events-find, section:has(> .quick)'))
  .map((e, at) => [e, at])"""
SHOWN = f"({READ})().filter(([e]) => e.checkVisibility() && e.textContent.trim()).map(([e, at]) => at)"
FAULTS = f"""texts => {{
  const said = e => e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60);
  const seen = e => e.checkVisibility({{contentVisibilityAuto: true}}) && e.getClientRects().length;
  const faults = [];
  for (const e of document.querySelectorAll('nav, form, button, input, select, .share, .page-foot, .skip'))
    if (seen(e)) faults.push(`still there: ${{e.tagName}} ${{e.className}}`);
  const all = ({READ})();
  for (const at of texts) if (!seen(all[at][0])) faults.push(`text gone: ${{all[at][0].tagName}} ${{said(all[at][0])}}`);
  for (const a of document.querySelectorAll('.prose a, .service__do a')) {{
    const to = a.getAttribute('href') || '';
    if (!seen(a) || !/^(https?:|\\/)/.test(to)) continue;
    const told = getComputedStyle(a, '::after').content;
    if (!told.includes(to) || !/https?:/.test(told)) faults.push(`no address: ${{said(a)}} ${{told}}`);
  }}
  const light = c => {{
    const [r, g, b, a = 1] = c.match(/[\\d.]+/g).map(Number);
    const one = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return (0.2126 * one(r) + 0.7152 * one(g) + 0.0722 * one(b)) * a + 1 - a;
  }};
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {{
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('.kern-sr-only, script, style, svg')) continue;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    if (1.05 / (light(style.color) + 0.05) < 4.5) faults.push(`too light: ${{style.color}} ${{said(e)}}`);
    if (box.right > innerWidth + 1 || box.left < -1) faults.push(`beyond the paper: ${{said(e)}}`);
    if (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) faults.push(`cut off: ${{said(e)}}`);
  }}
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the paper');
  return [...new Set(faults)];
}}"""


def on_paper(page: Page) -> list[str]:
    page.emulate_media(media="screen")
    texts = page.evaluate(SHOWN)
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(FAULTS, texts)
    return found + ([] if page.pdf(format="A4").startswith(b"%PDF") else ["no PDF"])


def test_each_kind_of_page_can_be_printed(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(viewport=A4, locale="de-DE", color_scheme="dark")  # type: ignore[arg-type] # two numbers
    page = context.new_page()
    wrong = watched(page, cell)
    addresses = sorted({*of_each_kind(cell.base), *(cell.base + path for path in BESIDE)})
    faults = {}
    for address in addresses:
        page.goto(address)
        if said := on_paper(page):
            faults[address.removeprefix(cell.base)] = said[:8]
    assert faults == {}
    assert wrong == []
    context.close()


def test_what_would_be_wrong_on_paper_is_seen(browser: Browser, cell: Cell) -> None:
    context = browser.new_context(viewport=A4, locale="de-DE")  # type: ignore[arg-type] # two numbers
    page = context.new_page()
    page.goto(f"{cell.base}/ueber-erlenfurt/geschichte/")
    assert on_paper(page) == []
    style = (
        "h1 { color: #fff !important } .prose td { display: none } .prose a::after { content: none !important }"
        ".nav { display: block !important } .prose table { width: 1400px !important }"
    )
    page.emulate_media(media="screen")
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets.push(sheet) }",
        f"@media print {{ {style} }}",
    )
    said = " ".join(on_paper(page))
    for fault in ("too light", "text gone: TD", "no address", "still there: NAV", "wider than the paper"):
        assert fault in said
    context.close()
