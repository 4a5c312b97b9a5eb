"""A whole old website at the desk: read, looked through, chosen, taken over, released for the website alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.access.api import Scope
from stadtnah.kernel.access.models import Mandate
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.website.models import MessagePage, StandardPage
from stadtnah.surfaces.website.moving_in import load, release
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.moving_in.site.old_town import OldTown, page, serve, words

START = "/desk/uebernahme/"


@pytest.fixture
def old_town(settings) -> Iterator[OldTown]:
    town = OldTown()
    town.pages |= {
        f"/leben/seite-{number}.html": page(f"Seite {number}", words(f"Thema {number}", 3))
        for number in range(3)
    }
    town.pages["/leben/"] += "".join(f'<a href="/leben/seite-{number}.html">x</a>' for number in range(3))
    server = serve(town)
    settings.STADTNAH_NET_ALLOW = [town.url.removeprefix("http://")]
    yield town
    server.shutdown()
    server.server_close()


@pytest.fixture
def agency(page: MessagePage, people: Cast) -> Client:
    Mandate.objects.filter(user=people.agnes).update(scopes=[Scope.WRITE.value, Scope.IMPORT.value])
    ChannelAccount.objects.create(key="website", channel="website", label="Website")
    return as_(people.agnes)


def read(client: Client, town: OldTown) -> ImportRun:
    """Begun at the desk; read with no pause, which nobody can choose there."""
    answer = client.post(START, {"address": town.url, "what": "site", "pictures": "1"})
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"{START}{run.pk}/"
    run.options["pause"] = 0
    run.save()
    load.advance(run.pk)
    run.refresh_from_db()
    assert run.state == "found", run.error_de
    return run


def form(run: ImportRun, *titles: str, **more: str) -> dict[str, object]:
    """The form of the proposal with these ticks."""
    rows = list(FoundPage.objects.filter(run=run, possible=True))
    ticks = {f"nimm-{row.position}": "1" for row in rows if row.title in titles}
    return {
        "zeile": [row.position for row in rows],
        **ticks,
        **{f"art-{row.position}": row.kind for row in rows},
        **more,
    }


def test_a_website_is_read_chosen_from_and_taken_over(agency, people, old_town):
    run = read(agency, old_town)
    here = f"{START}{run.pk}/"
    shown = agency.get(here).content.decode()
    assert "wartet auf Ihre Auswahl" in shown
    assert "Leben in Altenau" in shown
    assert "lassen sich nicht übernehmen" in shown
    assert "wartet auf Ihre Auswahl" in agency.get(START).content.decode()
    assert (
        agency.post(f"{here}auswahl/", form(run, "Leben in Altenau", dann="nehmen")).headers["Location"]
        == here
    )
    load.advance(run.pk)
    shown = agency.get(here).content.decode()
    assert "Übernommen: 1 Seite" in shown
    assert "vorgeschlagen: 1. Sie gehen mit" in shown  # the imprint; the page stays where it was
    assert not StandardPage.objects.get(title="Leben in Altenau").live
    assert agency.get(f"{here}vorlegen/").status_code == 200


def test_several_pages_are_called_pages(agency, people, old_town):
    run = read(agency, old_town)
    here = f"{START}{run.pk}/"
    agency.post(f"{here}auswahl/", form(run, "Leben in Altenau", "Rathaus", dann="nehmen"))
    load.advance(run.pk)
    shown = agency.get(here).content.decode()
    assert "Übernommen: 2 Seiten" in shown
    assert "Seiteen" not in shown


def test_a_choice_is_remembered_without_beginning(agency, old_town):
    run = read(agency, old_town)
    position = FoundPage.objects.get(run=run, title="Hund anmelden").position
    told = form(run, "Hund anmelden") | {f"art-{position}": "page"}
    answer = agency.post(f"{START}{run.pk}/auswahl/", told)
    assert answer.headers["Location"] == f"{START}{run.pk}/?vorschlag=1#vorschlag"
    assert list(FoundPage.objects.filter(run=run, wanted=True).values_list("title", "kind")) == [
        ("Hund anmelden", "page")
    ]
    assert ImportRun.objects.get().state == "found"


def test_nothing_chosen_begins_nothing(agency, old_town):
    run = read(agency, old_town)
    answer = agency.post(f"{START}{run.pk}/auswahl/", form(run, dann="nehmen"), follow=True)
    assert "mindestens ein Häkchen" in answer.content.decode()
    assert ImportRun.objects.get().state == "found"


def test_what_was_decided_cannot_be_decided_again(agency, old_town):
    run = read(agency, old_town)
    agency.post(f"{START}{run.pk}/auswahl/", form(run, "Leben in Altenau", dann="nehmen"))
    answer = agency.post(f"{START}{run.pk}/auswahl/", form(run, dann="nehmen"), follow=True)
    assert "schon entschieden" in answer.content.decode()
    assert FoundPage.objects.filter(run=run, wanted=True).count() == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "https://"),
        ("/etc", "https://"),
        ("https://", "keine Adresse"),
        ("http://10.0.0.1/", "internes Netz"),
    ],
)
def test_a_wrong_address_names_the_field_and_keeps_what_was_typed(agency, address, said):
    answer = agency.post(START, {"address": address, "what": "site"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert 'id="fehler_address"' in shown
    assert re.search(r'value="site" checked', shown)
    assert not ImportRun.objects.exists()


def test_who_releases_sees_the_proposal_and_chooses_nothing(agency, people, old_town):
    run = read(agency, old_town)
    approver = as_(people.freya)
    shown = approver.get(f"{START}{run.pk}/").content.decode()
    assert "Leben in Altenau" in shown
    assert "nimm-" not in shown
    assert approver.post(f"{START}{run.pk}/auswahl/", form(run, dann="nehmen")).status_code == 403


def test_released_pages_of_every_kind_are_counted(agency, people, old_town):
    run = read(agency, old_town)
    agency.post(f"{START}{run.pk}/auswahl/", form(run, "Leben in Altenau", "Hund anmelden", dann="nehmen"))
    load.advance(run.pk)
    assert release.numbers(run).drafts == 2
    assert release.lay_before(run.pk, people.agnes) == release.numbers(run).waiting
    assert release.numbers(run).waiting + release.numbers(run).to_edit == 2


def test_the_proposal_costs_the_same_however_long_it_is(agency, old_town):
    run = read(agency, old_town)
    agency.get(f"{START}{run.pk}/")
    with CaptureQueriesContext(connection) as few:
        agency.get(f"{START}{run.pk}/")
    FoundPage.objects.bulk_create(
        FoundPage(
            run=run, position=1_000 + n, address=f"{old_town.url}/{n}", title=f"Mehr {n}", name_hash=str(n)
        )
        for n in range(300)
    )
    with CaptureQueriesContext(connection) as many:
        shown = agency.get(f"{START}{run.pk}/").content.decode()
    assert len(many) == len(few)
    assert "Blatt 1 von 4" in shown
