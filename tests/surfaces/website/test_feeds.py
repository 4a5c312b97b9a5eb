"""Feeds that readers take."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest

from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import feeds, publish, sitemaps, store
from tests.surfaces.website.conftest import BASE, DIGEST, message, page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def baked(path: str) -> bytes:
    feeds.bake_feeds()
    found = store.read(path)
    assert found is not None
    return found[1]


@pytest.fixture
def news(town: Town, picture: Picture) -> None:
    link = Block("text", html='<p>Mehr <a href="/aktuelles/">hier</a> &amp; dort</p>')
    table = Block("table", title="Zahlen", rows=(("Jahr", "Euro"), ("2027", "14,2 <Mio>")))
    publish.put_live(
        message(1, hero=picture, title='Brücke "Mühlwehr" <frei> & sicher\x0b', blocks=(link, table)), DIGEST
    )
    publish.put_live(message(2, language="en", dated="2020-02-29"), DIGEST)
    publish.put_live(page(), DIGEST)


def test_atom_has_what_rfc_4287_asks_for(news: None) -> None:
    root = ET.fromstring(baked("/feeds/atom.xml"))
    assert root.tag == f"{ATOM}feed"
    for node in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(node.findtext(f"{ATOM}updated") or "").tzinfo
    selfs = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert selfs == [f"{BASE}/feeds/atom.xml"]
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert all(uuid.UUID(one.removeprefix("urn:uuid:")) for one in ids)
    assert len(set(ids)) == 2
    enclosure = next(link for link in entries[0].findall(f"{ATOM}link") if link.get("rel") == "enclosure")
    assert enclosure.get("title") == "Eine Wiese am Fluss"
    address = enclosure.get("href") or ""
    stored = store.read(address.removeprefix(BASE))
    assert stored is not None
    assert str(len(stored[1])) == enclosure.get("length")


@pytest.mark.parametrize("path", ["/feeds/atom.xml", "/feeds/rss.xml"])
def test_a_foreign_parser_reads_what_we_meant(news: None, path: str) -> None:
    feed = feedparser.parse(baked(path))
    assert not feed.bozo
    assert feed.feed.title == "Stadt Beispielau"
    first, second = feed.entries
    assert (
        first.title_detail.value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        == 'Brücke "Mühlwehr" <frei> & sicher'
    )
    assert first.link == f"{BASE}/aktuelles/2026/meldung-1/"
    assert second.published_parsed[:3] == (2020, 2, 29)
    html = first.content[0].value
    assert f'href="{BASE}/aktuelles/"' in html
    assert 'alt="Eine Wiese am Fluss"' in html
    assert "14,2 &lt;Mio&gt;" in html
    assert first.enclosures[0].type == "image/jpeg"
    assert first.tags[0].term in {"verkehr", "Verkehr"}


def test_json_feed_keeps_to_version_1_1(news: None) -> None:
    feed = json.loads(baked("/feeds/feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}/feeds/feed.json"
    assert [item["language"] for item in feed["items"]] == ["de", "en"]
    for item in feed["items"]:
        assert item["id"].startswith("urn:uuid:")
        assert item["url"].startswith(BASE)
        assert item["content_html"]
    assert feed["items"][0]["attachments"][0]["title"] == "Eine Wiese am Fluss"


def test_the_id_outlives_a_new_address_and_a_new_title(news: None) -> None:
    before = json.loads(baked("/feeds/feed.json"))["items"][0]
    publish.put_live(message(1, slug="anders", title="Anders"), "c" * 64)
    after = json.loads(baked("/feeds/feed.json"))["items"][0]
    assert (before["id"], before["date_published"]) == (after["id"], after["date_published"])
    assert after["url"].endswith("/anders/")


def test_withdrawn_leaves_the_feeds(news: None) -> None:
    publish.withdraw(message(1).object_key)
    for path in ("/feeds/atom.xml", "/feeds/rss.xml", "/feeds/feed.json"):
        text = baked(path)
        assert b"meldung-1" not in text
        assert b"meldung-2" in text


def test_an_empty_town_has_valid_feeds(town: Town) -> None:
    assert not feedparser.parse(baked("/feeds/atom.xml")).entries
    assert json.loads(baked("/feeds/feed.json"))["items"] == []


def test_the_key_of_the_proofs_is_published(town: Town) -> None:
    baked_key = json.loads(baked("/.well-known/stadtnah.json"))["proof"]["public_key"]
    assert baked_key == publishing.proof("message:keine")["public_key"]


def test_signs_that_xml_cannot_hold_make_no_feed_unreadable(town: Town, picture: Picture) -> None:
    bad = "Straße \uffff\ufffe\x0b gesperrt"
    town.name = bad
    town.save()
    alt = Picture(picture.sha256, picture.mime, picture.width, picture.height, alt=bad)
    inside = (Block("text", html=f"<p>{bad}</p>"), Block("table", title=bad, rows=((bad, bad),)))
    made = message(1, title=bad, teaser=bad, category_label=bad, hero=alt, blocks=inside)
    made.extra["details"] = [["author", bad, bad]]
    publish.put_live(made, DIGEST)
    sitemaps.bake_all()
    for path in ("/feeds/atom.xml", "/feeds/rss.xml", "/sitemap.xml", "/sitemaps/neu.xml"):
        root = ET.fromstring(baked(path))
        assert "\uffff" not in "".join(root.itertext())
    assert "Straße  gesperrt" in baked("/feeds/rss.xml").decode()
    json.loads(baked("/feeds/feed.json"))
