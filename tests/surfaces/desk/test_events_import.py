"""Events out of files at the desk: read, matched, looked at, taken over as drafts; nothing public without the municipality."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel.access.api import Scope
from stadtnah.kernel.access.models import Mandate
from stadtnah.publishing import api as publishing
from stadtnah.publishing.models import ReleaseRequest
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.moving_in import load, release
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun
from tests.factories.people import Cast
from tests.services.events.samples import calendar, event
from tests.services.events.tables import CLUB, workbook
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.calendar.conftest import event_page

START = "/desk/veranstaltungen/einlesen/"
LAST_YEAR = f"{START}vorjahr/"


@pytest.fixture
def agency(people: Cast) -> Client:
    founding.lay_tree("Willkommen", site_name="Beispielau")
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value, Scope.IMPORT.value])
    return as_(people.agnes)


def upload(client: Client, data: bytes, name: str = "termine.csv") -> ImportRun:
    answer = client.post(START, {"file": SimpleUploadedFile(name, data)})
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/desk/uebernahme/{run.pk}/"
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def shown(client: Client, run: ImportRun) -> str:
    return client.get(f"/desk/uebernahme/{run.pk}/").content.decode()


def choose(client: Client, run: ImportRun, **choices: str) -> ImportRun:
    client.post(
        f"{START}{run.pk}/auswahl/", {name.replace("_", "-"): value for name, value in choices.items()}
    )
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def test_a_list_of_a_club_becomes_drafts_and_nothing_public(agency: Client) -> None:
    run = upload(agency, CLUB)
    assert run.state == ImportRun.State.FOUND
    assert not EventPage.objects.exists()
    said = shown(agency, run)
    assert "Nikolausmarkt" in said
    assert "Samstag, 5. Dezember 2026, 14:00 bis 18:00 Uhr" in said
    assert "Zeile 9: Kappensitzung" in said
    assert "Spalte „Datum“: „Mitte Januar“ ist kein Datum." in said
    run = choose(agency, run)
    assert (run.state, run.created, run.broken) == (ImportRun.State.DONE, 4, 3)
    market = EventPage.objects.get(title="Nikolausmarkt")
    assert (market.first_day, market.begins, market.ends) == (date(2026, 12, 5), time(14), time(18))
    assert (market.organiser, market.live) == ("Gewerbeverein", False)
    assert market.origin == "Eingelesen aus termine.csv"
    assert not ReleasedPage.objects.filter(kind="event").exists()
    assert not FoundEvent.objects.exists()
    assert "Nikolausmarkt" in shown(agency, run)


def test_a_calendar_with_its_series(agency: Client) -> None:
    choir = event("DTSTART:20261201T190000", "DTEND:20261201T210000", "RRULE:FREQ=WEEKLY")
    run = choose(agency, upload(agency, calendar(choir, head="X-WR-CALNAME:Chor"), "chor.ics"))
    page = EventPage.objects.get()
    assert (run.title, page.repeats, page.uid) == ("Chor", "weekly", "chor-1@verein.example")


def test_reading_the_same_file_again_makes_nothing_twice_and_takes_over_what_changed(agency: Client) -> None:
    choose(agency, upload(agency, CLUB))
    ImportRun.objects.all().delete()
    run = upload(agency, CLUB.replace(b"Gewerbeverein", b"Handwerkerverein"))
    assert "Schon früher eingelesen" in shown(agency, run)
    run = choose(agency, run)
    assert (run.created, run.updated, run.unchanged) == (0, 1, 3)
    assert EventPage.objects.get(title="Nikolausmarkt").organiser == "Handwerkerverein"


def test_columns_that_nobody_knows_are_matched_by_a_person(agency: Client) -> None:
    run = upload(agency, workbook(["A", "B"], ["Chorprobe", "3.12.2026"]), "liste.xlsx")
    said = shown(agency, run)
    assert "Welche Spalte enthält was?" in said
    assert "Keine Spalte ist „" in said
    address = f"{START}{run.pk}/spalten/"
    answer = agency.post(address, {"spalte-1": "title", "spalte-2": "title"})
    assert answer.status_code == 422
    assert "zwei Spalten zugeordnet" in answer.content.decode()
    assert 'value="title" selected' in answer.content.decode()
    agency.post(address, {"spalte-1": "title", "spalte-2": "day"})
    load.advance(run.pk)
    run.refresh_from_db()
    assert "Donnerstag, 3. Dezember 2026, ganztägig" in shown(agency, run)
    assert choose(agency, run).created == 1


@pytest.mark.parametrize(("choice", "drafts", "price", "organiser"), [("skip", 1, "", "Gesangverein Beispielau"), ("merge", 1, "5 €", "Gesangverein Beispielau"), ("new", 2, "", "Gesangverein Beispielau")])  # fmt: skip
def test_what_is_probably_there_is_skipped_merged_or_made_anew(
    agency: Client, choice: str, drafts: int, price: str, organiser: str
) -> None:
    here = event_page(body=[("heading", "Ablauf"), ("text", "<p>Erst <strong>Musik</strong>.</p>")])
    rows = b"Datum;Uhrzeit;Titel;Ort;Eintritt;Veranstalter\n5.12.2026;19 Uhr;Advents-Konzert;Stadtkirche;5 EUR;Kantorei\n6.12.2026;19 Uhr;Lesung;Halle;;\n".replace(
        b"EUR", "€".encode()
    )
    run = upload(agency, rows)
    said = shown(agency, run)
    assert "Vermutlich schon da" in said
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[here.pk])}"' in said
    position = run.events.get(twin__isnull=False).position
    choose(agency, run, **{f"wahl_{position}": choice})
    assert EventPage.objects.exclude(title="Lesung").count() == drafts
    kept = EventPage.objects.get(pk=here.pk).get_latest_revision_as_object()
    assert (kept.price, kept.organiser, kept.title) == (price, organiser, "Adventskonzert")
    assert kept.teaser == "Der Chor singt."
    assert [block.block_type for block in kept.body] == ["heading", "text"]
    assert kept.origin == ("Eingelesen aus termine.csv" if choice == "merge" else "")


def test_what_was_released_before_is_led_to_its_own_release(
    agency: Client, people: Cast, django_assert_num_queries: Any
) -> None:
    """A list releases nothing that is public; so the desk says which, and leads there."""
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")

    def released(page: EventPage) -> None:
        request = publishing.submit(page.content(), {}, by=people.agnes, context=check_context())
        publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id, second_factor=True)

    here = [
        event_page(),
        event_page(
            slug="lesung", title="Lesung am Kamin", begins=time(10), ends=time(11), place_name="Halle"
        ),
    ]
    released(here[0])
    rows = "Datum;Uhrzeit;Titel;Ort;Eintritt\n5.12.2026;19 Uhr;Adventskonzert;Stadtkirche;5 €\n5.12.2026;10 Uhr;Lesung am Kamin;Halle;3 €\n"
    run = upload(agency, rows.encode())
    both = {f"wahl_{row.position}": "merge" for row in run.events.filter(twin__isnull=False)}
    assert len(both) == 2, "control"
    run = choose(agency, run, **both)
    said = shown(agency, run)
    section = said.partition('id="einzeln"')[2].partition("</section>")[0]
    assert "Adventskonzert" in section
    assert f'href="{reverse("desk_channels_step", args=[here[0].uuid])}"' in section
    assert "Lesung" not in section, "never released, so the list takes it along"
    with django_assert_num_queries(2):
        release.singly(run)
    assert agency.get(reverse("desk_channels_step", args=[here[0].uuid])).status_code == 200
    assert release.lay_before(run.pk, people.agnes) == 1
    draft: Any = EventPage.objects.get(pk=here[0].pk).get_latest_revision_as_object()
    released(draft)
    assert 'id="einzeln"' not in shown(agency, run)


def test_all_drafts_go_to_the_municipality_together(agency: Client, people: Cast) -> None:
    run = choose(agency, upload(agency, CLUB))
    assert release.lay_before(run.pk, people.agnes) == 4
    assert ReleaseRequest.objects.filter(state="open").count() == 4
    assert release.waiting(run).count() == 4


def test_what_is_no_table_is_said_in_the_run(agency: Client) -> None:
    run = upload(agency, b"%PDF-1.7", "flyer.pdf")
    assert run.state == ImportRun.State.FAILED
    assert "Die Datei ist ein PDF." in shown(agency, run)


def test_neither_file_nor_address(agency: Client) -> None:
    answer = agency.post(START, {"address": "termine"})
    assert answer.status_code == 422
    assert "Wählen Sie eine Datei" in answer.content.decode()
    assert 'value="termine"' in answer.content.decode()


def test_whoever_may_not_is_refused_and_an_ended_mandate_stops_a_run(agency: Client, people: Cast) -> None:
    run = upload(agency, CLUB)
    for user, status in ((people.aaron, {302, 403}), (people.charlie, {302, 403}), (people.freya, {403})):
        for address in (f"{START}{run.pk}/auswahl/", f"{START}{run.pk}/spalten/"):
            assert as_(user).post(address).status_code in status
    agency.post(f"{START}{run.pk}/auswahl/")
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value])
    load.advance(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.STOPPED
    assert not EventPage.objects.exists()
    assert agency.get(f"/desk/veranstaltungen/einlesen/{uuid.uuid4()}/auswahl/").status_code in {
        403,
        404,
        405,
    }


def test_last_years_events_come_again_on_the_same_weekday_with_place_and_text(agency: Client) -> None:
    here = event_page(access_note="Eingang links", status="EventCancelled", status_note="Sturm")
    event_page(slug="chor", title="Chor", repeats="weekly", rrule="FREQ=WEEKLY")
    said = agency.get(LAST_YEAR, {"jahr": "2026"}).content.decode()
    assert "neu: Samstag, 4. Dezember 2027, 19:00 bis 21:00 Uhr" in said
    assert "Chor<" not in said.replace("> ", ">")
    assert agency.post(LAST_YEAR, {"jahr": "2026"}).status_code == 422
    answer = agency.post(LAST_YEAR, {"jahr": "2026", "seite": [str(here.pk)]})
    run = ImportRun.objects.get()
    assert answer.headers["Location"].endswith(f"{run.pk}/")
    load.advance(run.pk)
    again = EventPage.objects.get(first_day__year=2027)
    assert (again.first_day, again.begins, again.access_note) == (
        date(2027, 12, 4),
        time(19),
        "Eingang links",
    )
    assert (again.status, again.status_note, again.live) == ("EventScheduled", "", False)
    assert again.object_key != here.object_key
    assert again.latest_revision is not None
    assert "schon übernommen" in agency.get(LAST_YEAR, {"jahr": "2026"}).content.decode()


def rows(number: int, first: int = 0) -> bytes:
    lines = (
        f"{n % 28 + 1}.{n % 12 + 1}.2027;{n % 12 + 8} Uhr;Veranstaltung Nummer {n * 7919};Ort {n % 40}\n"
        for n in range(first, first + number)
    )
    return ("Datum;Uhrzeit;Titel;Ort\n" + "".join(lines)).encode()


def test_hundreds_of_events_are_drafts(agency: Client) -> None:
    assert choose(agency, upload(agency, rows(300))).created == 300


def test_an_event_costs_a_fixed_number_of_statements(agency: Client) -> None:
    counts = []
    for number in (10, 40):
        ImportRun.objects.all().delete()
        run = upload(agency, rows(number, first=number * 100), f"{number}.csv")
        with CaptureQueriesContext(connection) as asked:
            assert choose(agency, run).created == number
        counts.append(len(asked))
    more = counts[1] - counts[0]
    assert more <= 30 * 19, more / 30  # the CMS would take 26 for a page and its first revision


def test_a_run_that_was_stopped_goes_on_where_it_was_and_makes_nothing_twice(agency: Client) -> None:
    run = upload(agency, rows(35))
    agency.post(f"{START}{run.pk}/auswahl/")

    def stop_early(state: ImportRun) -> None:
        if state.done == 20:
            load.stop(state, by=None)

    load.advance(run.pk, say=stop_early)
    run.refresh_from_db()
    assert (run.state, run.done, run.created) == (ImportRun.State.STOPPED, 20, 20)
    first = set(EventPage.objects.values_list("latest_revision", flat=True))
    assert len(first) == 20
    assert load.resume(run, by=None)
    load.advance(run.pk)
    run.refresh_from_db()
    assert (run.state, run.created, run.unchanged) == (ImportRun.State.DONE, 15, 20)
    assert first <= set(EventPage.objects.values_list("latest_revision", flat=True))
    assert EventPage.objects.count() == 35


def test_the_page_of_a_proposal_asks_as_often_for_many_as_for_few(agency: Client) -> None:
    counts = []
    for number in (3, 60):
        ImportRun.objects.all().delete()
        run = upload(agency, rows(number))
        shown(agency, run)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown(agency, run)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1


_WRONG = {
    "categories": ["CATEGORIES:" + ",".join(f"Rubrik {n}" for n in range(25))],
    "price": ["X-STADTNAH-PRICE:" + "5 Euro " * 100],
    "audience": ["X-STADTNAH-AUDIENCE:" + "Kinder " * 100],
    "place": ["LOCATION:" + "Saal " * 200],
    "url": ["URL:javascript:alert(1)"],
    "long": ["DTEND:20991201T210000"],
    "organiser": ["X-STADTNAH-ORGANISER:" + "Verein " * 100],
    "title": ["SUMMARY:" + "Titel " * 100],
    "registration": ["X-STADTNAH-REGISTRATION;VALUE=URI:gar nichts"],
}


@pytest.mark.parametrize("wrong", list(_WRONG))
def test_what_the_page_refuses_is_refused_whatever_came_before_it(agency: Client, wrong: str) -> None:
    found = []
    for order in ((1, 2), (2, 1)):
        EventPage.objects.all().delete()
        ImportRun.objects.all().delete()
        ImportedItem.objects.all().delete()
        lines = {
            1: event(
                "DTSTART:20261201T190000",
                *([] if wrong == "long" else ["DTEND:20261201T210000"]),
                *_WRONG[wrong],
                uid="schlecht",
            ),
            2: event("DTSTART:20261208T190000", "DTEND:20261208T210000", uid="gut"),
        }
        run = choose(agency, upload(agency, calendar(*(lines[one] for one in order)), "chor.ics"))
        found.append((run.created, run.broken, EventPage.objects.count()))
    assert found[0] == found[1]
