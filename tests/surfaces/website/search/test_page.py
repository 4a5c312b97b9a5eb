"""The page of the search: without JavaScript, without a trace, safe whatever is typed; and the suggestions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import publish, store
from stadtnah.surfaces.website.search import site
from stadtnah.surfaces.website.search.limits import Bucket
from stadtnah.surfaces.website.serve import StoreFirst
from tests.surfaces.website.conftest import message, page
from tests.surfaces.website.search.conftest import live, many, service

pytestmark = pytest.mark.django_db
BULKY = service("sperrmuell", "Sperrmüll abholen", "Wir holen <em>sperrige</em> Möbel &lt;gratis&gt; ab.")


def asked(browser: Client, address: str = "", **query: str) -> Any:
    answer = browser.get(f"/suche/{address}", query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(shown: Any) -> list[str]:
    return [title.get_text() for title in shown.select(".hit__title")]


def test_results_have_title_kind_and_an_excerpt_with_the_words_marked(browser: Client) -> None:
    live(BULKY)
    shown = asked(browser, q="sperrmüll möbel")
    assert titles(shown) == ["Sperrmüll abholen"]
    assert shown.select_one(".hit a")["href"] == "/dienstleistungen/sperrmuell/"
    assert {mark.get_text() for mark in shown.select("mark")} >= {"Sperrmüll", "Möbel"}
    assert "<gratis>" in shown.select_one(".hit__text").get_text()
    assert shown.select_one(".hit .meta__cat").get_text() == "Dienstleistungen"
    assert shown.title.get_text().startswith("Suche: sperrmüll möbel")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "'", "&amp;"])
def test_what_is_typed_stays_text(browser: Client, typed: str) -> None:
    live(BULKY)
    shown = asked(browser, q=typed)
    assert not shown.select("main script, main img")
    assert shown.select_one("#suche-page")["value"] == typed


def test_the_empty_form_may_be_found_and_what_was_asked_may_not(browser: Client) -> None:
    live(BULKY)
    empty, answered = browser.get("/suche/"), browser.get("/suche/", {"q": "Möbel"})
    assert (empty["X-Robots-Tag"], answered["X-Robots-Tag"]) == ("all", "noindex")
    robots = '<meta name="robots" content="noindex">'
    assert robots not in empty.content.decode()
    assert robots in answered.content.decode()
    assert 'name="description" content="Suche auf der Website' in empty.content.decode()


def test_a_search_leaves_no_trace(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    live(BULKY)
    with CaptureQueriesContext(connection) as seen, caplog.at_level("DEBUG"):
        answer = browser.get("/suche/", {"q": "Anna Beispiel Möbel"})
        browser.get("/suche/vorschlaege", {"q": "Anna Beispiel"})
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert "private" in answer["Cache-Control"]
    assert [q["sql"] for q in seen if not q["sql"].startswith("SELECT")] == []
    assert "Anna" not in "".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")


def test_only_reading(browser: Client) -> None:
    for address in ("", "vorschlaege", "opensearch.xml"):
        assert browser.post(f"/suche/{address}", {"q": "x"}).status_code == 405


def test_results_are_narrowed_by_kind_and_news_by_time(browser: Client) -> None:
    with time_machine.travel("2026-11-23T11:00:00Z"):
        live(
            BULKY,
            message(1, title="Sperrmüll: neue Termine", dated="2026-11-10"),
            message(2, title="Sperrmüll: alte Termine", dated="2025-02-10"),
        )
        everything = asked(browser, q="sperrmüll")
        assert len(titles(everything)) == 3
        chips = {a.get_text(" ", strip=True): a["href"] for a in everything.select(".chips a")}
        assert set(chips) == {"Alles 3", "Dienstleistungen 1", "Aktuelles 2"}
        news = asked(browser, chips["Aktuelles 2"])
        assert titles(news) == ["Sperrmüll: neue Termine", "Sperrmüll: alte Termine"]
        times = {a.get_text(strip=True): a["href"] for a in news.select(".chips a")}
        recent = asked(browser, times["letzter Monat"])
        assert titles(recent) == ["Sperrmüll: neue Termine"]
        assert recent.select_one(".hit time")["datetime"] == "2026-11-10"


@pytest.mark.parametrize(
    "wrong",
    [{"art": "x"}, {"zeit": "x"}, {"seite": "0"}, {"seite": "999999"}, {"seite": "²"}, {"seite": "-1"}],
)
def test_nonsense_in_the_address_is_left_out(browser: Client, wrong: dict[str, str]) -> None:
    live(BULKY)
    assert titles(asked(browser, q="sperrmüll", **wrong)) == ["Sperrmüll abholen"]


def test_many_results_have_pages(browser: Client) -> None:
    many([message(number) for number in range(23)])
    first = asked(browser, q="brücke")
    assert len(titles(first)) == 10
    assert "Seite 1 von 3" in first.select_one("h2").get_text()
    second = asked(browser, first.select_one("a[rel=next]")["href"])
    third = asked(browser, second.select_one("a[rel=next]")["href"])
    assert len(titles(third)) == 3
    assert not third.select("a[rel=next]")
    assert len({*titles(first), *titles(second), *titles(third)}) == 23


def test_when_nothing_is_found_there_are_ways_on(browser: Client) -> None:
    links = [{"label": "Kontakt", "text": "", "href": "/kontakt/"}]
    live(BULKY, page("start", path="/", title="Willkommen", extra={"kind": "home", "quick_links": links}))
    shown = asked(browser, q="xqzvw")
    assert "Nichts gefunden für „xqzvw“" in shown.select_one("h2").get_text()
    assert {a["href"] for a in shown.select("main a")} >= {
        "/nachricht/",
        "/dienstleistungen/",
        "/kontakt/",
        "tel:06990009100",
    }


def test_a_misspelled_word_is_understood_and_said(browser: Client) -> None:
    live(BULKY)
    shown = asked(browser, q="spermül abholen")
    assert titles(shown) == ["Sperrmüll abholen"]
    link = shown.select_one(".search__meant a")
    assert link.get_text() == "Sperrmüll abholen"
    assert not asked(browser, link["href"]).select(".search__meant")


@pytest.mark.parametrize("typed", ["sperrmul", "Sperrmüll"])
def test_only_words_that_were_meant_are_marked(browser: Client, typed: str) -> None:
    """„gesperrt“ has a half of „Sperrmüll“ in it, and is something else."""
    live(BULKY, message(1, title="Hof gesperrt", teaser="Der Hof ist gesperrt, Sperrmüll bleibt liegen."))
    live(service("muell", "Müll", "Was in welche Tonne kommt."))
    shown = asked(browser, q=typed)
    assert "Hof gesperrt" in titles(shown)
    assert {mark.get_text() for mark in shown.select("mark")} == {"Sperrmüll", "sperrige"}
    lone = asked(browser, q="Sperrzaun")  # where nothing is closer, half of it is what was found
    assert {mark.get_text() for mark in lone.select("mark")} >= {"gesperrt"}


def test_in_english_the_interface_is_english_and_titles_stay_german(browser: Client) -> None:
    live(BULKY)
    answer = browser.get("/suche/", {"q": "sperrmüll"}, SCRIPT_NAME="/en", HTTP_ACCEPT_LANGUAGE="en")
    shown = BeautifulSoup(answer.content, "html.parser")
    assert shown.html["lang"] == "en"
    assert "1 result" in shown.get_text()
    assert shown.select_one(".hit__title")["lang"] == "de"
    assert shown.select_one(".hit a")["href"] == "/en/dienstleistungen/sperrmuell/"
    said = browser.get(
        "/suche/vorschlaege", {"q": "sperr"}, SCRIPT_NAME="/en", HTTP_ACCEPT_LANGUAGE="en"
    ).json()
    assert said["suggestions"][0] == {
        "title": "Sperrmüll abholen",
        "kind": "Services",
        "path": "/en/dienstleistungen/sperrmuell/",
    }


def test_every_page_has_the_field_and_tells_browsers_of_it(browser: Client) -> None:
    publish.put_live(page("impressum"), "a" * 64)
    publish.settle()
    found = store.read("/impressum/")
    assert found
    baked = BeautifulSoup(found[1], "html.parser")
    form = baked.select_one("header form[role=search]")
    assert (form["action"], form["method"], form.select_one("input")["name"]) == ("/suche/", "get", "q")
    assert form.select_one("label")["for"] == form.select_one("input")["id"]
    address = baked.select_one("link[rel=search]")["href"]
    answer = browser.get(address)
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    assert b'template="http://localhost:8000/suche/?q={searchTerms}"' in answer.content


def test_suggestions_are_few_short_and_may_be_cached(browser: Client) -> None:
    many([message(number) for number in range(23)])
    live(BULKY)
    answer = browser.get("/suche/vorschlaege", {"q": "br"})
    assert len(answer.json()["suggestions"]) == site.SUGGESTIONS
    assert "public" in answer["Cache-Control"]
    assert [s["title"] for s in browser.get("/suche/vorschlaege", {"q": "spe"}).json()["suggestions"]] == [
        "Sperrmüll abholen"
    ]
    for typed in ("", "s", "x" * 200):
        assert browser.get("/suche/vorschlaege", {"q": typed}).json() == {"suggestions": []}


def test_a_flood_of_suggestions_is_refused_and_the_page_still_answers(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(BULKY)
    monkeypatch.setattr(site, "_bucket", Bucket(per_second=0.001, at_once=2))
    codes = [browser.get("/suche/vorschlaege", {"q": "sperr"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = browser.get("/suche/vorschlaege", {"q": "sperr"})
    assert refused["Retry-After"]
    assert refused["Cache-Control"] == "no-store"
    assert titles(asked(browser, q="sperrmüll")) == ["Sperrmüll abholen"]


def test_the_page_needs_as_many_queries_for_many_pages_as_for_few(browser: Client) -> None:
    def needed() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get("/suche/", {"q": "brücke mühlwehr"})
        return len(seen)

    many([message(number) for number in range(12)])
    few = needed()
    many([message(number) for number in range(12, 120)])
    assert needed() == few
    many([message(number) for number in range(120, 300)])
    large = needed()
    assert (
        large == few + 1
    )  # a word that stands in more than `reading.LIGHT` entries is not read in full: one look more
    many([message(number) for number in range(300, 600)])
    assert needed() == large


def test_the_door_lets_the_search_through_in_both_languages_with_the_headers_of_pages(
    browser: Client,
) -> None:
    asked_for: list[tuple[str, str]] = []

    def django(environ: Any, start: Any) -> list[bytes]:
        asked_for.append((environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"]))
        start("200 OK", [])
        return []

    door = StoreFirst(django, ["localhost"])
    for path in ("/suche/", "/suche/vorschlaege", "/en/suche/"):
        headers: dict[str, str] = {}
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "localhost"}
        list(door(environ, lambda _status, given, headers=headers: headers.update(given)))
        assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert asked_for == [("", "/suche/"), ("", "/suche/vorschlaege"), ("/en", "/suche/")]


def test_a_draft_is_not_suggested(browser: Client) -> None:
    live(BULKY)
    publish.put_live(service("geheim", "Sperrmüllgeheimnis", "x"), "b" * 64)
    publish.withdraw(service("geheim", "").object_key)
    live()
    assert [
        s["title"] for s in browser.get("/suche/vorschlaege", {"q": "sperrmüll"}).json()["suggestions"]
    ] == ["Sperrmüll abholen"]


def test_long_texts_give_short_excerpts(browser: Client) -> None:
    text = "Lange Rede über anderes. " * 40 + "Hier steht der Leuchtturm am Ufer. " + "Noch mehr davon. " * 40
    live(page("turm", title="Am Fluss", blocks=(Block("text", html=f"<p>{text}</p>"),)))
    shown = asked(browser, q="leuchtturm").select_one(".hit__text").get_text()
    assert len(shown) < 250
    assert shown.startswith("Hier steht der Leuchtturm am Ufer. Noch mehr")
    endless = "und noch ein Wort mehr " * 40 + "am Leuchtturm vorbei " + "und noch ein Wort mehr " * 40
    live(page("ufer", title="Am Ufer", blocks=(Block("text", html=f"<p>{endless}</p>"),)))
    shown = asked(browser, q="leuchtturm vorbei").select_one(".hit__text").get_text()
    assert "Leuchtturm" in shown
    assert shown.startswith("… ")


def test_how_a_page_looks_and_where_it_is_listed_is_nothing_to_find(browser: Client) -> None:
    details = [
        ["colour", "Farbe", "#8a2f2f"],
        ["accent", "Zweitfarbe", "#35602a"],
        ["sections", "Aufbau der Startseite", "Wichtiger Hinweis · Begrüßung"],
        ["phone", "Telefon", "069 90009 110"],
    ]
    live(replace(service("steinbach", "Steinbach"), extra={"kind": "service", "details": details}))
    for words in ("zweitfarbe", "35602a", "Begrüßung"):
        assert not asked(browser, q=words).select(".hit")
    assert asked(browser, q="telefon 90009").select(".hit")  # the control: a fact is found


def test_an_excerpt_of_facts_is_labelled_and_begins_with_a_whole_sentence(browser: Client) -> None:
    hours = (("Tag", "Zeiten"), ("Montag", "8 bis 12 Uhr"), ("Dienstag", "geschlossen"))
    details = [
        ["street", "Straße und Hausnummer", "Marktplatz 1"],
        ["postcode", "Postleitzahl", "35999"],
        ["town", "Stadt oder Gemeinde", "Erlenfurt"],
        ["phone", "Telefon", "069 90009 110"],
        ["at", "Lage", "50.1, 8.6"],
        ["online", "Online erledigen", "https://online.example/"],
    ]
    blocks = (
        Block("table", title="Öffnungszeiten", rows=hours),
        Block("text", html="<p>Fragen Sie Dr. Auental. Sie berät.</p>"),
    )
    live(replace(service("fundamt", "Fundamt"), blocks=blocks, extra={"kind": "service", "details": details}))

    def excerpt(words: str) -> str:
        return asked(browser, q=words).select_one(".hit__text").get_text()

    assert excerpt("fundamt montag").startswith(
        "Montag: 8 bis 12 Uhr · Dienstag: geschlossen · Fragen Sie Dr. Auental. Sie berät. Anschrift:"
    )
    assert excerpt("fundamt telefon") == "Telefon: 069 90009 110"
    assert excerpt("fundamt erlenfurt") == "Anschrift: Marktplatz 1, 35999 Erlenfurt · Telefon: 069 90009 110"
    long = replace(
        service("lang", "Lang"),
        extra={
            "kind": "service",
            "details": [["a", "Amt", ("Tor " * 53).strip()], ["m", "E-Mail", "x" * 40]],
        },
    )
    live(long)
    assert excerpt("lang amt").endswith("Tor …")
    assert excerpt("fundamt berät").startswith("Sie berät. Anschrift: ")
