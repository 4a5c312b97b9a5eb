"""Subscribed calendars: a real server on the loopback, read by the job, decided at the desk; drafts and questions, never a deletion."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Scope
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.privacy.api import PURPOSES
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.moving_in import load, release, tasks
from stadtnah.surfaces.website.moving_in.models import (
    FoundEvent,
    ImportedItem,
    ImportRun,
    Question,
    Subscription,
)
from stadtnah.surfaces.website.moving_in.subscribed import reader, verbs
from tests.factories.people import Cast
from tests.services.events.samples import calendar, event
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.calendar.conftest import event_page

LIST = "/desk/veranstaltungen/kalender/"
CHOOSE = "/desk/veranstaltungen/einlesen/{}/auswahl/"
_DAY = clock.now().date() + timedelta(days=40)


def when(days: int = 0, hour: int = 19) -> str:
    return f"DTSTART:{_DAY + timedelta(days=days):%Y%m%d}T{hour:02}0000"


def club(*uids: str, hour: int = 19) -> bytes:
    rows = [
        event(when(number, hour), f"LOCATION:Halle {number}", uid=uid, title=f"Probe {uid}")
        for number, uid in enumerate(uids)
    ]
    return calendar(*rows, head="X-WR-CALNAME:Turnverein")


@dataclass
class Site:
    """What the club's server gives."""

    url: str = ""
    body: bytes = b""
    status: int = 200
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    robots: tuple[int, bytes] = (404, b"")
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, If-None-Match


@pytest.fixture
def site(settings) -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match = self.headers.get("If-None-Match", "")
            found.asked.append((self.path, match))
            status, body, headers = found.status, found.body, dict(found.headers)
            if self.path == "/robots.txt":
                (status, body), headers = found.robots, {}
            elif found.etag:
                headers["ETag"] = found.etag
                if match == found.etag:
                    status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{port}"]
    found.url = f"http://127.0.0.1:{port}/termine.ics"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def agency(people: Cast) -> Client:
    founding.lay_tree("Willkommen", site_name="Beispielau")
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value, Scope.IMPORT.value])
    return as_(people.agnes)


def read(one: Subscription, *, at_once: bool = True) -> Subscription:
    """The job's work: asked, followed, taken over."""
    if at_once:
        Subscription.objects.filter(pk=one.pk).update(next_at=clock.now())
    run_id = reader.read(one.pk)
    if run_id is not None:
        tasks.take_over.func(str(run_id))
    one.refresh_from_db()
    return one


def added(client: Client, url: str, **fields: str) -> Subscription:
    answer = client.post(LIST, {"address": url, **fields})
    one = Subscription.objects.get()
    assert answer.headers["Location"] == f"{LIST}{one.pk}/"
    return read(one, at_once=False)


def subscribed(client: Client, url: str, **fields: str) -> Subscription:
    one = added(client, url, **fields)
    client.post(CHOOSE.format(one.run_id))
    load.advance(one.run_id)
    one.refresh_from_db()
    assert one.state == Subscription.State.ACTIVE
    return one


def text(client: Client, one: Subscription) -> str:
    return client.get(f"{LIST}{one.pk}/").content.decode()


def asked() -> dict[str, str]:
    return {
        row.title: row.kind for row in Question.objects.filter(answer="").exclude(kind=Question.Kind.EMPTY)
    }


def answer(client: Client, said: str, title: str = "") -> Question:
    row = Question.objects.get(answer="", **({"title": title} if title else {}))
    client.post(f"{LIST}frage/{row.pk}/", {"antwort": said})
    row.refresh_from_db()
    return row


def edit(named: str, **values: object) -> EventPage:
    page = EventPage.objects.get(title=named)
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    page.save_revision()
    return page


def draft(page: EventPage) -> EventPage:
    found: EventPage = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def test_a_calendar_is_looked_at_then_subscribed_and_becomes_drafts(agency: Client, site: Site) -> None:
    site.body = calendar(
        event(when(), uid="a", title="Turnfest"), event("DTSTART:bald", uid="b", title="Ohne Tag")
    )
    one = added(agency, site.url, organiser="Turnverein", place="Turnhalle, Ringstraße 1", category="Sport")
    assert one.state == Subscription.State.NEW
    assert not EventPage.objects.exists()
    said = text(agency, one)
    assert "Turnfest" in said
    assert "Termin 2: Ohne Tag" in said
    assert "Abonnieren und Entwürfe anlegen" in said
    answer = agency.post(CHOOSE.format(one.run_id))
    assert answer.headers["Location"] == f"{LIST}{one.pk}/"
    load.advance(one.run_id)
    page = EventPage.objects.get()
    assert (page.organiser, page.place_name, page.address, page.categories) == (
        *("Turnverein", "Turnhalle", "Ringstraße 1"),
        "Sport",
    )
    assert (page.live, ReleasedPage.objects.filter(kind="event").exists()) == (False, False)
    assert "Entwürfe ansehen und zur Freigabe geben" in text(agency, one)
    assert ImportedItem.objects.filter(state="broken").count() == 1


def test_the_same_again_does_nothing_and_asks_only_what_changed(agency: Client, site: Site) -> None:
    site.body, site.etag = club("a", "b"), '"eins"'
    one = subscribed(agency, site.url)
    before = list(EventPage.objects.values_list("pk", "latest_revision_id"))
    read(one)
    assert site.asked[-1] == ("/termine.ics", '"eins"')
    assert [path for path, _match in site.asked].count("/robots.txt") == 1, "its rules hold for a day"
    site.etag = ""
    read(one)
    assert list(EventPage.objects.values_list("pk", "latest_revision_id")) == before
    assert (one.number, one.error_de, asked()) == (2, "", {})


def test_it_is_read_at_most_once_an_hour_and_less_often_after_errors(agency: Client, site: Site) -> None:
    site.body = club("a")
    one = subscribed(agency, site.url)
    number = len(site.asked)
    read(one, at_once=False)
    assert len(site.asked) == number
    assert not reader.due().exists()
    site.status = 500
    waits = []
    for _ in range(4):
        read(one)
        assert one.next_at is not None
        waits.append(round((one.next_at - clock.now()) / timedelta(hours=1)))
    assert waits == [1, 2, 4, 8]
    assert "Antwort 500" in text(agency, one)
    assert "nicht lesbar" in agency.get(LIST).content.decode()
    site.headers = {"Retry-After": "172800"}
    site.status = 503
    read(one)
    assert one.next_at is not None
    assert one.next_at - clock.now() > timedelta(hours=47)
    assert asked() == {}
    site.status, site.headers = 200, {}
    assert read(one).failures == 0


def test_what_changed_over_there_is_updated_while_nobody_touched_it(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    site.body = club("a", "b", hour=20)
    read(one)
    assert set(EventPage.objects.values_list("begins", flat=True)) == {time(20)}
    assert asked() == {}


def test_what_somebody_edited_is_asked_about_and_only_the_change_is_taken_over(
    agency: Client, site: Site
) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    page = edit("Probe a", title="Große Probe", price="3 €")
    site.body = club("a", "b", hour=20)
    read(one)
    assert asked() == {"Große Probe": "changed"}
    said = text(agency, one)
    assert "Der Verein hat den Termin geändert" in said
    assert "20:00" in said
    assert draft(page).begins == time(19)
    row = answer(agency, "take")
    assert (row.plain, row.changes) == ({}, [])
    taken = draft(page)
    assert (taken.begins, taken.title, taken.price) == (time(20), "Große Probe", "3 €")
    assert not EventPage.objects.filter(live=True).exists()
    read(one)
    assert asked() == {}


def test_what_is_kept_is_not_asked_again_until_it_changes_once_more(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    page = edit("Probe a", price="3 €")
    site.body = club("a", "b", hour=20)
    read(one)
    answer(agency, "keep")
    read(one)
    assert (asked(), draft(page).begins) == ({}, time(19))
    site.body = club("a", "b", hour=21)
    read(one)
    assert asked() == {"Probe a": "changed"}
    site.body = club("a", "b", hour=20)
    read(one)
    assert asked() == {}, "as it was when somebody said to keep it"


def test_what_was_laid_before_the_municipality_is_not_changed_by_a_reading(
    agency: Client, site: Site, people: Cast
) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    assert release.lay_before(one.run_id, people.agnes) == 2
    site.body = club("a", hour=20)
    read(one)
    assert asked() == {"Probe a": "changed", "Probe b": "gone"}
    assert "Entwurf löschen" not in text(agency, one)
    answer(agency, "delete", "Probe b")
    assert EventPage.objects.filter(title="Probe b").exists()
    row = answer(agency, "cancel", "Probe b")
    assert row.answer == "cancel"
    assert draft(EventPage.objects.get(title="Probe b")).status == "EventCancelled"
    read(one)
    assert asked() == {"Probe a": "changed"}


@pytest.mark.parametrize(("said", "left"), [("keep", 2), ("delete", 1), ("cancel", 2)])
def test_a_vanished_event_is_a_question_and_never_a_deletion(
    agency: Client, site: Site, said: str, left: int
) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    site.body = club("a")
    read(one)
    assert asked() == {"Probe b": "gone"}
    assert EventPage.objects.count() == 2
    assert "1 Frage<" in agency.get(LIST).content.decode()
    assert "Eine Frage wartet" in agency.get("/desk/").content.decode()
    assert "absagen, löschen oder behalten?" in text(agency, one)
    answer(agency, said)
    assert EventPage.objects.count() == left
    read(one)
    assert asked() == {}
    site.body = club("a", "b")
    read(one)
    assert (asked(), EventPage.objects.count()) == ({}, left)


def test_what_comes_back_before_anybody_answered_is_no_question_any_more(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    site.body = club("a")
    read(one)
    site.body = club("a", "b")
    read(one)
    assert asked() == {}
    assert Question.objects.get().answer == "settled"


def test_what_is_over_may_leave_the_calendar(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    EventPage.objects.filter(title="Probe b").update(first_day=date(2020, 1, 1))
    site.body = club("a")
    read(one)
    assert asked() == {}


def test_an_empty_calendar_is_one_question(agency: Client, site: Site) -> None:
    site.body = club("a", "b", "c", "d")
    one = subscribed(agency, site.url)
    site.body = calendar()
    for _ in range(2):
        read(one)
        row = Question.objects.get(answer="")
        assert (row.kind, row.guid_hash) == ("empty", "")
    assert "Der Kalender ist leer" in text(agency, one)
    answer(agency, "wait")
    read(one)
    assert not Question.objects.filter(answer="").exists()
    site.body = club("a", "b", "c", "d")
    read(one)
    site.body = calendar()
    read(one)
    answer(agency, "each")
    read(one)
    assert len(asked()) == 4
    assert EventPage.objects.count() == 4


@contextmanager
def meanwhile(does: Callable[[], object], verb: str, table: str) -> Iterator[None]:
    """Somebody does something else just before the first such statement."""
    left = [does]

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        if left and sql.startswith(verb) and f'"{table}"' in sql:
            left.pop()()
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield
    assert not left, "control: it happened"


def test_what_somebody_answers_while_it_is_read_is_not_lost(agency: Client, site: Site) -> None:
    site.body = club("a", "b", "c", "d")
    one = subscribed(agency, site.url)
    site.body = calendar()
    read(one)
    site.body, site.etag = calendar(head="X-WR-CALNAME:Verein"), '"2"'
    with meanwhile(lambda: answer(agency, "each"), "SELECT", "moving_in_importeditem"):
        read(one)
    assert (one.said, one.etag, one.body_digest) == ("each", "", "")
    assert one.next_at is not None
    assert one.next_at <= clock.now(), "it is read at once, as was said"
    read(one, at_once=False)
    assert list(asked().values()) == ["gone"] * 4
    assert one.etag == '"2"'


def test_what_is_subscribed_while_it_is_looked_at_again_goes_on_being_read(
    agency: Client, site: Site
) -> None:
    site.body = club("a", "b")
    one = added(agency, site.url)
    load.advance(one.run_id)
    with meanwhile(lambda: agency.post(CHOOSE.format(one.run_id)), "UPDATE", "moving_in_importrun"):
        read(one)
    assert one.state == Subscription.State.ACTIVE
    assert one.next_at is not None


@pytest.mark.parametrize(
    "body",
    [club("a", "b")[:-60], b"", b"<html><body>Wartungsarbeiten</body></html>", b"\x00\xff" * 50],
)
def test_a_broken_file_makes_nothing_vanish_and_says_so(agency: Client, site: Site, body: bytes) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    site.body = body
    read(one)
    assert not Question.objects.exists()
    assert EventPage.objects.count() == 2
    assert one.error_de
    assert one.error_de in text(agency, one)


def test_what_is_probably_there_already_is_asked_about(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    event_page(first_day=_DAY, title="Herbstkonzert", place_name="Stadtkirche")
    concert = event(when(), "LOCATION:Stadtkirche", "X-STADTNAH-PRICE:5 €", uid="c", title="Herbst-Konzert")
    site.body = calendar(
        *club("a", "b")
        .decode()
        .replace("\r\n", "\n")
        .partition("Turnverein\n")[2]
        .rpartition("END:VCAL")[:1],
        concert,
    )
    read(one)
    assert asked() == {"Herbst-Konzert": "twin"}
    answer(agency, "merge")
    tasks.take_over.func(str(one.run_id))
    assert EventPage.objects.count() == 3
    assert draft(EventPage.objects.get(title="Herbstkonzert")).price == "5 €"
    read(one)
    assert asked() == {}


@pytest.mark.parametrize(("said", "pages"), [("new", 2), ("skip", 1)])
def test_a_twin_that_is_none_and_one_that_nobody_wants(
    agency: Client, site: Site, said: str, pages: int
) -> None:
    site.body = calendar()
    one = subscribed(agency, site.url)
    event_page(first_day=_DAY, title="Herbstkonzert", place_name="Stadtkirche")
    site.body = calendar(event(when(), "LOCATION:Stadtkirche", uid="c", title="Herbst-Konzert"))
    read(one)
    answer(agency, said)
    if said == "new":
        tasks.take_over.func(str(one.run_id))
    assert EventPage.objects.count() == pages
    read(one)
    assert (asked(), EventPage.objects.count()) == ({}, pages)


def test_a_killed_worker_and_a_job_that_runs_twice_make_nothing_twice(
    agency: Client, site: Site, monkeypatch
) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    site.body = club("a", "b", "c", "d")
    Subscription.objects.filter(pk=one.pk).update(next_at=clock.now())
    with monkeypatch.context() as patched:
        patched.setattr(reader, "_end", _killed)
        with pytest.raises(KeyboardInterrupt):
            reader.read(one.pk)
    assert reader.read(one.pk) is None, "claimed by the one that was killed"
    run = ImportRun.objects.get(pk=one.run_id)
    assert run.state == ImportRun.State.WAITING
    load.advance(run.pk)
    load.advance(run.pk)
    Subscription.objects.filter(pk=one.pk).update(busy_until=clock.now() - timedelta(seconds=1))
    read(one)
    read(one)
    assert EventPage.objects.count() == 4
    assert ImportedItem.objects.filter(page__isnull=False).count() == 4
    assert not FoundEvent.objects.exists()


def _killed(*_args: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_the_database_keeps_one_open_question_and_one_event_of_each_name(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    Question.objects.create(subscription=one, guid_hash="x", kind="gone")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(subscription=one, guid_hash="x", kind="changed")
    Question.objects.filter(guid_hash="x").update(answer="keep", answered_at=clock.now())
    Question.objects.create(subscription=one, guid_hash="x", kind="changed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(guid_hash="x", answer="").update(answer="keep")
    item = ImportedItem.objects.first()
    assert item is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedItem.objects.create(source_key=item.source_key, guid_hash=item.guid_hash, state="created")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(address_hash=one.address_hash, run=ImportRun.objects.create())


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1:9/termine.ics",
        "http://169.254.169.254/latest/",
        "http://localhost:1/",
        "http://10.0.0.1/",
    ],
)
def test_a_redirect_to_an_internal_address_is_refused(agency: Client, site: Site, there: str) -> None:
    site.status, site.headers = 302, {"Location": there}
    one = added(agency, site.url)
    assert "internes Netz" in one.error_de
    assert one.read_at is None
    assert not EventPage.objects.exists()


def test_an_internal_address_is_refused_at_once(agency: Client, site: Site, settings) -> None:
    settings.STADTNAH_NET_ALLOW = []
    one = added(agency, site.url)
    assert "internes Netz" in one.error_de
    assert site.asked == []


def test_a_bomb_is_refused(agency: Client, site: Site) -> None:
    site.body, site.headers = gzip.compress(b"BEGIN:VCALENDAR\r\n" * 3_000_000), {"Content-Encoding": "gzip"}
    one = added(agency, site.url)
    assert "größer als erlaubt" in one.error_de


def test_a_website_that_wants_no_programs_is_not_asked(agency: Client, site: Site) -> None:
    site.body, site.robots = club("a"), (200, b"User-agent: *\nDisallow: /")
    one = added(agency, site.url)
    assert "robots.txt" in one.error_de
    assert [path for path, _match in site.asked] == ["/robots.txt"]


def test_a_web_page_with_events_for_machines(agency: Client, site: Site) -> None:
    site.body = f"""<!doctype html><html><head><title>Heimatverein</title><script type="application/ld+json">
    {{"@graph": [{{"@type": "Event", "name": "Dorffest", "startDate": "{_DAY}", "url": "https://verein.example/fest"}}]}}
    </script></head><body></body></html>""".encode()
    one = subscribed(agency, site.url)
    assert (one.title, one.number) == ("Heimatverein", 1)
    page = EventPage.objects.get()
    assert (page.title, page.all_day, page.first_day) == ("Dorffest", True, _DAY)
    site.body = b"<!doctype html><html><body>Neue Website</body></html>"
    read(one)
    assert "JSON-LD" in one.error_de
    assert asked() == {}


def test_a_page_that_names_its_calendar_says_so(agency: Client, site: Site) -> None:
    site.body = b'<html><head><link rel="alternate" type="text/calendar" href="/alle.ics"></head></html>'
    one = added(agency, site.url)
    assert "/alle.ics" in one.error_de


def test_a_feed_whose_entries_say_when_they_take_place(agency: Client, site: Site) -> None:
    site.body = f"""<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Kino</title>
    <item><guid>1</guid><title>Filmabend</title><link>https://kino.example/1</link><description>Ein &lt;b&gt;Film&lt;/b&gt;.</description>
    <ev:startdate>{_DAY}T20:00:00+01:00</ev:startdate><ev:location>Lichtspiele</ev:location></item>
    <item><guid>2</guid><title>Neuer Vorstand</title><pubDate>Mon, 30 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>""".encode()
    one = subscribed(agency, site.url)
    page = EventPage.objects.get()
    assert (page.title, page.place_name, page.web) == ("Filmabend", "Lichtspiele", "https://kino.example/1")
    assert drafts.event_of(page).description == "Ein Film."
    assert "wann er veröffentlicht wurde" in ImportedItem.objects.get(state="broken").reason_de
    assert one.title == "Kino"


def test_it_ends_with_the_mandate_and_goes_on_with_whoever_takes_it_over(
    agency: Client, site: Site, people: Cast
) -> None:
    site.body = club("a")
    one = subscribed(agency, site.url)
    access.end_mandate(Mandate.objects.get(user=people.agnes), by=people.freya)
    number = len(site.asked)
    read(one)
    assert (one.state, one.error_de, len(site.asked)) == ("paused", reader.NO_RIGHT, number)
    assert agency.post(f"{LIST}{one.pk}/fortsetzen/").status_code in {302, 403, 404}
    one.refresh_from_db()
    assert one.state == "paused"
    editor = next(one for one in vars(people).values() if access.can(one, access.Action.IMPORT_RUN))
    as_(editor).post(f"{LIST}{one.pk}/fortsetzen/")
    one.refresh_from_db()
    assert (one.state, one.error_de) == ("active", "")
    site.body = club("a", "b")
    read(one)
    assert EventPage.objects.count() == 2


def test_who_may_not_bring_events_in_may_not_subscribe_nor_answer(
    agency: Client, site: Site, people: Cast
) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    question = Question.objects.create(subscription=one, guid_hash="x", kind="gone")
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value])
    agency = as_(people.agnes)
    assert "Kalender abonnieren" not in agency.get(LIST).content.decode()
    for path in ("ruhen/", "fortsetzen/", "lesen/", "abbestellen/"):
        assert agency.post(f"{LIST}{one.pk}/{path}").status_code == 403
    assert agency.post(LIST, {"address": "https://verein.example/x.ics"}).status_code == 403
    assert agency.post(f"{LIST}frage/{question.pk}/", {"antwort": "keep"}).status_code == 403
    one.refresh_from_db()
    assert (one.state, Subscription.objects.count()) == ("active", 1)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "die ganze Adresse"),
        ("verein.example", "die ganze Adresse"),
        ("file:///etc/passwd", "die ganze Adresse"),
        ("https://user:geheim@verein.example/x.ics", "Passwort"),
        ("https://[::1", "die ganze Adresse"),
    ],
)
def test_an_address_that_cannot_be_read_is_said_at_its_field(agency: Client, typed: str, reason: str) -> None:
    answer = agency.post(LIST, {"address": typed, "organiser": "Turnverein"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert reason in said
    assert 'value="Turnverein"' in said
    assert not Subscription.objects.exists()


def test_the_same_calendar_is_not_subscribed_twice(agency: Client, site: Site) -> None:
    site.body = club("a")
    subscribed(agency, site.url)
    answer = agency.post(LIST, {"address": site.url})
    assert "steht schon in der Liste" in answer.content.decode()
    assert verbs.address_of("webcal://verein.example/x.ics#heute") == "https://verein.example/x.ics"


def test_pausing_going_on_and_removing_leave_what_is_there(agency: Client, site: Site) -> None:
    site.body = club("a", "b")
    one = subscribed(agency, site.url)
    agency.post(f"{LIST}{one.pk}/ruhen/")
    number = len(site.asked)
    assert read(one).state == "paused"
    assert len(site.asked) == number
    agency.post(f"{LIST}{one.pk}/fortsetzen/")
    one.refresh_from_db()
    assert one.state == "active"
    Question.objects.create(subscription=one, guid_hash="x", kind="gone")
    agency.post(f"{LIST}{one.pk}/abbestellen/")
    assert (Subscription.objects.count(), Question.objects.count(), EventPage.objects.count()) == (0, 0, 2)
    assert agency.get(f"/desk/uebernahme/{one.run_id}/").status_code == 200


def test_what_nobody_wanted_after_a_look_is_forgotten(agency: Client, site: Site) -> None:
    site.body = club("a")
    one = added(agency, site.url)
    agency.post(f"{LIST}{one.pk}/abbestellen/")
    assert not ImportRun.objects.exists()
    one = added(agency, site.url)
    Subscription.objects.update(created_at=clock.now() - timedelta(days=31))
    next(purpose for purpose in PURPOSES if purpose.key == "takeover").expire()
    assert not Subscription.objects.exists()


def test_the_ticker_asks_for_what_is_due_and_only_once(agency: Client, site: Site) -> None:
    site.body = club("a")
    one = subscribed(agency, site.url)
    Subscription.objects.filter(pk=one.pk).update(next_at=clock.now())
    queued = tasks.DBTaskResult.objects.filter(task_path=tasks.read_calendar.module_path, status="READY")
    queued.delete()
    for _ in range(2):
        tasks.wake_calendars()
    assert queued.count() == 1


def test_a_question_that_names_somebody_can_be_told_and_forgotten(agency: Client, site: Site) -> None:
    site.body = club("a")
    one = subscribed(agency, site.url)
    Question.objects.create(
        subscription=one, guid_hash="x", kind="gone", title="Fest", plain={"description": "k@buerger.example"}
    )
    purpose = next(purpose for purpose in PURPOSES if purpose.key == "takeover")
    assert {"title": "Fest", "event": {"description": "k@buerger.example"}} in purpose.export(
        "k@buerger.example"
    )
    assert purpose.erase("k@buerger.example") == 1
    assert Question.objects.get().plain == {}


@pytest.mark.parametrize("address", [LIST, ""])
def test_the_number_of_queries_does_not_grow(agency: Client, site: Site, address: str) -> None:
    site.body = club(*(f"e{number}" for number in range(4)))
    one = subscribed(agency, site.url)
    counts = []
    for number in (1, 12):
        for count in range(number):
            page = EventPage.objects.order_by("pk")[count % 4]
            Question.objects.create(
                subscription=one, guid_hash=f"{number}-{count}", kind="gone", page_id=page.pk, title="x"
            )
            run = ImportRun.objects.create(kind="events")
            Subscription.objects.create(
                address=f"https://x.example/{number}-{count}", address_hash=f"{number}-{count}", run=run
            )
        url = address or f"{LIST}{one.pk}/"
        agency.get(url)  # says once what was done before
        with CaptureQueriesContext(connection) as queries:
            assert agency.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_reading_takes_as_many_queries_for_forty_events_as_for_four(agency: Client, site: Site) -> None:
    site.body = club(*(f"e{number}" for number in range(4)))
    one = subscribed(agency, site.url)
    counts = []
    for size in (5, 41):
        names = [f"e{number}" for number in range(size - 1)]
        site.body = club(*names)
        read(one)
        site.body = club(*names) + b"\r\n"
        Subscription.objects.filter(pk=one.pk).update(next_at=clock.now())
        with CaptureQueriesContext(connection) as queries:
            assert reader.read(one.pk) is None
        counts.append(len(queries))
    assert counts[0] == counts[1]
