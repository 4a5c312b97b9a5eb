"""The sitemap: an index and parts, of which a release writes one."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website import feeds, publish, sitemaps, store
from tests.surfaces.website.conftest import BASE, DIGEST, message, page

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"
I = "{http://www.google.com/schemas/sitemap-image/1.1}"  # noqa: E741 - a namespace
N = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(path: str) -> ET.Element:
    found = store.read(path.removeprefix(BASE))
    assert found is not None, path
    return ET.fromstring(found[1])


def parts() -> dict[str, ET.Element]:
    """Every part that the index names."""
    index = read(sitemaps.INDEX)
    assert index.tag == f"{S}sitemapindex"
    return {
        loc.text.rpartition("/")[2].removesuffix(".xml"): read(loc.text)
        for loc in index.iter(f"{S}loc")
        if loc.text
    }


def locations(part: ET.Element) -> set[str]:
    return {str(node.text) for node in part.iter(f"{S}loc")}


@pytest.fixture
def news(town: Town, picture: Picture) -> None:
    publish.put_live(message(1, hero=picture, title="Brücke & Steg <frei>"), DIGEST)
    publish.put_live(message(2, dated="2020-02-29"), DIGEST)
    publish.put_live(page(), DIGEST)
    publish.settle()


def test_it_lists_every_page_in_both_languages_with_its_pictures(news: None) -> None:
    found = parts()
    month = f"message-{clock.local(clock.now()):%Y-%m}"
    assert set(found) == {month, "message-2020-02", "page", "listen", "neu"}
    assert {f"{BASE}/", f"{BASE}/en/aktuelles/"} <= locations(found["listen"])
    assert locations(found["page"]) == {f"{BASE}/impressum/", f"{BASE}/en/impressum/"}
    for url in found[month].iter(f"{S}url"):
        twins = {link.get("hreflang"): link.get("href") for link in url.iter(f"{X}link")}
        assert twins == {
            "de": f"{BASE}/aktuelles/2026/meldung-1/",
            "en": f"{BASE}/en/aktuelles/2026/meldung-1/",
            "x-default": f"{BASE}/aktuelles/2026/meldung-1/",
        }
        images = [str(node.text) for node in url.iter(f"{I}loc")]
        assert len(images) == 1
        assert store.read_meta(images[0].removeprefix(BASE)) is not None
    feeds.bake_feeds()
    robots = store.read("/robots.txt")
    assert robots is not None
    assert f"Sitemap: {BASE}/sitemap.xml" in robots[1].decode()


def test_news_are_those_of_two_days(news: None) -> None:
    said = parts()["neu"]
    (title,) = said.iter(f"{N}title")
    assert title.text == "Brücke & Steg <frei>"
    assert [node.text for node in said.iter(f"{N}name")] == ["Stadt Beispielau"]
    with time_machine.travel(clock.now() + timedelta(hours=49)):
        sitemaps.bake_news()
    assert "neu" not in parts()


def test_a_release_writes_the_part_that_it_touches(news: None) -> None:
    untouched = {
        name: store.public_file(f"/sitemaps/{name}.xml").stat().st_ino
        for name in ("message-2020-02", "listen")
    }
    publish.put_live(page("kontakt"), DIGEST)
    publish.settle()
    assert f"{BASE}/kontakt/" in locations(parts()["page"])
    assert untouched == {name: store.public_file(f"/sitemaps/{name}.xml").stat().st_ino for name in untouched}


def test_withdrawn_pages_leave_it_and_an_empty_part_goes(news: None) -> None:
    publish.withdraw(message(2).object_key)
    publish.settle()
    assert "message-2020-02" not in parts()
    assert store.read("/sitemaps/message-2020-02.xml") is None


def test_a_message_that_moves_to_another_month_leaves_the_first(news: None) -> None:
    publish.put_live(message(2, dated="2021-03-01"), "c" * 64)
    publish.settle()
    assert "message-2020-02" not in parts()
    assert f"{BASE}/aktuelles/2026/meldung-2/" in locations(parts()["message-2021-03"])


def test_everything_anew_gives_the_same(news: None) -> None:
    before = {name: ET.tostring(part) for name, part in parts().items()}
    store.write("/sitemaps/message-1999-01.xml", b"<old/>", "application/xml")
    sitemaps.bake_all()
    assert {name: ET.tostring(part) for name, part in parts().items()} == before


def test_a_large_part_is_several_files(news: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_ROWS", 2)
    for slug in ("a", "b", "c", "d"):
        publish.put_live(page(slug), DIGEST)
    publish.settle()
    found = parts()
    assert [len(locations(found[name])) for name in ("page", "page~2", "page~3")] == [4, 4, 2]
    for slug in ("a", "b", "c"):
        publish.withdraw(page(slug).object_key)
    publish.settle()
    assert "page~2" not in parts()


def test_the_queries_do_not_grow_with_the_pages(news: None) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            sitemaps.refresh({"sitemap:page"})
        return len(seen)

    few = asked()
    for number in range(12):
        publish.put_live(page(f"seite-{number}"), DIGEST)
    assert asked() == few


@pytest.mark.parametrize("part", ["message-xyz", "message-2026-13", "message-0001-01", "unbekannt"])
def test_a_part_that_there_cannot_be_keeps_nothing_from_being_made(town: Town, part: str) -> None:
    publish.touch(sitemaps.mark_of(f"/sitemaps/{part}.xml"))
    assert not publish.due()
    assert not store.public_file(f"/sitemaps/{part}.xml").exists()
    assert store.public_file("/sitemap.xml").exists()
