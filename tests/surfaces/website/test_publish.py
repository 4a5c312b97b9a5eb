"""What becomes public, what is baked, what is taken back."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import bake, publish, store, waiting, words
from stadtnah.surfaces.website.models import PageUse, ReleasedPage, StaleUse
from stadtnah.surfaces.website.search.marks import MARK
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page

pytestmark = pytest.mark.django_db


def shown(path: str) -> str:
    found = store.read(path)
    return found[1].decode() if found else ""


def status(path: str) -> int:
    meta = store.read_meta(path)
    return meta.status if meta else 404


def vars_of(row: ReleasedPage) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in ReleasedPage._meta.concrete_fields}


def live(*contents: Content) -> None:
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()


def test_a_message_is_on_its_page_and_in_every_list_in_both_languages(town: Town, picture: Picture) -> None:
    live(message(1, hero=picture))
    path = "/aktuelles/2026/meldung-1/"
    for prefix in ("", "/en"):
        assert "Meldung 1: Brücke wieder frei" in shown(prefix + path)
        assert f'href="{prefix}{path}"' in shown(prefix + "/")
        assert f'href="{prefix}{path}"' in shown(prefix + "/aktuelles/")
        assert f'href="{prefix}{path}"' in shown(prefix + "/aktuelles/rubrik/verkehr/")
    assert '<html lang="de">' in shown(path)
    english = shown("/en" + path)
    assert '<html lang="en">' in english
    assert '<article class="message" lang="de">' in english
    assert "Skip to content" in english
    assert "Zum Inhalt springen" in shown(path)
    assert 'alt="Eine Wiese am Fluss"' in shown(path)
    assert "<strong>heute</strong>" in shown(path)


def test_publishing_the_same_again_changes_nothing(town: Town) -> None:
    live(message(1))
    row = ReleasedPage.objects.get()
    before = {path: store.read_meta(path) for path in store.paths()}
    live(message(1))
    assert {path: store.read_meta(path) for path in store.paths()} == before
    again = ReleasedPage.objects.get()
    assert (again.version, again.updated_at) == (row.version, row.updated_at)


def test_a_correction_says_so(town: Town) -> None:
    live(message(1))
    assert "Berichtigt" not in shown("/aktuelles/2026/meldung-1/")
    publish.put_live(message(1, title="Brücke doch gesperrt"), OTHER)
    publish.settle()
    text = shown("/aktuelles/2026/meldung-1/")
    assert "Brücke doch gesperrt" in text
    assert "Berichtigt am " in text
    assert "Fassung" not in text  # numbers belong to the desk and the proof: they also count what nobody saw
    assert "Corrected on " in shown("/en/aktuelles/2026/meldung-1/")
    assert "Brücke doch gesperrt" in shown("/")


def test_a_release_that_changed_nothing_for_citizens_is_no_correction(town: Town) -> None:
    live(message(1))
    before = ReleasedPage.objects.get()
    publish.put_live(message(1), OTHER)
    after = ReleasedPage.objects.get()
    assert (after.digest, after.version, after.updated_at) == (OTHER, 1, before.updated_at)


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "507"])
def test_what_went_wrong_is_said_in_a_sentence_and_leads_on(town: Town, code: str) -> None:
    bake.bake_all()
    for prefix, way in (("", "Zu den aktuellen Meldungen"), ("/en", "To the current messages")):
        html = shown(f"{prefix}/{code}.html")
        assert f'<a href="{prefix}/">' in html
        assert f'<a href="{prefix}/aktuelles/">{way}</a>' in html
        assert "069 90009 100" in html


def test_a_public_request_that_django_refuses_gets_the_page_of_the_website(
    town: Town, client: Client
) -> None:
    plain = client.get("/newsletter/", {"x": "\0"})
    assert (plain.status_code, plain.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    bake.bake_all()
    told = client.get("/newsletter/", {"x": "\0"})
    assert told.status_code == 400
    assert "<h1>Die Anfrage war unvollständig</h1>" in told.content.decode()
    assert (
        "Your request was incomplete"
        in client.get("/newsletter/", {"x": "\0"}, SCRIPT_NAME="/en").content.decode()
    )
    assert "<h1>Diese Seite haben wir nicht gefunden</h1>" in client.get("/gibt-es-nicht/").content.decode()


GERMAN = re.compile(
    r"Brücke|Mühlwehr|Verkehr|Montag|Uhr|Impressum|Über|Marktplatz|Eine Wiese|seit|Berichtigt|Bild|gilt"
)


def test_on_english_pages_each_word_is_marked_with_its_language(town: Town, picture: Picture) -> None:
    over = page("ueber", title="Über Beispielau", extra={"kind": "page", "menu": "main", "menu_order": 1})
    live(
        message(1, hero=picture, place="Am Mühlwehr", valid_from="2026-11-30T07:00"),
        message(2),
        page("impressum"),
        over,
    )
    bake.bake_all()
    paths = ["/", "/aktuelles/", "/aktuelles/rubrik/verkehr/", "/aktuelles/archiv/", "/404.html", "/ueber/"]
    for path in [*paths, "/aktuelles/2026/meldung-1/"]:
        found = Spoken.of(shown(f"/en{path}"))
        assert [text for text in found["en"] if GERMAN.search(text.replace(town.name, ""))] == [], path
        assert {
            text for text in found["de"] if re.search(r"^(Home|News|Where|From|By e-mail|More)", text)
        } == set()
        assert "Skip to content" in found["en"]
        assert "Impressum" in found["de"]
    assert "lang=" not in shown("/").partition("<body>")[2].replace('lang="en">English', "").replace(
        'hreflang="en" ', ""
    )


class Spoken(HTMLParser):
    """Texts of a page by the language that their element is marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = defaultdict(list)
        self.open: list[tuple[str, str]] = []
        self.void = {"meta", "link", "img", "input", "br", "source", "path"}

    @classmethod
    def of(cls, html: str) -> dict[str, list[str]]:
        reader = cls()
        reader.feed(html.partition("<body>")[0].split("<head>")[0] + html.partition("</head>")[2])
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1][1] if self.open else ""
        if tag not in self.void:
            self.open.append((tag, dict(attrs).get("lang") or above))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.void:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] != "script":
            self.found[self.open[-1][1]].append(data.strip())


def test_opening_hours_never_break_inside_a_range(town: Town) -> None:
    town.opening_hours = [["Dienstag", "8:00 bis 12:00 Uhr und 14–18 Uhr"], ["Freitag", "<nach Absprache>"]]
    town.save()
    live(message(1))
    for path in ("/", "/aktuelles/2026/meldung-1/"):
        assert (
            '<dd><span class="span">8:00 bis 12:00 Uhr</span> und <span class="span">14–18 Uhr</span></dd>'
        ) in shown(path)
        assert "<dd>&lt;nach Absprache&gt;</dd>" in shown(path)


def test_a_withdrawn_page_answers_410_and_leaves_the_lists(town: Town) -> None:
    live(message(1), message(2))
    publish.withdraw(message(1).object_key)
    publish.settle()
    for prefix in ("", "/en"):
        assert status(f"{prefix}/aktuelles/2026/meldung-1/") == 410
        gone = shown(f"{prefix}/aktuelles/2026/meldung-1/")
        assert "Brücke" not in gone
        for way in ("/aktuelles/", "/suche/", "/nachricht/"):
            assert f'<li><a href="{prefix}{way}">' in gone
        assert "meldung-1" not in shown(f"{prefix}/") + shown(f"{prefix}/aktuelles/")
        assert "meldung-2" in shown(f"{prefix}/aktuelles/")
    when = words.moment(ReleasedPage.objects.get(pk=message(1).object_key).updated_at)
    gone = shown("/aktuelles/2026/meldung-1/")
    assert "<h1>Diese Meldung wurde zurückgezogen</h1>" in gone
    assert f"Die Stadt Beispielau hat diese Meldung am {when} zurückgezogen." in gone
    assert "This message was withdrawn" in shown("/en/aktuelles/2026/meldung-1/")
    assert publish.withdraw("message:unbekannt") is None
    live(message(1))
    assert status("/aktuelles/2026/meldung-1/") == 200


def test_the_last_message_of_a_list_takes_the_list_along(town: Town) -> None:
    live(message(1, category="umwelt", category_label="Umwelt"), message(2))
    assert status("/aktuelles/rubrik/umwelt/") == 200
    publish.withdraw(message(1).object_key)
    publish.settle()
    assert status("/aktuelles/rubrik/umwelt/") == 404
    assert status("/aktuelles/rubrik/verkehr/") == 200


def test_an_edited_message_bakes_only_the_pages_that_show_it(town: Town) -> None:
    old = [message(number, dated=f"2025-{number:02}-10") for number in range(1, 13)]
    live(*old, *(message(number, dated=f"2026-01-{number:02}") for number in range(13, 30)), page())
    everything = set(PageUse.objects.values_list("path", flat=True))
    publish.put_live(dataclasses.replace(old[0], teaser="Anders."), OTHER)
    baked = set(publish.settle())
    assert baked == {
        old[0].path,
        "/aktuelles/seite/3/",
        "/aktuelles/rubrik/verkehr/seite/3/",
        "/aktuelles/archiv/2025/01/",
    }
    assert baked < everything
    assert not StaleUse.objects.exclude(used__startswith=MARK).exists()  # the search has a job of its own


def test_a_new_message_bakes_no_further_pages_but_those_of_its_own_lists(town: Town) -> None:
    culture = {"category": "kultur", "category_label": "Kultur"}
    live(*(message(number, dated=f"2025-01-{number:02}") for number in range(1, 15)))
    live(*(message(number, dated=f"2025-02-{number:02}", **culture) for number in range(15, 29)))
    publish.put_live(message(29, dated="2026-03-01"), OTHER)
    baked = set(publish.settle())
    assert {"/aktuelles/seite/2/", "/aktuelles/rubrik/verkehr/seite/2/"} <= baked
    assert "/aktuelles/rubrik/kultur/" in baked  # it shows how many there are of each category
    assert "/aktuelles/rubrik/kultur/seite/2/" not in baked
    assert "/aktuelles/archiv/2025/02/" not in baked
    assert_faithful()


def assert_faithful() -> None:
    """Every stored page is what making it now would give: nothing that it shows has changed behind its back."""
    before = {path: store.read_meta(path) for path in store.paths()}
    bake.bake_all()
    assert {path: store.read_meta(path) for path in store.paths()} == before


def test_a_new_entry_of_the_menu_reaches_every_page(town: Town) -> None:
    live(message(1), page("impressum"))
    assert "Barrierefreiheit" not in shown("/aktuelles/2026/meldung-1/")
    live(page("barrierefreiheit"))
    assert 'href="/barrierefreiheit/"' in shown("/aktuelles/2026/meldung-1/")
    publish.put_live(page("barrierefreiheit", teaser="Neu"), OTHER)
    assert publish.settle() == ["/barrierefreiheit/"]


def test_lists_are_paged_and_every_message_is_in_them_once(town: Town) -> None:
    contents = [
        message(number, dated=f"2026-{1 + number % 11:02}-{1 + number % 27:02}") for number in range(1, 31)
    ]
    live(*contents)
    pages = [shown(path) for path in ("/aktuelles/", "/aktuelles/seite/2/", "/aktuelles/seite/3/")]
    for content in contents:
        assert sum(f'<a href="{content.path}">' in text for text in pages) == 1
    assert status("/aktuelles/seite/4/") == 404
    assert 'aria-current="page" aria-label="Seite 2"' in pages[1]
    months = [path for path in store.paths() if path.startswith("/aktuelles/archiv/2026/")]
    assert sum(shown(path).count('<h2 class="row__title">') for path in months) == 30


def test_a_new_address_leads_on_from_the_old_one(town: Town) -> None:
    live(message(1))
    publish.put_live(message(1, slug="neu"), OTHER)
    publish.settle()
    meta = store.read_meta("/aktuelles/2026/meldung-1/")
    assert meta is not None
    assert (meta.status, meta.location) == (301, "/aktuelles/2026/neu/")
    english = store.read_meta("/en/aktuelles/2026/meldung-1/")
    assert english is not None
    assert english.location == "/en/aktuelles/2026/neu/"
    assert status("/aktuelles/2026/neu/") == 200


def test_two_live_pages_cannot_share_an_address(town: Town) -> None:
    live(message(1))
    with pytest.raises(ValueError, match="gehört schon"):
        publish.put_live(message(2, slug="meldung-1"), OTHER)
    publish.withdraw(message(1).object_key)
    publish.put_live(message(2, slug="meldung-1"), OTHER)
    publish.settle()
    assert "Meldung 2" in shown("/aktuelles/2026/meldung-1/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/aktuelles/2026/{'s' * 230}/", "zu lang"),
        ("/aktuelles/../geheim/", "unzulässige Zeichen"),
        ("/aktuelles/rubrik/verkehr/", "steht eine Liste"),
    ],
)
def test_an_address_that_cannot_be_given_is_refused_before_anything_is_public(
    town: Town, path: str, said: str
) -> None:
    live(message(1))
    wrong = dataclasses.replace(message(2), path=path)
    with pytest.raises(ValueError, match=said):
        publish.put_live(wrong, OTHER)
    assert ReleasedPage.objects.count() == 1
    live(message(3))
    assert status("/aktuelles/2026/meldung-3/") == 200  # the control: what follows goes its way


def test_a_page_that_cannot_be_made_keeps_no_other_from_it(town: Town) -> None:
    """Rows from before a rule was there, or damaged: every other page is still made anew."""
    live(message(1), page("impressum"))
    ReleasedPage.objects.create(
        **{
            **vars_of(ReleasedPage.objects.get(kind="page")),
            "object_key": "page:kaputt",
            "path": f"/{'s' * 230}/",
        }
    )
    publish.put_live(message(4), DIGEST)
    publish.settle()
    assert "meldung-4" in shown("/aktuelles/")
    left = StaleUse.objects.exclude(used__startswith=MARK)  # the search has a job of its own
    assert [row.used.startswith(waiting.MARK) for row in left] == [True]  # it is tried again, later


def test_what_a_crash_left_stale_is_baked_later(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    assert "meldung-1" not in shown("/aktuelles/")
    assert "/aktuelles/" in publish.settle()
    assert "meldung-1" in shown("/aktuelles/")
    assert publish.settle() == []


def test_hostile_content_does_nothing_in_the_page(town: Town) -> None:
    evil = "<p onclick=alert(1)>Hallo<script>alert(1)</script><a href='javascript:alert(1)'>x</a></p>"
    live(
        message(
            1,
            title="<script>alert(1)</script>",
            blocks=(Block("text", html=evil), Block("heading", title="<img src=x>")),
        )
    )
    text = shown("/aktuelles/2026/meldung-1/")
    assert "alert(1)</script>" not in text.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert "onclick" not in text
    assert "javascript:" not in text
    assert "<img src=x" not in text


def test_every_page_keeps_to_the_policy(town: Town, picture: Picture) -> None:
    live(message(1, hero=picture), page())
    for path in store.paths():
        if path.endswith(("/", ".html")):
            text = shown(path)
            assert " style=" not in text, path
            assert "<style" not in text, path
            assert "<script>" not in text, path
            assert 'src="http' not in text, path
            assert 'rel="stylesheet" href="/theme/' in text, path


def test_pictures_are_files_named_by_their_bytes(town: Town, picture: Picture) -> None:
    live(message(1, hero=picture))
    text = shown("/aktuelles/2026/meldung-1/")
    media = [
        path
        for path in store.paths()
        if path.startswith("/media/") and not path.startswith(("/media/mail/", "/media/teilen/"))
    ]
    assert media
    for path in media:
        meta = store.read_meta(path)
        assert meta is not None
        assert meta.etag in path
        assert "immutable" in meta.cache
    assert 'width="960" height="540"' in text
    assert "srcset=" in text


def test_a_preview_is_not_public(town: Town, picture: Picture) -> None:
    html = bake.preview(message(1, hero=picture))
    assert "data:image/" in html
    assert "Vorschau, nicht öffentlich" in html
    assert not any(path.startswith(("/media/", "/aktuelles/")) for path in store.paths())


def test_baking_everything_again_writes_nothing_new(town: Town) -> None:
    live(message(1), page())
    before = {path: store.read_meta(path) for path in store.paths()}
    assert set(bake.bake_all()) == bake.expected()
    assert {path: store.read_meta(path) for path in store.paths()} == before


def test_a_new_colour_reaches_every_page(town: Town) -> None:
    live(message(1))
    before = shown("/")
    town.colour = "#7a1f3d"
    town.save()
    publish.touch("town")
    assert shown("/") != before


def test_a_withdrawn_message_leaves_the_feeds_whoever_asks_for_it(town: Town) -> None:
    live(message(1), message(2))
    assert "meldung-1/" in shown("/feeds/atom.xml")
    assert publish.withdraw(message(1).object_key)
    publish.settle()
    for feed in ("atom.xml", "rss.xml", "feed.json"):
        assert "meldung-1/" not in shown(f"/feeds/{feed}")
        assert "meldung-2/" in shown(f"/feeds/{feed}")  # the control


def test_an_end_at_midnight_names_the_day_that_it_ends() -> None:
    with translation.override("de"):
        assert words.end("2026-12-09T00:00") == "Dienstag, 8. Dezember 2026, 24:00 Uhr"
        assert words.end("2026-12-09T14:00") == "Mittwoch, 9. Dezember 2026, 14:00 Uhr"
        assert words.end("2026-12-09") == "Mittwoch, 9. Dezember 2026"
    with translation.override("en"):
        assert words.end("2026-12-09T00:00") == "Tuesday, 8 December 2026, midnight"


def test_whether_an_address_is_free_is_asked_without_reading_every_message(town: Town) -> None:
    for number in range(3):
        publish.put_live(message(number), DIGEST)
    with CaptureQueriesContext(connection) as queries:
        assert publish.address_problem(message(4)) == ""
    assert len(queries) == 1
    assert "steht eine Liste" in publish.address_problem(page(path="/aktuelles/archiv/"))
