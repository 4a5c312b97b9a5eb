"""A mandate is granted by the municipality: to a person of an agency, for named things, for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.models import Agency, Mandate
from stadtnah.kernel.audit.models import Entry
from tests.factories.people import Cast, person
from tests.surfaces.desk.conftest import as_

URL = "/desk/vollmachten/neu/"


def day(days: int) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def typed(people: Cast, **change: Any) -> dict[str, Any]:
    return {
        "person": str(people.aaron.pk),
        "agency": str(Agency.objects.get().pk),
        "agency_name": "",
        "scopes": ["write", "report"],
        "starts": day(0),
        "ends": day(30),
    } | change


@pytest.mark.parametrize("who", ["freya", "anton"])
def test_who_had_none_may_work_again(people: Cast, who: str) -> None:
    assert as_(people.aaron).get("/desk/").status_code == 403
    client = as_(getattr(people, who))
    assert client.get(URL).status_code == 200
    shown = client.post(URL, typed(people), follow=True).content.decode()
    assert "Vollmacht für Aaron" in shown
    assert as_(people.aaron).get("/desk/").status_code == 200
    mandate = Mandate.objects.get(user=people.aaron, ended_at=None)
    assert mandate.scopes == ["report", "write"]
    assert mandate.granted_by == getattr(people, who)
    assert clock.local(mandate.ends_at).strftime("%Y-%m-%d %H:%M") == f"{day(30)} 23:59"
    assert Entry.objects.filter(event="mandate.granted", subject=f"mandate:{mandate.pk}").count() == 1


def test_one_that_begins_later_gives_nothing_yet(people: Cast) -> None:
    shown = as_(people.freya).post(URL, typed(people, starts=day(3), ends=""), follow=True).content.decode()
    assert "Gilt noch nicht" in shown
    assert as_(people.aaron).get("/desk/").status_code == 403


def test_a_new_agency_comes_along(people: Cast) -> None:
    as_(people.freya).post(URL, typed(people, agency="neu", agency_name=" Büro  am Markt "))
    assert Mandate.objects.get(user=people.aaron, ended_at=None).agency.name == "Büro am Markt"
    assert Entry.objects.filter(event="agency.added").count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"person": ""}, "person", "wer die Vollmacht bekommt"),
        ({"agency": ""}, "agency", "für welche Agentur"),
        ({"agency": "neu"}, "agency_name", "für welche Agentur"),
        ({"scopes": []}, "scopes", "mindestens eine Aufgabe"),
        ({"scopes": ["message.release", "approver"]}, "scopes", "mindestens eine Aufgabe"),
        ({"starts": ""}, "starts", "ersten Tag"),
        ({"starts": "31.1.2027"}, "starts", "kein Datum"),
        ({"starts": day(-1)}, "starts", "Vergangenheit"),
        ({"starts": day(5), "ends": day(4)}, "ends", "vor dem ersten"),
    ],
)
def test_bad_input_is_named_and_kept(people: Cast, change: dict[str, Any], field: str, words: str) -> None:
    sent = typed(people, **change)
    answer = as_(people.freya).post(URL, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert f'id="fehler_{field}"' in shown
    assert shown.count('class="field-error"') == 1
    assert f'value="{sent["ends"]}"' in shown
    assert Mandate.objects.count() == 2


def test_a_person_of_the_municipality_gets_none(people: Cast) -> None:
    answer = as_(people.freya).post(URL, typed(people, person=str(people.ada.pk)))
    assert answer.status_code == 422
    with pytest.raises(ValueError, match="Agentur"):
        access.grant_mandate(
            Agency.objects.get(), people.ada, [], by=people.freya, starts_at=clock.now(), ends_at=None
        )
    assert Mandate.objects.count() == 2


def test_an_agency_grants_nothing(people: Cast) -> None:
    for who in (people.agnes, people.ada, people.viktor, people.clara, people.doris):
        assert as_(who).get(URL).status_code == 403
        assert as_(who).post(URL, typed(people)).status_code == 403
    assert Mandate.objects.count() == 2


def test_without_anyone_of_an_agency_the_page_says_so(people: Cast) -> None:
    Mandate.objects.all().delete()
    type(people.agnes).objects.filter(kind="agency").update(is_active=False)
    assert "Noch niemand von einer Agentur" in as_(people.freya).get(URL).content.decode()


def test_the_list_asks_the_database_as_often_for_many(people: Cast) -> None:
    def asked(rows: int) -> int:
        for number in range(Mandate.objects.count(), rows):
            user = person(f"Agentur{number}", kind="agency")
            Mandate.objects.create(
                agency=Agency.objects.get(),
                user=user,
                scopes=["write"],
                starts_at=clock.now(),
                granted_by=people.freya,
            )
        client = as_(people.freya)
        client.get("/desk/vollmachten/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/vollmachten/").status_code == 200
        return len(queries)

    assert asked(3) == asked(30)
