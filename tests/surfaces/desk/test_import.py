"""Moving in at the desk: the agency takes over and lays before, the municipality releases, for the website alone."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Role, Scope
from stadtnah.kernel.access.models import Mandate
from stadtnah.publishing import bulk
from stadtnah.publishing.dispatch import deliver, plan, reconcile
from stadtnah.publishing.models import Approval, ChannelAccount, Delivery, ReleaseRequest
from stadtnah.surfaces.website.models import Category, MessagePage, ReleasedPage, ServicePage
from stadtnah.surfaces.website.moving_in import load, tasks
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

START = "/desk/uebernahme/"


def feed(number: int) -> bytes:
    """A feed of so many sound messages and one that cannot be read."""
    items = "".join(
        f"<item><guid>{n}</guid><title>Alte Meldung {n}</title><pubDate>2024-0{n % 9 + 1}-01</pubDate>"
        f"<description>Der Markt am Rathaus war gut besucht. Es gab Kuchen und Musik.</description></item>"
        for n in range(number)
    )
    return f"<rss><channel><title>Altes Rathaus</title>{items}<item><guid>leer</guid></item></channel></rss>".encode()


def upload(data: bytes, name: str = "feed.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/rss+xml")


@pytest.fixture
def agency(page: MessagePage, people: Cast) -> Client:
    """Agnes's mandate covers writing and taking over."""
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value, Scope.IMPORT.value])
    ChannelAccount.objects.create(key="website", channel="website", label="Website")
    return as_(people.agnes)


def begun(client: Client, number: int = 3) -> ImportRun:
    answer = client.post(START, {"file": upload(feed(number))})
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"{START}{run.pk}/"
    return run


def taken_over(client: Client, number: int = 3) -> ImportRun:
    run = begun(client, number)
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def laid_before(client: Client, people: Cast, number: int = 3) -> ImportRun:
    run = taken_over(client, number)
    assert client.post(f"{START}{run.pk}/vorlegen/").status_code == 302
    assert tasks.laying_before(str(run.pk))
    tasks.lay_before.call(str(run.pk), str(people.agnes.pk), f"{START}{run.pk}/")
    return run


def seen(client: Client, run: ImportRun) -> str:
    """What the release button of the page stands for."""
    page = client.get(f"{START}{run.pk}/")
    return str(page.context["seen"])


def released(client: Client, run: ImportRun) -> None:
    """The click, and the job that carries it out."""
    assert client.post(f"{START}{run.pk}/freigeben/", {"seen": seen(client, run)}).status_code == 302
    for click in bulk.open_ones():
        assert not bulk.advance(click)


def test_a_file_becomes_drafts_and_the_page_says_what_was_not_readable(agency: Client) -> None:
    run = begun(agency)
    waiting = agency.get(f"{START}{run.pk}/")
    assert "0 von 4" in waiting.content.decode()
    load.advance(run.pk)
    shown = agency.get(f"{START}{run.pk}/").content.decode()
    assert MessagePage.objects.filter(title__startswith="Alte Meldung").count() == 3
    assert "Nicht übernommen" in shown
    assert "ohne Titel und ohne Text" in shown
    assert "Alle Entwürfe zur Freigabe geben" in shown
    assert 'data-running="0"' in agency.get(f"{START}{run.pk}/stand/").content.decode()
    assert ReleasedPage.objects.count() == 0


def test_the_municipality_releases_all_for_the_website_alone(
    agency: Client, people: Cast, paper: Paper
) -> None:
    mail.outbox.clear()
    run = laid_before(agency, people)
    assert {tuple(m.to) for m in mail.outbox} == {(people.freya.email,)}  # one mail, not one for each message
    assert "3 alte Meldungen" in mail.outbox[0].subject
    freya = as_(people.freya)
    assert "Alle 3 Meldungen für die Website freigeben" in freya.get(f"{START}{run.pk}/").content.decode()
    released(freya, run)
    assert Approval.objects.count() == 3
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("website")
    assert ReleasedPage.objects.filter(object_key__startswith="message:").count() == 3
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"website"}
    assert paper.taken == []
    assert "Für die Website freigegeben</span><strong>3" in freya.get(f"{START}{run.pk}/").content.decode()


def test_a_catalogue_of_services_goes_the_same_way(agency: Client, people: Cast, paper: Paper) -> None:
    rows = [
        {"id": str(n), "name": f"Dienst {n}", "description": "<p>Im Bürgerbüro, ohne Termin.</p>"}
        for n in range(3)
    ]
    catalogue = SimpleUploadedFile("katalog.json", json.dumps({"data": rows}).encode(), "application/json")
    agency.post(START, {"file": catalogue})
    run = ImportRun.objects.get()
    load.advance(run.pk)
    assert ServicePage.objects.count() == 3
    mail.outbox.clear()
    assert agency.post(f"{START}{run.pk}/vorlegen/").status_code == 302
    tasks.lay_before.call(str(run.pk), str(people.agnes.pk), f"{START}{run.pk}/")
    assert "3 alte Dienstleistungen" in mail.outbox[0].subject
    freya = as_(people.freya)
    shown = freya.get(f"{START}{run.pk}/").content.decode()
    assert "Alle 3 Dienstleistungen für die Website freigeben" in shown
    assert "3 alte Dienstleistungen" in freya.get("/desk/").content.decode()
    digest = seen(freya, run)
    assert agency.post(f"{START}{run.pk}/freigeben/", {"seen": digest}).status_code in {403, 404}
    assert not ReleasedPage.objects.filter(kind="service").exists()
    released(freya, run)
    for due in reconcile.due_dispatches():
        plan.plan(due)
    deliver.deliver("website")
    assert ReleasedPage.objects.filter(kind="service").count() == 3
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"website"}
    listed = agency.get("/desk/dienstleistungen/?q=dienst+1").content.decode()
    assert "Dienst 1" in listed
    assert "Dienst 2" not in listed


def test_what_has_no_date_is_not_laid_before_as_the_newest(agency: Client, people: Cast) -> None:
    run = taken_over(agency)
    item = ImportedItem.objects.filter(source_key=run.source_key).first()
    assert item
    old = MessagePage.objects.get(pk=item.page_id).get_latest_revision_as_object()
    old.dated = None
    old.save_revision(user=people.agnes)
    tasks.lay_before.call(str(run.pk), str(people.agnes.pk), START)
    assert ReleaseRequest.objects.filter(state="open").count() == 2
    assert "Ohne Datum" in ImportedItem.objects.get(page_id=old.pk).reason_de
    old.dated = date(2024, 3, 5)
    old.save_revision(user=people.agnes)
    tasks.lay_before.call(str(run.pk), str(people.agnes.pk), START)  # the control
    assert ReleaseRequest.objects.filter(state="open").count() == 3
    assert ImportedItem.objects.get(page_id=old.pk).reason_de == ""


def test_the_page_shows_how_far_the_release_is_and_halts_it(agency: Client, people: Cast) -> None:
    """Without a script the page has a link that shows the next state, as while taking over."""
    run = laid_before(agency, people, 5)
    freya, here = as_(people.freya), f"{START}{run.pk}/"
    DBTaskResult.objects.all().delete()  # of laying before
    digest = seen(freya, run)
    for _ in range(2):  # a hurried second click is the same click
        assert freya.post(f"{here}freigeben/", {"seen": digest}).status_code == 302
    (click,) = bulk.open_ones()
    shown = freya.get(here).content.decode()
    assert "0 von 5 freigegeben" in shown
    assert "Stand aktualisieren" in shown
    assert 'data-running="1"' in shown
    assert "Alle 5 Meldungen" not in shown
    looks = iter([False, False, True])
    bulk.advance(click, ending=lambda: next(looks))
    assert "2 von 5 freigegeben" in agency.get(f"{here}stand/").content.decode()
    assert agency.post(f"{here}freigeben/anhalten/").status_code in {403, 404}
    assert bulk.open_ones() == [click]
    assert freya.post(f"{here}freigeben/anhalten/").status_code == 302
    bulk.advance(click)
    stopped = freya.get(here).content.decode()
    assert "Angehalten: 2 von 5 freigegeben" in stopped
    assert "Die übrigen 3 Meldungen für die Website freigeben" in stopped
    released(freya, run)
    assert Approval.objects.count() == 5
    assert 'data-running="0"' in freya.get(f"{here}stand/").content.decode()


def test_what_changed_since_the_click_is_named_on_the_page(agency: Client, people: Cast) -> None:
    run = laid_before(agency, people)
    freya = as_(people.freya)
    freya.post(f"{START}{run.pk}/freigeben/", {"seen": seen(freya, run)})
    page = ImportedItem.objects.filter(page__isnull=False).order_by("position")[0].page.specific
    agency.post(f"/desk/meldung/{page.uuid}/kanaele/", {"do": "submit"})
    bulk.advance(bulk.open_ones()[0])
    shown = freya.get(f"{START}{run.pk}/").content.decode()
    assert "2 von 3 freigegeben" in shown
    assert "Nicht freigegeben wurde 1 Meldung:" in shown
    assert page.title in shown
    assert Approval.objects.count() == 2


def test_an_agency_never_releases_its_import(agency: Client, people: Cast) -> None:
    run = laid_before(agency, people)
    shown = agency.get(f"{START}{run.pk}/").content.decode()
    assert "Die Kommune gibt die Meldungen gesammelt frei" in shown
    assert "für die Website freigeben" not in shown
    digest = seen(as_(people.freya), run)
    assert agency.post(f"{START}{run.pk}/freigeben/", {"seen": digest}).status_code in {403, 404}
    assert Approval.objects.count() == 0


def test_who_imported_does_not_release_it(agency: Client, people: Cast) -> None:
    people.freya.memberships.create(role=Role.AUTHOR.value)
    mine = as_(people.freya)
    run = taken_over(mine)
    tasks.lay_before.call(str(run.pk), str(people.freya.pk), START)
    answer = mine.post(f"{START}{run.pk}/freigeben/", {"seen": seen(mine, run)})
    assert answer.status_code == 403
    assert Approval.objects.count() == 0
    other = as_(people.viktor)
    released(other, run)
    assert Approval.objects.count() == 3


def test_a_list_that_changed_is_not_released(agency: Client, people: Cast) -> None:
    run = laid_before(agency, people)
    freya = as_(people.freya)
    shown = seen(freya, run)
    ReleaseRequest.objects.filter(pk=ReleaseRequest.objects.first().pk).update(state="replaced")
    answer = freya.post(f"{START}{run.pk}/freigeben/", {"seen": shown})
    assert answer.status_code == 409
    assert "Die Liste hat sich geändert" in answer.content.decode()
    assert Approval.objects.count() == 0


def test_laying_before_twice_changes_nothing(agency: Client, people: Cast) -> None:
    run = laid_before(agency, people)
    before = set(ReleaseRequest.objects.values_list("pk", flat=True))
    tasks.lay_before.call(str(run.pk), str(people.agnes.pk), START)
    assert set(ReleaseRequest.objects.values_list("pk", flat=True)) == before


def test_stopping_and_going_on(agency: Client) -> None:
    run = begun(agency)
    agency.post(f"{START}{run.pk}/anhalten/")
    assert ImportRun.objects.get().state == "stopped"
    assert "Fortsetzen" in agency.get(f"{START}{run.pk}/").content.decode()
    agency.post(f"{START}{run.pk}/fortsetzen/")
    load.advance(run.pk)
    assert ImportRun.objects.get().state == "done"


def test_a_run_whose_file_is_gone_says_so(agency: Client, data_folder: Path) -> None:
    run = begun(agency)
    agency.post(f"{START}{run.pk}/anhalten/")
    (data_folder / "imports" / str(run.pk)).unlink()
    answer = agency.post(f"{START}{run.pk}/fortsetzen/")
    assert answer.status_code == 409
    assert "Bitte beginnen Sie neu" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Geben Sie die Adresse eines Feeds an"),
        ({"address": "www.alt.example/feed"}, "mit https://"),
        ({"file": upload(b"<html><body>Startseite</body></html>", "seite.html")}, "kein Feed"),
        ({"file": upload(b"x" * 50_000_001)}, "größer als 50 MB"),
    ],
)
def test_what_is_no_feed_is_refused_and_what_was_typed_stays(agency: Client, typed: dict, said: str) -> None:
    answer = agency.post(START, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert typed.get("address", "") in text
    assert ImportRun.objects.count() == 0


def test_an_address_is_fetched_by_the_job_and_the_run_says_what_is_wrong_with_it(agency: Client) -> None:
    """It may take a minute: no thread of the desk waits for it, and the click cannot fail."""
    answer = agency.post(
        START, {"address": "http://127.0.0.1:9/feed"}
    )  # refused by the guard of `kernel.net`
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"{START}{run.pk}/"
    assert run.state == "waiting"
    assert "Die Adresse wird abgerufen" in agency.get(f"{START}{run.pk}/").content.decode()
    assert DBTaskResult.objects.filter(args_kwargs__args=[str(run.pk)]).exists()
    load.advance(run.pk)
    shown = agency.get(f"{START}{run.pk}/").content.decode()
    assert "127.0.0.1" in shown
    assert "abgebrochen" in shown
    assert "Die Adresse wird abgerufen" not in shown
    assert agency.post(f"{START}{run.pk}/fortsetzen/").status_code == 302  # there is no file to be gone
    assert ImportRun.objects.get().state == "waiting"


def test_a_run_ends_with_the_right_to_it(agency: Client, people: Cast) -> None:
    """Between two batches the mandate ends: what was taken over stays, nothing is added under it."""
    run = begun(agency, 25)
    mandate = people.agnes.mandates.get()
    load.advance(run.pk, say=lambda _run: access.end_mandate(mandate, by=people.freya))
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", load.BATCH)


def test_unknown_runs_and_foreign_people_learn_nothing(agency: Client, people: Cast) -> None:
    run = begun(agency)
    assert agency.get(f"{START}{uuid.uuid4()}/").status_code == 404
    assert as_(people.aaron).get(f"{START}{run.pk}/").status_code == 403  # his mandate is over
    assert as_(people.clara).post(START, {"file": upload(feed(1))}).status_code == 403


def test_the_page_costs_the_same_for_few_and_for_many(agency: Client, people: Cast) -> None:
    freya = as_(people.freya)
    few = laid_before(agency, people, 3)
    with CaptureQueriesContext(
        connection,
    ) as small:
        freya.get(f"{START}{few.pk}/")
    ImportRun.objects.all().update(source_key="other")
    ImportRun.objects.all().delete()
    MessagePage.objects.filter(title__startswith="Alte").delete()
    many = laid_before(agency, people, 30)
    with CaptureQueriesContext(connection) as large:
        freya.get(f"{START}{many.pk}/")
    assert len(large) == len(small)


def test_what_was_imported_waits_as_one(agency: Client, people: Cast) -> None:
    run = laid_before(agency, people)
    for address in ("/desk/freigaben/", "/desk/"):
        shown = as_(people.freya).get(address).content.decode()
        assert f"/desk/uebernahme/{run.pk}/" in shown
        assert "3 alte Meldungen" in shown
        assert "/desk/freigabe/" not in shown


@pytest.mark.parametrize("typed", [{"on-paper": "1", "text-paper": "HEIMLICH"}, {"wish": "2099-03-05T10:00"}])
def test_what_goes_further_than_the_website_is_never_released_unseen(
    agency: Client, people: Cast, paper: Paper, typed: dict[str, str]
) -> None:
    """Handed in again with channels or a date, an old message waits like any other, outside of the list."""
    run = laid_before(agency, people)
    page = ImportedItem.objects.filter(page__isnull=False).order_by("position")[0].page.specific
    answer = agency.post(f"/desk/meldung/{page.uuid}/kanaele/", {"do": "submit", **typed})
    assert answer.status_code == 302
    freya = as_(people.freya)
    waiting = freya.get("/desk/freigaben/").content.decode()
    assert "2 alte Meldungen" in waiting
    assert answer.headers["Location"] in waiting
    released(freya, run)
    assert Approval.objects.count() == 2
    assert ReleaseRequest.objects.get(state="open").object_key == page.object_key


ODD = """<rss><channel><title>Altes Rathaus</title>
<item><guid>1</guid><title>Gut</title><pubDate>2024-03-01</pubDate><description>Der Markt war gut besucht.</description></item>
<item><guid>2</guid><title>Datum</title><pubDate>gestern</pubDate><description>Der Basar war gut besucht.</description></item>
<item><guid>3</guid><pubDate>2024-03-03</pubDate><description>Der Bauhof ist zu.</description></item>
</channel></rss>"""


def test_what_was_taken_over_is_linked_with_its_remarks_and_asked_about(agency: Client, people: Cast) -> None:
    agency.post(START, {"file": upload(ODD.encode())})
    run = ImportRun.objects.get()
    load.advance(run.pk)
    shown = agency.get(f"{START}{run.pk}/").content.decode()
    items = list(ImportedItem.objects.all())
    assert len(items) == 3
    for item in items:
        assert reverse("wagtailadmin_pages:edit", args=[item.page_id]) in shown
        for note in item.notes:
            assert escape(note) in shown
    assert shown.index("Datum</a>") < shown.index("Gut</a>")  # what carries remarks comes first
    assert sum(bool(item.notes) for item in items) == 2
    asked = agency.get(f"{START}{run.pk}/vorlegen/").content.decode()
    assert "2 von 3 Entwürfen zur Freigabe geben?" in asked
    assert ">2 Entwürfe zur Freigabe geben<" in asked
    assert "Ein Entwurf trägt Hinweise" in asked
    assert "Ein Entwurf bleibt, bis er bearbeitet ist" in asked  # „gestern“ is no date
    assert "Ohne Datum stünde sie" in asked
    assert ">Gut<" not in asked
    assert not tasks.laying_before(str(run.pk))  # a question changes nothing
    assert agency.post(f"{START}{run.pk}/vorlegen/").status_code == 302
    assert tasks.laying_before(str(run.pk))
    assert agency.get(f"{START}{run.pk}/vorlegen/").status_code == 302


def test_long_lists_of_drafts_are_paged(agency: Client) -> None:
    run = taken_over(agency, 51)
    assert "Seite 1 von 2" in agency.get(f"{START}{run.pk}/").content.decode()
    second = agency.get(f"{START}{run.pk}/?entwuerfe=2")
    assert len(second.context["taken"]) == 1


def test_a_problem_is_told_once(agency: Client) -> None:
    page = upload(b"<html><body>Startseite</body></html>", "seite.html")
    shown = agency.post(START, {"file": page}).content.decode()
    assert shown.count("Das ist eine Webseite, kein Feed") == 1


def test_new_categories_are_shown_and_made_only_with_a_tick(agency: Client, people: Cast) -> None:
    kultur = Category.objects.create(slug="kultur", label="Kultur")
    labels = ("Vereine", "Vereine", "Aus dem Rat", "KULTUR")
    items = "".join(
        f"<item><guid>{n}</guid><title>Alte Meldung {n}</title><pubDate>2024-03-01</pubDate><category>{label}</category>"
        f"<description>Der Markt am Rathaus war gut besucht.</description></item>"
        for n, label in enumerate(labels)
    )
    agency.post(START, {"file": upload(f"<rss><channel><title>Alt</title>{items}</channel></rss>".encode())})
    run = ImportRun.objects.get()
    load.advance(run.pk)
    here, decide = f"{START}{run.pk}/", f"{START}{run.pk}/rubriken/"
    shown = agency.get(here).content.decode()
    part = shown[shown.index('id="rubriken"') :]
    part = part[: part.index("</section>")]
    assert all(words in part for words in ("Vereine", "2 Meldungen", "1 Meldung<"))
    assert "KULTUR" not in part
    assert Category.objects.count() == 1
    assert 'id="rubriken"' not in as_(people.freya).get(here).content.decode()
    assert as_(people.freya).post(decide, {"neu-vereine": "1"}).status_code in {403, 404}
    both = agency.post(decide, {"zu-vereine": str(kultur.pk), "neu-vereine": "1"})
    assert both.status_code == 422
    assert "nicht beides" in both.content.decode()
    assert f'<option value="{kultur.pk}" selected>' in both.content.decode()  # what was chosen stays
    assert agency.post(decide, {}).status_code == 422
    assert Category.objects.count() == 1
    assert agency.post(decide, {"zu-vereine": str(kultur.pk), "neu-ausdemrat": "1"}).status_code == 302
    tasks.sort_in.call(str(run.pk), str(people.agnes.pk))
    rows = MessagePage.objects.filter(title__startswith="Alte").order_by("title")
    assert [row.category.label for row in rows if row.category] == [
        "Kultur",
        "Kultur",
        "Aus dem Rat",
        "Kultur",
    ]
    assert 'id="rubriken"' not in agency.get(here).content.decode()
