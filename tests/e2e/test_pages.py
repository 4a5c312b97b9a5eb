"""One page of every kind the sitemap knows: accessible in light and dark, on 320 px as at 400 % zoom, and nothing cut off."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import httpx
import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Cell, violations, watched

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
BESIDE = (
    "/suche/?q=ausweis", "/suche/?q=xyzxyz", "/gibt-es-nicht/", "/newsletter/", "/nachricht/", "/barriere-melden/", "/en/", "/en/aktuelles/",
    "/aktuelles/archiv/", "/aktuelles/seite/2/", "/aktuelles/rubrik/verkehr/", "/blog/archiv/", "/en/blog/",
    "/uk/", "/ar/dienstleistungen/wohnsitz/", "/leicht/", "/leicht/dienstleistungen/wohnsitz/", "/en/dienstleistungen/hundesteuer/",
)  # fmt: skip
NARROW = {"width": 320, "height": 256}  # 1280 x 1024 at 400 % (WCAG 2.2, 1.4.10)


def of_each_kind(base: str) -> list[str]:
    """The first and the last address of each sitemap, and what no sitemap names."""
    with httpx.Client(base_url=base) as client:
        maps = [e.text or "" for e in ET.fromstring(client.get("/sitemap.xml").content).iter(LOC)]
        found = [[e.text or "" for e in ET.fromstring(client.get(one).content).iter(LOC)] for one in maps]
    ends = {address for addresses in found for address in (addresses[0], addresses[-1])}
    return sorted(ends | {base + path for path in BESIDE})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_holds(browser: Browser, cell: Cell, scheme: str) -> None:
    context = browser.new_context(viewport=NARROW, locale="de-DE", color_scheme=scheme)  # type: ignore[arg-type,unused-ignore]
    page = context.new_page()
    wrong = watched(page, cell)
    addresses = of_each_kind(cell.base)
    assert len(addresses) > 20
    found = {}
    for address in addresses:
        page.goto(address)
        cut = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[address] = [*violations(page), *(["wider than the screen"] if cut else [])]
    assert {address: said for address, said in found.items() if said} == {}
    assert wrong == []
    assert context.cookies() == []
    context.close()
