"""Offices in the desk: their lists, and an exception with one click into the release basket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.offices.models import OfficePage
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.offices.conftest import office, person, place

LIST, BASKET = "/desk/aemter/", "/desk/freigaben/korb/"


@pytest.fixture(autouse=True)
def monday(people: Cast) -> Iterator[None]:
    """Monday, 30 November 2026, 9:00."""
    Town.objects.all().delete()
    founding.found("Stadt Beispielau", "Beispielau", "HE", by=people.anton)
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False):
        yield


def made(by: Any, **fields: Any) -> OfficePage:
    page = office(**fields)
    page.save_revision(user=by)
    return page


def exceptions(page: OfficePage) -> list[tuple[Any, ...]]:
    page.refresh_from_db()
    draft: Any = page.get_latest_revision_as_object()
    return [
        tuple(item.value[name] for name in ("first", "last", "hours", "reason")) for item in draft.exceptions
    ]


def test_closed_today_with_one_click_and_released_from_the_basket(people: Cast) -> None:
    page = made(people.agnes)
    client = as_(people.agnes)
    shown = client.get(LIST).content.decode()
    assert "Heute geschlossen" in shown
    assert 'name="first" value="2026-11-30"' in shown
    mail.outbox.clear()
    answer = client.post(f"{LIST}{page.uuid}/ausnahme/", {"first": "2026-11-30"}, follow=True)
    assert "Bürgerbüro: geschlossen. Die Änderung liegt der Kommune zur Freigabe vor" in words(answer)
    assert len(mail.outbox) >= 1
    assert exceptions(page) == [(date(2026, 11, 30), None, "", "")]
    assert not ReleasedPage.objects.filter(pk=page.object_key).exists()
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    assert f"/desk/freigabe/{row.pk}/" in client.get(LIST).content.decode()
    boss = as_(people.freya)
    assert "Montag, 30. November 2026" in words(boss.get(BASKET))
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    boss.post(BASKET, {"pick": f"{row.pk}:{row.snapshot_id}"})
    dispatch_all()
    assert ReleasedPage.objects.get(pk=page.object_key).content["extra"]["hours"]["exceptions"] == [
        {"first": "2026-11-30", "last": "2026-11-30", "hours": [], "reason": ""}
    ]


def test_the_same_day_is_said_once_and_what_is_over_goes(people: Cast) -> None:
    page = made(
        people.agnes,
        exceptions=[
            (date(2026, 11, 2), None, "", "Umzug"),
            (date(2026, 12, 3), None, "", "Fortbildung"),
        ],
    )
    form = {"first": "2026-12-03", "last": "2026-12-03", "hours": "8-10", "reason": "Wahl"}
    as_(people.agnes).post(f"{LIST}{page.uuid}/ausnahme/", form)
    assert exceptions(page) == [(date(2026, 12, 3), date(2026, 12, 3), "8:00–10:00", "Wahl")]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"first": ""}, "Bitte geben Sie den Tag an."),
        ({"first": "3.12."}, "Bitte geben Sie den Tag so an"),
        ({"first": "2026-11-29"}, "Dieser Tag ist schon vorbei."),
        ({"first": "2026-12-03", "last": "2026-12-01"}, "Der letzte Tag liegt vor dem ersten"),
        ({"first": "2026-12-03", "hours": "vormittags"}, "verstehen wir nicht"),
        ({"first": "2026-12-03", "hours": "8–12, 9–10"}, "überschneiden sich"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(
    people: Cast, given: dict[str, str], problem: str
) -> None:
    page = made(people.agnes)
    answer = as_(people.agnes).post(f"{LIST}{page.uuid}/ausnahme/", {"reason": "Fortbildung", **given})
    assert answer.status_code == 422
    assert problem in words(answer)
    assert 'value="Fortbildung"' in answer.content.decode()
    assert exceptions(page) == []


def test_who_may_not_submit_is_refused(people: Cast) -> None:
    page = made(people.agnes)
    for who in (people.freya, people.doris, people.aaron):
        assert as_(who).post(f"{LIST}{page.uuid}/ausnahme/", {"first": "2026-11-30"}).status_code in {
            302,
            403,
            404,
        }
    assert exceptions(page) == []
    assert "Heute geschlossen" not in as_(people.freya).get(LIST).content.decode()


def test_each_kind_has_its_list_and_its_way_to_a_new_page(people: Cast) -> None:
    client = as_(people.agnes)
    assert "Noch nichts angelegt" in words(client.get(LIST))
    made(people.agnes)
    person()
    place()
    for kind, title in (("aemter", "Bürgerbüro"), ("personen", "Selma Aktenau"), ("orte", "Rathaus")):
        assert title in words(client.get(f"{LIST}{kind}/"))
        assert title not in words(client.get(f"{LIST}{kind}/?q=Unbekannt"))
        assert client.get(f"{LIST}{kind}/neu/", follow=True).status_code == 200
    assert client.get(f"{LIST}unbekannt/").status_code == 404


def test_the_editor_keeps_what_was_typed_and_names_the_day(people: Cast) -> None:
    page = made(people.agnes)
    client = as_(people.agnes)
    url = f"/desk/pages/{page.pk}/edit/"
    shown = client.get(url).content.decode()
    assert 'class="week-table' in shown or "week-table" in shown
    assert "desk-hours.js" in shown


def test_queries_of_the_list_do_not_grow(people: Cast) -> None:
    client = as_(people.agnes)
    made(people.agnes)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(6):
        made(people.agnes, title=f"Amt {number}", slug=f"amt-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)
