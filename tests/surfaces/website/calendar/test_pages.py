"""What citizens see of an event, and that nothing of it is public before its release."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from stadtnah.publishing.checks import run
from stadtnah.surfaces.desk.difference import changes
from stadtnah.surfaces.website import publish, store
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.offices.ticks import turn_the_day
from tests.factories.people import cast
from tests.services.events.samples import BERLIN
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.conftest import DIGEST, OTHER
from tests.surfaces.website.offices.conftest import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
CHOIR = {
    "title": "Chorprobe",
    "slug": "chorprobe",
    "first_day": date(2026, 12, 1),
    "begins": time(19, 30),
    "ends": time(21),
    "repeats": "weekly",
    "left_out": "22.12.2026\n29.12.2026",
}


def released(page: Any, digest: str = DIGEST) -> Any:
    publish.put_live(page.content(), digest)
    publish.settle()
    return page


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found is not None, path
    return BeautifulSoup(found[1], "html.parser")


def said(path: str) -> str:
    return " ".join(soup(path).main.get_text(" ").split())  # type: ignore[union-attr] # every page has one


def linked(path: str) -> dict[str, Any]:
    found = json.loads(soup(path).find("script", type="application/ld+json").string)  # type: ignore[union-attr,arg-type]
    rows = found.get("@graph", [found])
    return next(row for row in rows if row["@type"] == "Event")


def test_nothing_of_a_draft_is_public() -> None:
    event_page()
    publish.settle()
    assert store.read("/veranstaltungen/adventskonzert/") is None
    assert not ReleasedPage.objects.exists()


def test_the_page_says_when_where_and_for_whom() -> None:
    hall = place()
    released(hall)
    released(
        event_page(
            place=hall, price="Eintritt frei", audience="Alle", wheelchair=True, categories="Konzert\nAdvent"
        )
    )
    text = said("/veranstaltungen/adventskonzert/")
    for words in (
        "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr",
        "Marktplatz 1",
        "Eintritt frei",
        "Mit dem Rollstuhl zugänglich",
        "Gesangverein Beispielau",
        "Konzert",
    ):
        assert words in text
    assert "Saturday, 5 December 2026, 19:00 to 21:00" in said("/en/veranstaltungen/adventskonzert/")
    node = linked("/veranstaltungen/adventskonzert/")
    assert node["startDate"] == "2026-12-05T19:00:00+01:00"
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    assert node["location"][0]["address"]["streetAddress"] == "Marktplatz 1"
    assert node["isAccessibleForFree"] is True


def test_the_file_for_calendars_lies_beside_the_page() -> None:
    from stadtnah.services.events import api as events

    page = released(event_page(**CHOIR))
    meta, data = store.read("/veranstaltungen/chorprobe/termin.ics") or pytest.fail("no file")
    assert meta.content_type.startswith("text/calendar")
    found = events.read(data, BERLIN).events[0]
    assert (found.uid, found.title) == (page.object_key, "Chorprobe")
    assert found.url == "http://localhost:8000/veranstaltungen/chorprobe/"
    assert {day.isoformat() for day in found.series.without_days} == {"2026-12-22", "2026-12-29"}
    page.status = "EventCancelled"
    released(page, OTHER)
    again = events.read(store.read("/veranstaltungen/chorprobe/termin.ics")[1], BERLIN).events[0]  # type: ignore[index]
    assert (again.status, again.sequence) == (events.Status.CANCELLED, 1)


def test_a_series_names_its_next_dates_and_goes_on_by_itself(at: Any) -> None:
    released(event_page(**CHOIR))
    text = said("/veranstaltungen/chorprobe/")
    assert "jeden Dienstag" in text
    assert "8. Dezember 2026" in text
    assert "22. Dezember 2026" not in text, "left out"
    at.move_to("2026-12-02T08:00:00+00:00")
    turn_the_day()
    publish.settle()
    assert "Dienstag, 1. Dezember 2026" not in said("/veranstaltungen/chorprobe/")


def test_school_holidays_come_from_the_released_place_of_the_events() -> None:
    released(event_page(**{**CHOIR, "left_out": "", "skip_school": True}))
    assert "22. Dezember 2026" in said("/veranstaltungen/chorprobe/"), "control: nobody entered any"
    index = calendar()
    index.school_holidays = "21.12.2026 bis 09.01.2027"
    index.save()
    assert "22. Dezember 2026" in said("/veranstaltungen/chorprobe/"), "a draft changes nothing"
    released(index, OTHER)
    assert "22. Dezember 2026" not in said("/veranstaltungen/chorprobe/")


def test_a_cancelled_and_a_moved_event_say_so_first() -> None:
    page = released(event_page(status="EventCancelled", status_note="Karten werden erstattet."))
    text = said("/veranstaltungen/adventskonzert/")
    assert "Fällt aus" in text
    assert "Karten werden erstattet." in text
    page.status, page.moved_from = "EventRescheduled", "2026-11-28T19:00"
    released(page, OTHER)
    assert "Samstag, 28. November 2026, 19:00 Uhr" in said("/veranstaltungen/adventskonzert/")
    assert linked("/veranstaltungen/adventskonzert/")["previousStartDate"] == "2026-11-28T19:00:00+01:00"


def test_one_date_that_is_off_stands_among_the_next() -> None:
    change = dict.fromkeys(("at", "first_day", "begins", "last_day", "ends"))
    change |= {"day": date(2026, 12, 8), "status": "EventCancelled", "title": "", "place": ""}
    released(event_page(**{**CHOIR, "changes": [("change", change)]}))
    off = [
        " ".join(one.get_text(" ").split())
        for one in soup("/veranstaltungen/chorprobe/").select(".event__off")
    ]
    assert off == ["Dienstag, 8. Dezember 2026, 19:30 bis 21:00 Uhr Fällt aus"]
    sub = linked("/veranstaltungen/chorprobe/")["subEvent"][0]
    assert (sub["startDate"], sub["eventStatus"]) == (
        "2026-12-08T19:30:00+01:00",
        "https://schema.org/EventCancelled",
    )


def test_a_withdrawn_event_leads_to_the_others() -> None:
    page = released(event_page())
    publish.withdraw(page.object_key)
    publish.settle()
    assert soup("/veranstaltungen/adventskonzert/").select_one('main a[href="/veranstaltungen/"]')


def test_a_changed_date_does_not_end_before_it_begins() -> None:
    change = dict.fromkeys(("at", "first_day", "begins", "last_day", "ends"))
    change |= {"day": date(2026, 12, 8), "status": "", "title": "", "place": ""}
    block: Any = EventPage._meta.get_field("changes").stream_block.child_blocks["change"]
    for ends in (time(18), time(19)):
        with pytest.raises(StructBlockValidationError) as wrong:
            block.clean(block.to_python({**change, "begins": time(19), "ends": ends}))
        assert "ends" in wrong.value.block_errors
    for more in ({"ends": time(2)}, {"ends": time(18), "last_day": date(2026, 12, 9)}):
        assert block.clean(block.to_python({**change, "begins": time(19), **more}))


def test_what_is_over_says_so(at: Any) -> None:
    released(event_page())
    at.move_to("2026-12-06T08:00:00+00:00")
    turn_the_day()
    publish.settle()
    assert "Diese Veranstaltung ist vorbei." in said("/veranstaltungen/adventskonzert/")


@pytest.mark.parametrize(
    ("fields", "words", "level"),
    [
        ({"place_name": "", "address": ""}, "Der Ort fehlt", "error"),
        ({"repeats": "rule", "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "left_out": "5.12.2026"}, "kein einziger Termin", "error"),
        ({"status": "EventMovedOnline"}, "Adresse im Netz fehlt", "error"),
        ({"first_day": date(2025, 12, 6)}, "in der Vergangenheit", "hint"),
        ({"repeats": "weekly", "left_out": "6.12.2026"}, "keinen Termin der Serie: 6.12.2026", "hint"),
        ({"repeats": "weekly", "skip_school": True}, "keine Schulferien", "hint"),
    ],
)  # fmt: skip
def test_the_checks_speak_up(fields: dict[str, Any], words: str, level: str) -> None:
    found = run(event_page(**fields).content(), check_context())
    assert [one.level for one in found if words in one.text] == [level]
    other = event_page(slug="gut", title="Lesung", place_name="Stadtbücherei", address="Kirchgasse 2")
    fine = run(other.content(), check_context())
    assert [one.text for one in fine if one.code.startswith("kind-")] == []


def test_the_release_names_a_date_that_was_left_out() -> None:
    page = event_page(**CHOIR)
    before = page.content()
    page.left_out += "\n05.01.2027"
    found = {
        one.label: "".join(piece.text for piece in one.pieces)
        for one in changes(before, page.content()) or []
    }
    assert "05.01.2027" in found["Fällt aus am"]


def test_the_desk_lists_events_and_leads_to_a_new_one(client: Client) -> None:
    event_page(**CHOIR)
    client.force_login(cast().agnes)
    text = client.get("/desk/veranstaltungen/").content.decode()
    assert "Chorprobe" in text
    assert "Dienstag, 1. Dezember 2026, 19:30 bis 21:00 Uhr und weitere Termine" in text
    assert "So heißt keine Veranstaltung" in client.get("/desk/veranstaltungen/?q=Kegeln").content.decode()
    there = client.get("/desk/veranstaltungen/neu/", follow=True)
    assert there.status_code == 200
    form = there.content.decode()
    assert "Wiederholt sich" in form
    assert EventPage.objects.count() == 1


def test_a_place_outside_of_the_register_may_be_accessible() -> None:
    released(event_page(wheelchair=True, access_note="Die Rampe ist am Hof."))
    text = said("/veranstaltungen/adventskonzert/")
    assert "Mit dem Rollstuhl zugänglich" in text
    assert "Die Rampe ist am Hof." in text
