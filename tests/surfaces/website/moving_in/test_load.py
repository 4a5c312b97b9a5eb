"""Taking over: drafts that nobody sees yet, once each, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.surfaces.website.models import (
    Category,
    HomePage,
    MessagePage,
    NewsIndexPage,
    ReleasedPage,
    TownImage,
)
from stadtnah.surfaces.website.moving_in import command, load, tasks
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.people import cast
from tests.samples.feeds import make

SAMPLES = Path(__file__).parents[3] / "samples" / "feeds"
pytestmark = pytest.mark.django_db


@pytest.fixture
def news() -> NewsIndexPage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Start", slug="start"))
    page: NewsIndexPage = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    return page


@dataclass
class OldSite:
    """The old website on loopback: what it serves, and what was asked for."""

    url: str
    files: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def old_site(settings) -> Iterator[OldSite]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, mime, body = site.files.get(self.path, (404, "text/plain", b"weg"))
            self.send_response(status)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{port}"]
    site = OldSite(f"http://127.0.0.1:{port}")
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def taken(data: bytes, source: str = "alt.xml", *, pictures: bool = False) -> ImportRun:
    run = load.start(data, source=source, by=None, pictures=pictures)
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def test_a_feed_becomes_drafts(news):
    Category.objects.create(slug="verkehr", label="Verkehr")
    run = taken(sample("typo3-news.rss.xml"))
    assert (run.state, run.total, run.created, run.broken) == ("done", 2, 2, 0)
    page = MessagePage.objects.get(title="Sperrung der Brückenstraße ab 11. März")
    assert not page.live
    assert page.dated == date(2024, 3, 5)
    assert page.slug == "sperrung-der-brueckenstrasse-ab-11-maerz"
    assert page.public_path() == "/aktuelles/2024/sperrung-der-brueckenstrasse-ab-11-maerz/"
    assert page.category == Category.objects.get(label="Verkehr")
    assert "Übernommen von https://www.lindwasser.example/aktuelles/detail/" in page.note
    assert page.latest_revision is not None
    content = page.content()
    assert content.dated == "2024-03-05"
    assert [block.kind for block in content.blocks] == ["text", "heading", "text"]
    assert "<h3>Zeiten</h3>" in content.blocks[2].html
    assert not ReleasedPage.objects.exists()


def test_tables_and_quotes_survive_the_way(news):
    taken(sample("wordpress.wxr.xml"))
    content = MessagePage.objects.get(title="Haushalt 2023").content()
    table = next(block for block in content.blocks if block.kind == "table")
    assert table.title == "Ausgaben nach Bereichen"
    assert table.rows == (("Bereich", "Euro"), ("Schulen", "1.200.000"), ("Straßen", "800.000"))
    quote = next(block for block in content.blocks if block.kind == "quote")
    assert quote.title == "Die Kämmerin"


def test_the_second_run_changes_nothing(news):
    data = make.feed(62)
    first = taken(data)
    assert first.broken == make.broken(62)
    assert first.created == 62 - first.broken
    before = set(Page.objects.values_list("pk", "latest_revision_id", "slug"))
    broken = set(ImportedItem.objects.filter(state="broken").values_list("guid_hash", flat=True))
    second = taken(data)
    assert (second.created, second.updated, second.kept) == (0, 0, 0)
    assert second.unchanged == first.created
    assert set(Page.objects.values_list("pk", "latest_revision_id", "slug")) == before
    assert set(ImportedItem.objects.filter(state="broken").values_list("guid_hash", flat=True)) == broken


def test_a_changed_item_updates_an_untouched_draft_and_leaves_an_edited_one(news):
    data = sample("doppelt-kodiert.rss.xml")
    taken(data)
    untouched = MessagePage.objects.get(title__startswith="Grünschnitt")
    edited = MessagePage.objects.get(title__startswith="„Spaß")
    edited.teaser = "Von Hand"
    edited.save_revision()
    changed = data.replace(b"t\xc3\xa4glich", b"immer").replace("täglich".encode(), b"immer")
    changed = changed.replace(b"Hier ist nichts doppelt", b"Hier ist alles einfach").replace(
        b"H\xc3\x83", b"N\xc3\x83"
    )
    run = taken(changed)
    assert (run.created, run.updated, run.kept) == (0, 1, 1)
    untouched.refresh_from_db()
    assert "N" in untouched.content().blocks[0].html[:12]
    edited.refresh_from_db()
    assert "alles einfach" not in edited.get_latest_revision_as_object().content().blocks[0].html
    assert "bearbeitet" in ImportedItem.objects.get(state="kept").reason_de


def test_a_deleted_draft_does_not_come_back(news):
    data = sample("doppelte-kennungen.rss.xml")
    taken(data)
    MessagePage.objects.get(title="Dritte Meldung").delete()
    run = taken(data)
    assert (run.created, run.unchanged, run.kept) == (0, 2, 1)
    assert not MessagePage.objects.filter(title="Dritte Meldung").exists()


def test_pictures_come_along_and_a_missing_one_is_a_note(news, old_site):
    old_site.files["/a.png"] = (200, "image/png", make.picture(1))
    old_site.files["/kaputt.png"] = (200, "image/png", b"kein Bild")
    body = '<img src="/a.png" alt="Ein Haus"><p>Text</p><img src="/weg.png"><img src="/kaputt.png"><img src="/a.png">'
    data = (
        f"<rss><channel><link>{old_site.url}</link><item><guid>1</guid><title>Bilder</title><pubDate>2024-01-01</pubDate>"
        f"<description><![CDATA[{body}]]></description></item></channel></rss>"
    )
    old_site.files["/rss"] = (200, "application/rss+xml", data.encode())
    run = load.start_from_url(f"{old_site.url}/rss", by=None)
    load.advance(run.pk)
    run.refresh_from_db()
    assert (run.created, run.broken, run.pictures, run.pictures_missing) == (1, 0, 1, 2)
    page = MessagePage.objects.get()
    assert page.hero_alt == "Ein Haus"
    assert page.hero_image.sha256
    assert TownImage.objects.count() == 1
    assert "Bild „weg.png“ fehlt: die alte Website antwortet mit 404." in page.note
    assert "Ein Bild fehlt: „kaputt.png“:" in page.note
    assert "Alternativtext" not in page.note  # what is missing has none to be written
    assert old_site.asked.count("/a.png") == 1
    again = load.start_from_url(f"{old_site.url}/rss", by=None)
    load.advance(again.pk)
    assert old_site.asked.count("/a.png") == 1  # nothing changed: nothing is fetched but the feed


def test_a_silent_host_is_left_alone_after_a_while(news, old_site, settings):
    body = "".join(f'<img src="http://127.0.0.1:9/{number}.png">' for number in range(30))
    data = f"<rss><channel><item><guid>1</guid><title>T</title><description><![CDATA[<p>x</p>{body}]]></description></item></channel></rss>"
    settings.STADTNAH_NET_ALLOW = ["127.0.0.1:9"]
    run = taken(data.encode(), pictures=True)
    assert (run.created, run.pictures_missing) == (1, 30)
    assert "antwortet nicht mehr" in str(ImportedItem.objects.get().notes)


def test_no_picture_is_fetched_from_our_own_network(news, old_site, settings):
    settings.STADTNAH_NET_ALLOW = []
    data = f"<rss><channel><item><guid>1</guid><title>T</title><description><![CDATA[<p>x</p><img src='{old_site.url}/a.png'>]]></description></item></channel></rss>"
    run = taken(data.encode(), pictures=True)
    assert run.pictures_missing == 1
    assert old_site.asked == []
    assert "internes Netz" in str(ImportedItem.objects.get().notes)


def test_stop_and_go_on(news):
    run = load.start(make.feed(62), source="alt.xml", by=None, pictures=False)

    def stop_early(state: ImportRun) -> None:
        if state.done >= 20:
            load.stop(state, by=None)

    load.advance(run.pk, say=stop_early)
    run.refresh_from_db()
    assert run.state == "stopped"
    part = MessagePage.objects.count()
    assert 20 <= part < 60
    assert load.resume(run, by=None)
    load.advance(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert run.created + run.unchanged == 62 - make.broken(62)
    assert MessagePage.objects.count() == 62 - make.broken(62)
    assert not load.resume(run, by=None)


def test_a_process_that_ends_hands_the_run_on(news):
    run = load.start(make.feed(31), source="alt.xml", by=None, pictures=False)
    load.advance(run.pk, ending=lambda: MessagePage.objects.count() >= 10)
    run.refresh_from_db()
    assert run.state == "waiting"
    assert [found.pk for found in load.waiting()] == [run.pk]
    tasks.take_over.call(str(run.pk))
    run.refresh_from_db()
    assert run.state == "done"
    assert load.advance(run.pk) is None  # a doubled task finds nothing to do


def test_a_run_whose_worker_was_killed_is_found(news):
    run = load.start(make.feed(5), source="alt.xml", by=None, pictures=False)
    ImportRun.objects.filter(pk=run.pk).update(state="running", beat_at=clock.now())
    assert load.waiting() == []
    assert load.advance(run.pk) is None  # somebody works on it
    ImportRun.objects.filter(pk=run.pk).update(beat_at=clock.now() - timedelta(minutes=4))
    assert [found.pk for found in load.waiting()] == [run.pk]
    load.advance(run.pk)
    run.refresh_from_db()
    assert run.state == "done"


def test_queries_per_item_are_bounded(news):
    taken(make.feed(31))
    with CaptureQueriesContext(
        connection,
    ) as few:
        taken(make.feed(62), source="zwei.xml")
    created = (
        62
        - make.broken(62)
        - ImportedItem.objects.filter(run__source="alt.xml").exclude(state="broken").count()
    )
    assert len(few) / max(1, created) < 60
    with CaptureQueriesContext(connection) as nothing:
        taken(make.feed(62), source="zwei.xml")
    assert len(nothing) < 90


def test_who_may(news):
    people = cast()
    for allowed in (people.agnes, people.ada):
        load.start(sample("rdf.rss.xml"), source="x.xml", by=allowed)
    for refused in (people.aaron, people.charlie, people.clara):
        with pytest.raises(PermissionDenied):
            load.start(sample("rdf.rss.xml"), source="x.xml", by=refused)


def test_without_a_news_page_it_says_so():
    run = taken(sample("rdf.rss.xml"))
    assert run.state == "failed"
    assert "Aktuelles" in run.error_de


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, "text/html", b"weg"), "Antwort 404"),
        ((200, "text/html", b"<html></html>"), "Webseite, kein Feed"),
    ],
)
def test_an_address_without_a_feed(news, old_site, answer, said):
    old_site.files["/rss"] = answer
    run = load.advance(load.start_from_url(f"{old_site.url}/rss", by=None).pk)
    assert (run.state, run.kind) == ("failed", "")
    assert said in run.error_de
    warned: list[str] = []
    assert command.run(f"{old_site.url}/rss", pictures=False, say=print, warn=warned.append) == 1
    assert said in warned[0]


def test_the_command_says_what_stands_at_an_address_before_it_is_taken_over(news, old_site):
    old_site.files["/rss"] = (200, "application/rss+xml", sample("joomla-entities.rss.xml"))
    said: list[str] = []
    assert command.run(f"{old_site.url}/rss", pictures=False, say=said.append, warn=print) == 0
    assert said[0].endswith("Einträge (rss).")
    assert "Neue Entwürfe: 2." in said[1]


def test_a_catalogue_is_asked_for_at_an_address_too(news, old_site):
    old_site.files["/rss"] = (200, "application/rss+xml", sample("joomla-entities.rss.xml"))
    warned: list[str] = []
    run = command.run(f"{old_site.url}/rss", pictures=False, services=True, say=print, warn=warned.append)
    assert (run, MessagePage.objects.count()) == (1, 0)
    assert "kein Katalog von Dienstleistungen" in warned[0]


def test_the_command_reports_in_german(news, tmp_path):
    file = tmp_path / "alt.xml"
    file.write_bytes(sample("joomla-entities.rss.xml"))
    said: list[str] = []
    warned: list[str] = []
    assert command.run(str(file), pictures=False, say=said.append, warn=warned.append) == 0
    text = "\n".join(said)
    assert "Neue Entwürfe: 2." in text
    assert "\n  Eintrag 2 ohne Titel und ohne Text." in text
    assert "bis die Kommune sie freigibt" in text
    assert command.run(str(tmp_path / "nichts"), pictures=False, say=said.append, warn=warned.append) == 1
    assert "ist nicht zu lesen" in warned[-1]
