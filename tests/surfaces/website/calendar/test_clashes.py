"""What is at the same time at the same place is said while somebody writes and at the release; it stops nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.publishing.checks import run
from stadtnah.services.events.domain import submissions
from stadtnah.services.events.domain.entry import Entry
from stadtnah.services.events.models import Submission
from stadtnah.surfaces.website.calendar import clashes, drafts, view
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from tests.factories.people import cast
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released
from tests.surfaces.website.offices.conftest import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
CLASH, TWIN = "Zur gleichen Zeit ist am gleichen Ort schon etwas", "Vermutlich ist die Veranstaltung schon da"
PEOPLE = "Am gleichen Abend ist schon etwas für dieselben Leute"
BAZAAR = Entry("Bücherbasar", date(2026, 12, 5), begin=time(20), end=time(22), place="Stadtkirche", organiser="BUND")  # fmt: skip


def said(page: EventPage) -> list[str]:
    """The hints about clashes, as editor and release view get them; nothing of them stops a release."""
    content = page.content()
    found = [
        one
        for one in run(content, check_context(about=content))
        if any(words in one.text for words in (CLASH, TWIN, PEOPLE))
    ]
    assert {one.level.value for one in found} <= {"hint"}
    return [one.text for one in found]


def basar(**fields: Any) -> EventPage:
    given = {"slug": "basar", "title": "Bücherbasar", "begins": time(20), "ends": time(22)}
    return event_page(**{**given, **fields})


def handed_in(entry: Entry, *, confirmed: bool = True) -> None:
    row = submissions.receive(entry, submissions.Sender("verein@example.org"), entry.title)
    if confirmed:
        submissions.confirm(row)


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 1),
        ({"begins": time(21), "ends": time(22)}, 0),  # begins when the other ends
        ({"first_day": date(2026, 12, 6)}, 0),
        ({"place_name": "Stadthalle"}, 0),
        ({"place_name": "Stadtkirche", "address": "Dorfstraße 9, 35998 Musterbach"}, 0),
        ({"place_name": "stadtkirche", "address": ""}, 1),
        ({"place_name": "Vor der Kirche", "latitude": 50.001, "longitude": 9.0}, 1),  # 111 m
        ({"place_name": "Am Bach", "latitude": 50.002, "longitude": 9.0}, 0),  # 222 m
        ({"begins": None, "ends": None, "all_day": True}, 1),
        ({"status": "EventCancelled"}, 0),
        ({"first_day": date(2026, 11, 28), "repeats": "weekly"}, 1),
    ],
)
def test_the_same_place_at_the_same_time_as_a_released_event(fields: dict[str, Any], number: int) -> None:
    released(event_page(latitude=50.0, longitude=9.0))
    found = said(basar(**fields))
    assert len(found) == number
    if found:
        assert "„Adventskonzert“, Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr (im Kalender)" in found[0]


def test_a_place_of_the_register_is_the_same_or_another_whatever_it_is_called() -> None:
    hall, other = place(), place(slug="halle", title="Stadthalle")
    released(event_page(place=hall))
    assert len(said(basar(place=hall))) == 1
    assert said(basar(slug="zwei", title="Flohmarkt", place=other)) == []


def test_one_date_of_a_series_is_enough_and_a_date_left_out_is_free() -> None:
    released(event_page(**{**CHOIR, "place_name": "Stadtkirche"}))
    on = {"begins": time(19), "ends": time(21)}
    assert len(said(basar(first_day=date(2027, 1, 12), **on))) == 1
    assert said(basar(slug="frei", first_day=date(2026, 12, 22), **on)) == []


def test_drafts_and_what_clubs_handed_in_count_and_an_event_never_clashes_with_itself() -> None:
    page = basar()
    assert said(page) == []
    event_page()
    handed_in(replace(BAZAAR, title="Krippenspiel"))
    handed_in(replace(BAZAAR, title="Unbestätigt"), confirmed=False)
    found = said(page)
    assert len(found) == 2
    assert "„Adventskonzert“" in found[0]
    assert "(Entwurf)" in found[0]
    assert "20:00 bis 22:00 Uhr (gemeldet, noch nicht übernommen)" in found[1]
    assert "Krippenspiel" not in found[1]  # nobody has looked at it yet
    released(page)
    assert len(said(page)) == 2


def test_drafts_of_that_day_are_read_before_series_of_other_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clashes, "_DRAFTS", 2)
    for year in (2019, 2020, 2021):
        event_page(
            title=f"Turnen {year}", slug=f"turnen-{year}", first_day=date(year, 1, 7), repeats="weekly",
            place_name="Turnhalle", address="",
        )  # fmt: skip
    event_page()
    assert [CLASH in one for one in said(basar())] == [True]


def test_probably_the_same_event_is_called_so() -> None:
    released(event_page())
    found = said(
        event_page(slug="nochmal", title="Advents-Konzert", begins=time(19, 30), place_name="Stadtkirche")
    )
    assert len(found) == 1
    assert found[0].startswith(TWIN)


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"categories": "konzert"}, 1),
        ({"categories": "Markt"}, 0),
        ({"audience": "Familien mit Kindern"}, 1),
        ({"categories": "Konzert", "begins": time(10), "ends": time(12)}, 0),  # no evening
        ({"categories": "Konzert", "first_day": date(2026, 12, 6)}, 0),
    ],
)
def test_another_one_for_the_same_people_that_evening(fields: dict[str, Any], number: int) -> None:
    released(event_page(categories="Konzert\nAdvent", audience="Familien mit Kindern"))
    found = said(basar(place_name="Stadthalle", **fields))
    assert len(found) == number
    assert all(one.startswith(PEOPLE) for one in found)


def test_everybody_is_no_audience() -> None:
    released(event_page(audience="Alle"))
    assert said(basar(place_name="Stadthalle", audience="Alle")) == []


def test_it_is_said_while_somebody_writes_with_a_way_to_the_other() -> None:
    other, page, people = released(event_page()), basar(), cast()
    writer, reader = Client(), Client()
    handed_in(replace(BAZAAR, title="Krippenspiel"))
    submission = Submission.objects.get()
    writer.force_login(people.ada)
    reader.force_login(people.clara)
    form = {"title": page.title, "slug": page.slug, "language": "de", "first_day": "2026-12-05", "place_name": "Stadtkirche", "status": "EventScheduled", "every": "1", "body-count": "0", "changes-count": "0"}  # fmt: skip
    address = reverse("desk_check_page", args=[page.pk])
    shown = writer.post(address, {**form, "begins": "20:00", "ends": "22:00"}).content.decode()
    assert CLASH in shown
    assert 'data-found="id_first_day"' in shown
    assert f'href="/desk/pages/{other.pk}/edit/"' in shown
    assert f'href="/desk/veranstaltungen/eingereicht/{submission.pk}/"' in shown
    calm = writer.post(address, {**form, "begins": "10:00", "ends": "12:00"})
    assert calm.status_code == 200
    assert CLASH not in calm.content.decode()
    assert reader.post(address, form).status_code == 403


def test_three_questions_however_much_there_is() -> None:
    counts = []
    page = basar()
    for number in (1, 12):
        for place_number in range(number):
            event_page(slug=f"entwurf-{number}-{place_number}", title=f"Treffen {number} {place_number}")
            handed_in(replace(BAZAAR, title=f"Gemeldet {number} {place_number}"))
            one = event_page(slug=f"da-{number}-{place_number}", title=f"Abend {number} {place_number}")
            released(one, f"{number:x}{place_number:x}".rjust(64, "0"))
        content = EventPage.objects.get(pk=page.pk).content()
        with CaptureQueriesContext(connection) as asked:
            found = clashes.found(drafts.event_of(content), view.now(), but=content.object_key)
        assert found
        counts.append(len(asked))
    assert counts == [3, 3]
