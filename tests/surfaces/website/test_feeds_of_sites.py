"""The feeds of a district's site: its messages, wherever they are at home, baked for it alone, gone with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website import checking, feeds, mirror, publish, renewal, store, sweep
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, PageUse, ReleasedPage, StandardPage
from stadtnah.surfaces.website.serve import StoreFirst
from tests.surfaces.website.conftest import BASE, OTHER, message, page, released
from tests.surfaces.website.sites_shown import first_page, laid_out, live, soup
from tests.surfaces.website.test_serve import ask, django
from tests.surfaces.website.test_sweep import healed, time_passes

pytestmark = pytest.mark.django_db
FOLDER = "/steinbach/feeds/"
PATHS = tuple(f"{FOLDER}{name}" for name in ("atom.xml", "rss.xml", "feed.json"))


@pytest.fixture
def home(town: Town) -> HomePage:
    return first_page()


@pytest.fixture
def site(home: HomePage) -> MemberSitePage:
    """One message of its own alone, one of the municipality's that stands there too, one that does not."""
    made = laid_out(home)
    live(made.content(), there(1, made, site_only=True), there(2, made), there(3))
    feeds.bake_feeds()
    return made


def there(number: int, *sites: MemberSitePage, **more: Any) -> Any:
    extra = {"kind": "message", "sites": [one.object_key for one in sites], **more}
    return message(number, title=f"Meldung {number}", extra=extra)


def stored(path: str) -> bytes:
    found = store.read(path)
    assert found is not None, path
    return found[1]


def titles(folder: str = FOLDER) -> set[str]:
    """Of all three formats, which say the same."""
    said = [{entry.title for entry in feedparser.parse(stored(f"{folder}{name}")).entries} for name in ("atom.xml", "rss.xml")]  # fmt: skip
    said.append({item["title"] for item in json.loads(stored(f"{folder}feed.json"))["items"]})
    assert said[0] == said[1] == said[2]
    return said[0]


def test_it_has_what_is_on_the_site_and_the_towns_has_what_is_not_its_alone(site: MemberSitePage) -> None:
    assert titles() == {"Meldung 1", "Meldung 2"}
    assert titles("/feeds/") == {"Meldung 2", "Meldung 3"}


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_foreign_parser_reads_them(site: MemberSitePage, name: str, picture: Picture) -> None:
    live(message(4, title="Meldung 4", hero=picture, extra={"kind": "message", "sites": [site.object_key]}))
    feed = feedparser.parse(stored(f"{FOLDER}{name}"))
    assert not feed.bozo
    assert feed.feed.title == "Ortsteil Steinbach – Stadt Beispielau"
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{BASE}{FOLDER}{name}"]
    assert [link.href for link in feed.feed.links if link.rel == "alternate"] == [
        f"{BASE}/steinbach/aktuelles/"
    ]
    entry = next(one for one in feed.entries if one.title == "Meldung 4")
    assert entry.enclosures[0].href.startswith(BASE)
    assert entry.id == next(one.id for one in town_entries() if one.title == "Meldung 4"), (
        "one message, one id"
    )


def town_entries() -> Any:
    feeds.bake_feeds()
    return feedparser.parse(stored("/feeds/atom.xml")).entries


def test_the_atom_feed_keeps_its_id_and_names_the_municipality(site: MemberSitePage) -> None:
    before = feedparser.parse(stored(PATHS[0])).feed
    assert before.author == "Stadt Beispielau"
    site.title = "Ortsteil Neu"
    live(site.content(), digest=OTHER)
    after = feedparser.parse(stored(PATHS[0])).feed
    assert after.title == "Ortsteil Neu – Stadt Beispielau"
    assert after.id == before.id != feedparser.parse(stored("/feeds/atom.xml")).feed.id


def test_the_json_feed_says_where_it_is(site: MemberSitePage) -> None:
    feed = json.loads(stored(PATHS[2]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}{PATHS[2]}"
    assert feed["home_page_url"] == f"{BASE}/steinbach/"
    # control: the municipality's
    assert json.loads(stored("/feeds/feed.json"))["home_page_url"] == f"{BASE}/"


def test_every_page_of_the_site_leads_to_them_and_the_others_to_the_towns(site: MemberSitePage) -> None:
    live(page("rathaus"))
    for path in ("/steinbach/", "/steinbach/aktuelles/", "/en/steinbach/", "/rathaus/"):
        wanted = ("/feeds/" if path == "/rathaus/" else FOLDER,) * 3
        head = soup(path).select("link[rel=alternate][type$=xml], link[rel=alternate][type$='feed+json']")
        assert [str(link["href"]) for link in head] == [f"{wanted[0]}{name}" for name in feeds.NAMES]
        foot = [str(link["href"]) for link in soup(path).select(".foot__list a")]
        assert {f"{wanted[0]}{name}" for name in feeds.NAMES} <= set(foot)
        assert ("Steinbach" in str(head[0]["title"])) is (path != "/rathaus/")


def test_they_follow_each_message_and_bake_no_other_site(site: MemberSitePage, home: HomePage) -> None:
    other = laid_out(home, "oberholz")
    live(other.content())
    untouched = store.read("/oberholz/feeds/atom.xml")
    baked = live(there(5, site))
    assert titles() == {"Meldung 1", "Meldung 2", "Meldung 5"}
    assert not [path for path in baked if path.startswith("/oberholz/")]
    assert store.read("/oberholz/feeds/atom.xml") == untouched
    changed = message(5, title="Anders", extra={"kind": "message", "sites": [site.object_key]})
    assert "/steinbach/" in live(changed, digest=OTHER)
    assert titles() == {"Meldung 1", "Meldung 2", "Anders"}
    publish.withdraw(changed.object_key)
    publish.settle()
    assert titles() == {"Meldung 1", "Meldung 2"}
    assert titles("/oberholz/feeds/") == set(), "an empty one is valid, too"


def test_what_the_town_says_elsewhere_bakes_none_of_it(site: MemberSitePage) -> None:
    assert not [path for path in live(message(6)) if path.startswith("/steinbach/")]


def test_they_go_with_the_site_and_come_back_with_it(site: MemberSitePage) -> None:
    publish.withdraw(site.object_key)
    publish.settle()
    assert [store.read(path) for path in PATHS] == [None] * 3
    assert not PageUse.objects.filter(path="/steinbach/", used__startswith="beside:").exists()
    assert titles("/feeds/") == {"Meldung 2", "Meldung 3"}, "control: the municipality's stay"
    live(site.content(), digest=OTHER)
    assert titles() == {"Meldung 1", "Meldung 2"}


def test_a_site_that_moves_takes_them_along(site: MemberSitePage) -> None:
    site.slug = "steinbach-neu"
    live(site.content(), digest=OTHER)
    assert store.read(PATHS[0]) is None
    assert titles("/steinbach-neu/feeds/") == {"Meldung 1", "Meldung 2"}


def test_what_somebody_changed_or_put_there_is_put_right(home: HomePage) -> None:
    content = laid_out(home).content()
    live(content, digest=released(content))
    renewal.renew()
    time_passes()
    assert sweep.differences() == sweep.Differences(), "control"
    true = {path: stored(path) for path in PATHS}
    for path in PATHS:
        store.public_file(path).write_bytes(b"forged")
    store.write("/steinbach/feeds/anders.xml", b"forged", "text/xml")
    found = healed()
    assert set(found.damaged) == set(PATHS)
    assert found.unwanted == ("/steinbach/feeds/anders.xml",)
    assert {path: stored(path) for path in PATHS} == true


def test_no_page_can_stand_there(site: MemberSitePage) -> None:
    made = StandardPage(title="Feeds", slug="feed", teaser="Alles.")
    site.add_child(instance=made)
    made.full_clean()
    assert publish.address_problem(made.content()) == "", "control"
    made.slug = "feeds"
    with pytest.raises(ValidationError) as refused:
        made.full_clean()
    assert "schon vergeben" in refused.value.message_dict["slug"][0]
    assert "schon vergeben" in publish.address_problem(made.content())


def test_a_text_may_link_to_them(site: MemberSitePage) -> None:
    exists = checking.check_context().link_exists
    assert all(exists(path) for path in (*PATHS, "/feeds/rss.xml"))
    assert not exists("/nirgends/feeds/atom.xml")


def test_other_sites_may_show_them(site: MemberSitePage) -> None:
    door = StoreFirst(django, ["localhost"])
    for path in (PATHS[0], "/feeds/atom.xml"):
        assert ask(door, path).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask(door, "/steinbach/").headers


def test_they_are_in_the_copy_for_a_static_host(site: MemberSitePage, tmp_path: Path) -> None:
    mirror.export(tmp_path / "kopie")
    assert (tmp_path / "kopie/steinbach/feeds/atom.xml").read_bytes() == stored(PATHS[0])


def test_a_long_list_costs_no_more_queries_and_is_cut(site: MemberSitePage) -> None:
    row = ReleasedPage.objects.get(pk=site.object_key)
    with CaptureQueriesContext(connection) as few:
        feeds.of_site(row)
    live(*(there(number, site) for number in range(10, 10 + feeds.ENTRIES)))
    with CaptureQueriesContext(connection) as many:
        feeds.of_site(row)
    assert len(titles()) == feeds.ENTRIES
    assert len(many) == len(few) == 2, "the municipality, the messages"
