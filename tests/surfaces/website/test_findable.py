"""What a baked page tells search engines and places that show a link to it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from PIL import Image

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import bake, displays, linked_data, publish, share, store
from tests.surfaces.website.conftest import BASE, DIGEST, OTHER, message, page

pytestmark = pytest.mark.django_db
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')


def shown(path: str) -> str:
    found = store.read(path)
    assert found is not None, path
    return found[1].decode()


def nodes(path: str) -> dict[str, dict[str, Any]]:
    """Every node of the page, by its type."""
    found: dict[str, dict[str, Any]] = {}
    for block in _DATA.findall(shown(path)):
        said = json.loads(block)
        assert said["@context"] == "https://schema.org"
        for node in said.get("@graph", [said]):
            found[node["@type"]] = node
    return found


def meta(path: str) -> dict[str, str]:
    found = [(name, unescape(value)) for name, value in _META.findall(shown(path))]
    assert len(dict(found)) == len(found), "said twice"
    return dict(found)


def live(*contents: Content) -> None:
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()


def service(**changes: Any) -> Content:
    details = [
        ["online", "Online erledigen", "https://service.example/ausweis"],
        ["names", "Andere Bezeichnungen", "Perso, Ausweis"],
        ["leika", "LeiKa-Schlüssel", "99008002012000"],
    ]
    path = "/dienstleistungen/personalausweis/"
    return message(
        7,
        object_key="page:7",
        title="Personalausweis",
        path=path,
        link=BASE + path,
        category="",
        category_label="",
        extra={"kind": "service", "details": details},
        **changes,
    )


def test_a_message_is_a_news_article_with_dates_picture_and_publisher(town: Town, picture: Picture) -> None:
    live(message(1, hero=picture, place="Altstadt", valid_until="2026-12-18", hashtags=("Brücke",)))
    publish.put_live(message(1, hero=picture, title="Brücke nun ganz frei"), OTHER)
    found = nodes("/aktuelles/2026/meldung-1/")
    article = found["NewsArticle"]
    assert article["headline"] == "Brücke nun ganz frei"
    assert article["datePublished"] <= article["dateModified"]
    assert article["inLanguage"] == "de"
    assert article["publisher"]["name"] == "Stadt Beispielau"
    assert article["publisher"]["logo"]["url"].startswith(f"{BASE}/theme/")
    first, second = article["image"]
    assert (first["width"], first["height"], first["creditText"]) == ("1200 px", "800 px", "Foto: Stadt")
    assert (second["width"], second["height"]) == ("1200 px", "630 px")
    for image in article["image"]:
        stored = store.read(image["url"].removeprefix(BASE))
        assert stored is not None
        with Image.open(io.BytesIO(stored[1])) as opened:
            assert f"{opened.width} px" == image["width"]
    assert nodes("/en/aktuelles/2026/meldung-1/")["NewsArticle"]["inLanguage"] == "de"


def test_a_day_holds_to_its_end(town: Town) -> None:
    live(message(1, valid_until="2026-12-18"), message(2, valid_until="2026-12-18T14:00"))
    assert nodes("/aktuelles/2026/meldung-1/")["NewsArticle"]["expires"] == "2026-12-18T23:59:00+01:00"
    assert nodes("/aktuelles/2026/meldung-2/")["NewsArticle"]["expires"] == "2026-12-18T14:00:00+01:00"


def test_the_first_page_says_who_the_municipality_is(town: Town) -> None:
    Town.objects.update(street="Markt 1", postcode="35999", mail="rathaus@beispielau.example")
    live(page("start", path="/", link=f"{BASE}/", extra={"kind": "home"}, title="Willkommen"))
    publish.touch("town")
    found = nodes("/")
    assert found["WebSite"]["publisher"]["@id"] == found["GovernmentOrganization"]["@id"]
    said = found["GovernmentOrganization"]
    assert said["telephone"] == "+49 69 90009 100"
    assert said["address"]["postalCode"] == "35999"
    assert said["areaServed"] == {"@type": "City", "name": "Beispielau"}
    assert said["location"]["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["https://schema.org/Monday"],
            "opens": "08:00",
            "closes": "12:00",
        }
    ]


def test_a_page_with_a_contact_names_the_municipality_in_full(town: Town) -> None:
    live(page("kontakt", blocks=(Block("contact", rows=(("Telefon", "069 90009 100"),)),)), page("anderes"))
    assert "telephone" in nodes("/kontakt/")["GovernmentOrganization"]
    assert "telephone" not in nodes("/anderes/")["GovernmentOrganization"]


def test_a_service_says_how_it_is_had(town: Town) -> None:
    live(service())
    said = nodes("/dienstleistungen/personalausweis/")["GovernmentService"]
    assert said["provider"]["@type"] == "GovernmentOrganization"
    assert said["areaServed"]["name"] == "Beispielau"
    assert said["alternateName"] == ["Perso", "Ausweis"]
    assert said["identifier"][0]["value"] == "99008002012000"
    assert said["availableChannel"][0]["serviceUrl"] == "https://service.example/ausweis"
    assert said["availableChannel"][1]["serviceLocation"]["@type"] == "CityHall"


def test_the_breadcrumb_leads_down_to_the_page(town: Town) -> None:
    live(message(1))
    for prefix, home in (("", "Startseite"), ("/en", "Home")):
        steps = nodes(f"{prefix}/aktuelles/2026/meldung-1/")["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2, 3]
        assert steps[0]["name"] == home
        assert [step["item"] for step in steps] == [
            f"{BASE}{prefix}{path}" for path in ("/", "/aktuelles/", "/aktuelles/2026/meldung-1/")
        ]


def test_nothing_that_is_said_can_end_the_block(town: Town) -> None:
    evil = "</script><script>alert(1)</script> & \u2028 <!--"
    live(message(1, title=evil, teaser=evil))
    text = shown("/aktuelles/2026/meldung-1/")
    assert "<script>alert" not in text
    assert len(_DATA.findall(text)) == 2
    assert nodes("/aktuelles/2026/meldung-1/")["NewsArticle"]["headline"].startswith("</script>")


def test_errors_withdrawn_pages_and_previews_say_nothing(town: Town) -> None:
    live(message(1), message(2))
    publish.withdraw(message(2).object_key)
    bake.bake_all()
    for path in ("/404.html", "/500.html", "/en/404.html", "/aktuelles/2026/meldung-2/"):
        assert _DATA.findall(shown(path)) == []
        assert "og:" not in shown(path)
    before = {path for path in store.paths() if path.startswith("/media/")}
    assert _DATA.findall(bake.preview(message(3))) == []
    assert {path for path in store.paths() if path.startswith("/media/")} == before


def test_every_page_says_once_what_it_is(town: Town, picture: Picture) -> None:
    live(message(1, hero=picture), page("kontakt"), service())
    for path in store.paths():
        if displays.FOLDER in path:  # nobody looks for a screen, and nobody shares it
            assert not path.endswith("/") or meta(path)["robots"] == "noindex"
        elif path.endswith("/"):
            said = meta(path)
            for name in ("description", "og:title", "og:description", "og:url", "og:image", "twitter:card"):
                assert said[name], (path, name)
            assert said["og:url"] == BASE + path
            assert store.read_meta(said["og:image"].removeprefix(BASE)) is not None
            assert f'<link rel="canonical" href="{BASE}{path}">' in shown(path)
    assert meta("/aktuelles/2026/meldung-1/")["article:section"] == "Verkehr"
    assert (
        meta("/aktuelles/")["description"]
        == "Nachrichten, Bekanntmachungen und Termine der Stadt Beispielau."
    )
    assert (
        meta("/en/aktuelles/rubrik/verkehr/")["description"]
        == "Messages of Stadt Beispielau in the category Verkehr."
    )


def test_words_for_search_engines_take_the_place_of_the_pages_own(town: Town) -> None:
    said = [
        ["search_title", "", "Brücke in Beispielau frei"],
        ["search_description", "", "Kurz gesagt: frei."],
    ]
    live(message(1, extra={"kind": "message", "details": said}), message(2))
    text = shown("/aktuelles/2026/meldung-1/")
    assert "<title>Brücke in Beispielau frei</title>" in text
    assert meta("/aktuelles/2026/meldung-1/")["description"] == "Kurz gesagt: frei."
    assert "<title>Meldung 2: Brücke wieder frei – Stadt Beispielau</title>" in shown(
        "/aktuelles/2026/meldung-2/"
    )


def test_the_share_picture_is_drawn_once_for_what_it_shows(town: Town, picture: Picture) -> None:
    first = share.of_content(town, message(1))
    stamp = store.public_file(first.url.removeprefix(BASE)).stat().st_mtime_ns
    assert share.of_content(town, message(1, teaser="Anders")) == first
    assert store.public_file(first.url.removeprefix(BASE)).stat().st_mtime_ns == stamp
    changed = {
        share.of_content(town, message(1, title="Anders")).url,
        share.of_content(town, message(1, hero=picture)).url,
        share.of_content(Town(name="Stadt B", short_name="B", colour="#8a1538"), message(1)).url,
        share.of_content(town, message(1, hero=replace(picture, focal_x=0.1, focal_y=0.1))).url,
        first.url,
    }
    assert len(changed) == 5
    for url in changed:
        found = store.read(url.removeprefix(BASE))
        assert found is not None
        with Image.open(io.BytesIO(found[1])) as opened:
            assert opened.size == (1200, 630)
        assert len(found[1]) < 300_000


def test_a_picture_whose_bytes_are_gone_leaves_the_words(town: Town, picture: Picture) -> None:
    gone = replace(picture, sha256="0" * 64)
    assert share.of_content(town, message(1, hero=gone)) == share.of_content(town, message(1))


def test_a_kind_without_a_maker_is_a_page_with_a_title(town: Town) -> None:
    document = linked_data.Document(
        town, BASE, f"{BASE}/x/", "de", f"{BASE}/w.png", page(extra={"kind": "unheard-of"})
    )
    assert linked_data.nodes(document)[0]["@type"] == "WebPage"
