"""The public site before judges that others wrote: the Nu HTML checker, a validator of structured data, Lighthouse.

Each has its control, a page broken on purpose. Lighthouse's figure for speed hangs on what else the machine does: `make bench-lighthouse`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.e2e.conftest import Cell
from tools.checkers import folder_served, lighthouse, nu, structured

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

JUDGED = ("accessibility", "best-practices", "seo")
FIRST_VIEW = 100_000  # bytes over the wire, without pictures
STILL = 0.02  # cumulative layout shift
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def addresses(cell: Cell) -> list[str]:
    """Every page the sitemap names."""
    with httpx.Client(base_url=cell.base) as client:
        maps = [e.text or "" for e in ET.fromstring(client.get("/sitemap.xml").content).iter(LOC)]
        found = [e.text or "" for one in maps for e in ET.fromstring(client.get(one).content).iter(LOC)]
    assert len(found) > 30
    return sorted(set(found))


@pytest.fixture(scope="module")
def pages(cell: Cell, addresses: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """The pages of the sitemap and what stands beside them, as files, each with its address."""
    folder = tmp_path_factory.mktemp("pages")
    beside = [f"{cell.base}{path}" for path in ("/suche/?q=ausweis", "/en/", "/gibt-es-nicht/")]
    files = {}
    with httpx.Client(follow_redirects=True) as client:
        for number, address in enumerate([*addresses, *beside]):
            file = folder / f"{number:04}.html"
            file.write_bytes(client.get(address).content)
            files[file] = address
    return files


def test_no_page_shows_its_markup_as_words(pages: dict[Path, str]) -> None:
    escaped = re.compile(r"&lt;/?[a-z]+(?:&gt;| [a-z-]+=)")
    assert [address for file, address in pages.items() if escaped.search(file.read_text())] == []
    assert escaped.search("<dd>&lt;a href=&quot;mailto:rathaus@stadt.example&quot;&gt;</dd>")  # the control


@pytest.mark.needs("checkers", "java")
def test_every_page_is_valid_html(pages: dict[Path, str], tmp_path: Path) -> None:
    found = nu(list(pages))
    assert [re.sub(r"^\S+\.html", lambda m: pages[Path(m[0])], line) for line in found] == []
    broken = tmp_path / "broken.html"
    broken.write_text(
        "<!doctype html><html lang=de><title>Seite</title><main><p><div id=a></div></p><img src=a.png id=a></main>"
    )
    assert len(nu([broken])) >= 3


@pytest.mark.needs("checkers", "node")
def test_the_structured_data_is_what_schema_org_and_search_engines_want(
    pages: dict[Path, str], tmp_path: Path
) -> None:
    found = structured(list(pages))
    errors = [
        f"{pages[Path(file)]}: {issue}"
        for file, said in found.items()
        for issue in said["issues"]
        if issue.startswith("ERROR") or "is not supported" in issue
    ]
    assert errors == []
    types = {name for said in found.values() for name in said["types"]}
    assert types >= {"GovernmentOrganization", "GovernmentService", "NewsArticle", "BreadcrumbList"}
    broken = tmp_path / "broken.html"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Fest",
        "streetAddress": "Markt 1",
    }
    broken.write_text(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert structured([broken])[str(broken)]["issues"]


@pytest.mark.needs("checkers", "node", "chromium")
def test_lighthouse_finds_nothing_to_better(cell: Cell, addresses: list[str], tmp_path: Path) -> None:
    shown = [cell.base + path for path in ("/", "/aktuelles/", "/suche/", "/kontakt/")]
    shown += [
        next(a for a in addresses if re.search(pattern, a))
        for pattern in (r"/aktuelles/\d{4}/", r"/dienstleistungen/[^/]+/")
    ]
    found = lighthouse(*shown, categories=JUDGED)
    for address, said in found.items():
        assert said["error"] == "", address
        assert said["scores"] == dict.fromkeys(JUDGED, 1), (address, said["failed"])
        assert all(r["url"].startswith((cell.base, "data:")) for r in said["requests"]), address
        weight = sum(r["transferSize"] for r in said["requests"] if r["resourceType"] != "Image")
        assert 0 < weight < FIRST_VIEW, (address, weight)
        assert said["shift"] < STILL, (address, said["shift"])
        assert not [url for url in said["blocking"] if ".js" in url], address


@pytest.mark.needs("checkers", "node", "chromium")
def test_lighthouse_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><html><body><img src="weg.png"><font color="#ddd">blass</font></body></html>'
    )
    with folder_served(tmp_path) as address:
        found = lighthouse(address, categories=JUDGED)[address]
    assert all(found["scores"][name] < 1 for name in JUDGED), found["scores"]
