"""The blog: from the editor to released pages, its lists, neighbours, feeds, and nothing of a draft in between."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel import clock, media
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, lists, publish, store
from stadtnah.surfaces.website.blog import founding
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.models import HomePage, PageUse
from stadtnah.surfaces.website.offices.founding import office_index
from stadtnah.surfaces.website.offices.models import PersonPage
from stadtnah.surfaces.website.offices.ticks import turn_the_day
from tests.surfaces.website.conftest import DIGEST, OTHER, photo

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index(town: Town) -> BlogIndexPage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    root.add_child(instance=HomePage(title="Start", slug="start"))
    return founding.blog()


@pytest.fixture
def series(index: BlogIndexPage) -> BlogSeriesPage:
    found = BlogSeriesPage.objects.get()
    found.author_name, found.author_role = "Karin Vogelsang", "Bürgermeisterin"
    found.save()
    return found


def entry(series: BlogSeriesPage, day: str, title: str = "", **more: Any) -> BlogEntryPage:
    values = {
        "title": title or f"Beitrag vom {day}",
        "slug": f"b-{day}",
        "teaser": "Worum es geht.",
        "body": json.dumps([{"type": "text", "value": "<p>Liebe Bürgerinnen und Bürger.</p>"}]),
        "dated": date.fromisoformat(day),
        **more,
    }
    made: BlogEntryPage = BlogIndexPage.objects.get().add_child(
        instance=BlogEntryPage(series=series, **values)
    )
    return made


def released(page: Any, digest: str = DIGEST) -> Any:
    publish.put_live(page.content(), digest)
    publish.settle()
    return page


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found is not None, path
    return BeautifulSoup(found[1], "html.parser")


def gone(path: str) -> bool:
    meta = store.read_meta(path)
    return meta is None or meta.status != 200


def test_an_entry_names_who_writes_and_stands_in_its_lists(series: BlogSeriesPage) -> None:
    released(series)
    released(entry(series, "2026-10-02", "Das Weidebad"))
    shown = soup("/blog/2026/b-2026-10-02/")
    assert shown.select_one(".byline__text").get_text(" ") == "Karin Vogelsang Bürgermeisterin"  # type: ignore[union-attr]
    assert shown.select_one('.tag[href="/blog/reihe/aus-dem-rathaus/"]')
    assert "2. Oktober 2026" in shown.select_one("time").get_text()  # type: ignore[union-attr]
    for path in ("/blog/", "/blog/reihe/aus-dem-rathaus/", "/blog/archiv/2026/", "/en/blog/"):
        assert soup(path).select_one('a[href$="/blog/2026/b-2026-10-02/"]'), path
    assert soup("/blog/archiv/").select_one('a[href="/blog/archiv/2026/"]')


def test_machines_are_told_that_it_is_a_blog_posting_of_a_person(series: BlogSeriesPage) -> None:
    released(entry(series, "2026-10-02"))
    shown = soup("/blog/2026/b-2026-10-02/")
    data = [json.loads(block.get_text()) for block in shown.select('[type="application/ld+json"]')]
    said = next(one for one in data if one.get("@type") == "BlogPosting")
    assert said["author"] == {"@type": "Person", "name": "Karin Vogelsang", "jobTitle": "Bürgermeisterin"}
    assert said["datePublished"].startswith("2026-10-02")
    assert said["articleSection"] == "Aus dem Rathaus"
    assert shown.select_one('meta[property="og:type"]')["content"] == "article"  # type: ignore[index]


def test_a_draft_is_nowhere(series: BlogSeriesPage) -> None:
    released(series)
    entry(series, "2026-10-02", "Noch geheim")
    publish.settle()
    assert gone("/blog/")
    assert "Noch geheim" not in str(soup("/blog/reihe/aus-dem-rathaus/"))
    assert not [path for path in store.paths_below("/") if "b-2026" in path]


def test_neighbours_follow_what_comes_between_and_what_goes(series: BlogSeriesPage) -> None:
    first, last = released(entry(series, "2026-08-01")), released(entry(series, "2026-10-01"))
    paths = {one: one.public_path() for one in (first, last)}
    assert soup(paths[first]).select_one("[rel=next]")["href"] == paths[last]  # type: ignore[index]
    between = released(entry(series, "2026-09-01"))
    assert soup(paths[first]).select_one("[rel=next]")["href"] == between.public_path()  # type: ignore[index]
    assert soup(paths[last]).select_one("[rel=prev]")["href"] == between.public_path()  # type: ignore[index]
    assert soup(between.public_path()).select_one("[rel=prev]")["href"] == paths[first]  # type: ignore[index]
    publish.withdraw(between.object_key)
    publish.settle()
    assert soup(paths[last]).select_one("[rel=prev]")["href"] == paths[first]  # type: ignore[index]
    first.title = "Neuer Titel"
    released(first, OTHER)
    assert "Neuer Titel" in soup(paths[last]).select_one(".beside").get_text()  # type: ignore[union-attr]


def test_a_series_whose_address_ends_in_seite_has_further_pages(
    index: BlogIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    made: Any = index.add_child(instance=BlogSeriesPage(title="Kehrseite", slug="kehrseite"))
    released(made)
    for day in ("2026-08-01", "2026-09-01"):
        released(entry(made, day))
    assert soup("/blog/reihe/kehrseite/").select_one('a[href="/blog/reihe/kehrseite/seite/2/"]')
    assert soup("/blog/reihe/kehrseite/seite/2/").select_one('a[href="/blog/2026/b-2026-08-01/"]')


def test_neighbours_are_of_the_same_series_alone(index: BlogIndexPage, series: BlogSeriesPage) -> None:
    other: Any = index.add_child(instance=BlogSeriesPage(title="Sprechstunde", slug="sprechstunde"))
    mine, theirs = released(entry(series, "2026-08-01")), released(entry(other, "2026-10-01"))
    assert not soup(mine.public_path()).select(".beside")
    theirs.series = series
    released(theirs, OTHER)
    assert soup(mine.public_path()).select_one("[rel=next]")
    theirs.series = other
    released(theirs)
    assert not soup(mine.public_path()).select(".beside")


def test_a_new_entry_bakes_its_neighbours_and_lists_but_not_the_whole_series(series: BlogSeriesPage) -> None:
    days = [f"2025-{month:02}-01" for month in range(1, 13)]
    for day in days:
        publish.put_live(entry(series, day).content(), DIGEST)
    publish.settle()
    publish.put_live(entry(series, "2026-01-01").content(), DIGEST)
    baked = publish.settle()
    assert [path for path in baked if "/b-" in path] == [
        "/blog/2025/b-2025-12-01/",
        "/blog/2026/b-2026-01-01/",
    ]
    assert "/blog/archiv/2025/" not in baked


@pytest.mark.parametrize("path", ["/blog/2025/b-2025-06-01/", "/blog/"])
def test_a_page_costs_the_same_however_long_the_blog_is(series: BlogSeriesPage, path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            bake.sheet(path)
        return len(queries)

    for month in (5, 6, 7):
        publish.put_live(entry(series, f"2025-{month:02}-01").content(), DIGEST)
    few = cost()
    for day in range(1, 29):
        publish.put_live(entry(series, f"2025-08-{day:02}").content(), DIGEST)
    assert cost() == few


def test_feeds_of_the_blog_and_of_a_series(series: BlogSeriesPage) -> None:
    released(series)
    one = released(entry(series, "2026-10-02", "Das Weidebad"))
    for base in ("/blog/", "/blog/reihe/aus-dem-rathaus/"):
        meta, data = store.read(f"{base}atom.xml") or pytest.fail(base)
        assert meta.content_type.startswith("application/atom+xml")
        feed = ET.fromstring(data)
        assert [e.findtext(f"{ATOM}title") for e in feed.iter(f"{ATOM}entry")] == ["Das Weidebad"]
        assert feed.find(f"{ATOM}entry/{ATOM}author/{ATOM}name").text == "Karin Vogelsang"  # type: ignore[union-attr]
        assert soup(base).select_one(f'link[rel=alternate][href="{base}atom.xml"]')
    assert "Das Weidebad" not in (store.read("/feeds/atom.xml") or ("", b""))[1].decode()  # news has its own
    publish.withdraw(one.object_key)
    publish.settle()
    assert store.read_meta("/blog/atom.xml") is None


def test_long_blogs_have_pages(series: BlogSeriesPage) -> None:
    publish.put_live(series.content(), DIGEST)
    for day in range(1, 16):
        publish.put_live(entry(series, f"2026-06-{day:02}").content(), DIGEST)
    publish.settle()
    for base in ("/blog/", "/blog/reihe/aus-dem-rathaus/"):
        assert len(soup(base).select(".row")) == 12
        second = soup(f"{base}seite/2/")
        assert len(second.select(".row")) == 3
        assert second.select_one(f'[rel=prev][href="{base}"]')
    for key in list(PageUse.objects.filter(used="list:blog").values_list("path", flat=True)):
        assert key.startswith("/blog/")


def test_further_pages_bear_the_title_of_the_blog(index: BlogIndexPage, series: BlogSeriesPage) -> None:
    index.title = "Post aus dem Rathaus"
    released(index)
    for day in range(1, 14):
        publish.put_live(entry(series, f"2026-06-{day:02}").content(), DIGEST)
    publish.settle()
    second = soup("/blog/seite/2/")
    assert second.select_one("h1").get_text() == "Post aus dem Rathaus"  # type: ignore[union-attr]
    assert second.title
    assert second.title.get_text().startswith("Post aus dem Rathaus")
    assert "(Seite 2)" in second.title.get_text()
    index.title = "Neues aus dem Rathaus"
    released(index, OTHER)
    assert soup("/blog/seite/2/").select_one("h1").get_text() == "Neues aus dem Rathaus"  # type: ignore[union-attr]


def test_a_correction_leaves_an_entry_to_whoever_wrote_it(series: BlogSeriesPage) -> None:
    page = released(entry(series, "2024-06-01"))
    path = page.public_path()
    series.author_name, series.author_role = "Jonas Weber", "Bürgermeister"
    series.save()
    page = BlogEntryPage.objects.get(pk=page.pk)
    page.title = "Berichtigt"
    released(page, OTHER)
    assert soup(path).select_one("h1").get_text() == "Berichtigt"  # type: ignore[union-attr]
    assert "Karin Vogelsang" in soup(path).select_one(".byline").get_text()  # type: ignore[union-attr]
    new = released(entry(series, "2026-06-01"))
    assert "Jonas Weber" in soup(new.public_path()).select_one(".byline").get_text()  # type: ignore[union-attr]
    page.author_name = "Ada Wolf"  # control: who is named at the entry signs it
    released(page, DIGEST)
    assert "Ada Wolf" in soup(path).select_one(".byline").get_text()  # type: ignore[union-attr]
    page.author_name = ""
    released(page, OTHER)
    assert "Jonas Weber" in soup(path).select_one(".byline").get_text()  # type: ignore[union-attr]


def test_the_picture_of_the_author_comes_from_the_register_and_goes_with_the_consent(
    series: BlogSeriesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = TownImage.take(photo(), filename="p.jpg")
    today = clock.local(clock.now()).date()
    person: Any = office_index().add_child(
        instance=PersonPage(
            title="Karin Vogelsang", slug="kv", function="Bürgermeisterin", image=image,
            image_consent_until=today + timedelta(days=3),
        )
    )  # fmt: skip
    series.author = person
    series.save()
    one = released(entry(series, "2026-10-02"))
    path = one.public_path()
    assert not soup(path).select(".byline img")  # the person is a draft
    released(person)
    assert soup(path).select(".byline img")
    assert not [url for url in str(store.read("/sitemap.xml")) if "byline" in url]
    later = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    turn_the_day()
    publish.settle()
    assert not soup(path).select(".byline img")
    assert "Karin Vogelsang" in soup(path).select_one(".byline").get_text()  # type: ignore[union-attr]
    assert media.exists(image.sha256)


def test_the_days_turn_bakes_no_entry_whose_consent_holds(
    series: BlogSeriesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person: Any = office_index().add_child(
        instance=PersonPage(
            title="Karin Vogelsang", slug="kv", image=TownImage.take(photo(), filename="p.jpg"),
            image_consent_until=clock.local(clock.now()).date() + timedelta(days=30),
        )
    )  # fmt: skip
    series.author = person
    released(person)
    one = released(entry(series, "2026-10-02"))
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    turn_the_day()
    assert one.public_path() not in publish.settle()


def test_the_office_gives_the_words(index: BlogIndexPage, series: BlogSeriesPage) -> None:
    assert index.title == "Blog aus dem Rathaus"
    index.office = "ortsbuergermeister"
    index.full_clean()
    assert index.title == "Blog des Ortsbürgermeisters"
    index.save()
    series.author_role = ""
    series.save()
    said = {key: value for key, _label, value in entry(series, "2026-10-02").content().details}
    assert said["role"] == "Ortsbürgermeister"
    index.title = "Notizen aus Oberholz"
    index.office = "landrat"
    index.full_clean()
    assert index.title == "Notizen aus Oberholz"


def test_a_guest_signs_with_their_own_name(series: BlogSeriesPage) -> None:
    guest = entry(series, "2026-10-02", author_name="Jonas Wehr")
    assert guest.content().details == [("author", "Verfasst von", "Jonas Wehr")]


def test_an_entry_cannot_bear_a_day_to_come(series: BlogSeriesPage) -> None:
    one = entry(series, "2026-10-02")
    one.clean()
    one.dated = clock.local(clock.now()).date() + timedelta(days=1)
    with pytest.raises(ValidationError, match="Wunschtermin"):
        one.clean()
