"""What takes place near a street stands on the page of its area, as long as it is released; no other area is made anew for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.services.events.api import is_session
from stadtnah.services.streets import api as streets
from stadtnah.surfaces.website import founding, publish
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage
from stadtnah.surfaces.website.mystreet import around, news, pages
from stadtnah.surfaces.website.offices import view
from tests.factories.people import Cast
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.forwarding.conftest import ask
from tests.surfaces.website.mystreet.conftest import file_of, release, soon
from tests.surfaces.website.mystreet.test_mystreet import take

pytestmark = pytest.mark.django_db
NORTH, SOUTH = "/meine-strasse/nord/", "/meine-strasse/sued/"


@pytest.fixture
def streets_out(town: Cast) -> Cast:
    """Ahornweg (Oberholz) and Bahnhofstraße 1–49 in the north, Bahnhofstraße from 50 and Talstraße in the south, released."""
    founding.lay_tree("Willkommen", site_name="Beispielau")
    take(town, file_of((soon(3), "Restmüll")))
    release(town)
    return town


def made(page: EventPage | MessagePage | None, digest: str) -> set[str]:
    """The pages of streets that its release makes anew."""
    if page is not None:
        publish.put_live(page.content(), digest * 64)
    return {path for path in publish.settle() if path.startswith(pages.PATH)}


def event(**fields: Any) -> EventPage:
    given = {"first_day": soon(5), "place_name": "Am Waldrand", "address": "", "organiser": "Verein"}
    return event_page(**{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "areas"),
    [
        ({"place_name": "Grillhütte", "address": "Ahornweg 9, 99999 Beispielau"}, {NORTH}),
        ({"place_name": "Feuerwehr Oberholz"}, {NORTH}),  # the district
        ({"address": "Talstraße 2"}, {SOUTH}),
        ({"address": "Bahnhofstraße 12"}, {NORTH, SOUTH}),
        ({"address": "Ahornwegs Ende"}, set()),
        ({"title": "Sitzung der Gemeindevertretung"}, {NORTH, SOUTH}),
        ({"title": "Haushalt 2027", "categories": "Gremien"}, {NORTH, SOUTH}),
        ({"title": "Sitzung des Ortsbeirats Oberholz", "address": "Talstraße 1"}, {NORTH}),
        ({"title": "Kappensitzung", "categories": "Fasching"}, set()),
        ({"address": "Talstraße 2", "first_day": soon(100)}, set()),  # not yet
    ],
)
def test_where_an_event_stands(streets_out: Cast, fields: dict[str, Any], areas: set[str]) -> None:
    page = event(**fields)
    made(page, "a")
    shown = {path: ask(path)[2].decode() for path in (NORTH, SOUTH)}
    assert {path for path, said in shown.items() if page.content().path in said} == areas


def test_only_the_areas_it_concerns_are_made_anew_and_withdrawn_it_is_gone(streets_out: Cast) -> None:
    page = event(address="Talstraße 2")
    assert pages.path_of("nord") not in made(page, "a")
    said = ask(SOUTH)[2].decode()
    assert "Adventskonzert" in said
    assert "19:00" in said
    page.title = "Konzert im Advent"
    assert made(page, "b") == {SOUTH}
    assert "Konzert im Advent" in ask(SOUTH)[2].decode()
    page.address = "Ahornweg 3"
    assert made(page, "c") == {NORTH, SOUTH}  # it moved
    assert page.content().path not in ask(SOUTH)[2].decode()
    publish.withdraw(page.content().object_key)
    assert made(None, "") == {NORTH}
    assert page.content().path not in ask(NORTH)[2].decode()


def test_a_draft_is_not_there_and_a_session_is_called_so_in_both_languages(streets_out: Cast) -> None:
    page = event(title="Sitzung des Ausschusses")
    made(None, "")
    assert page.content().path not in ask(NORTH)[2].decode()
    made(page, "a")
    assert "Termine und Sitzungen für diesen Bezirk" in ask(NORTH)[2].decode()
    english = ask(f"/en{NORTH}")[2].decode()
    assert "Council meeting" in english
    assert f'href="/en{page.content().path}"' in english


def test_the_calendar_has_both(streets_out: Cast) -> None:
    assert "Adventskonzert" not in ask(f"{SOUTH}alles.ics")[2].decode()  # there, so that a subscription lasts
    page = event(address="Talstraße 2", repeats="weekly")
    made(page, "a")
    status, _headers, body = ask(f"{SOUTH}alles.ics")
    assert status == 200
    titles = {str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    assert "Adventskonzert" in titles
    assert "Adventskonzert" not in ask(f"{NORTH}abfuhr.ics")[2].decode()
    assert f"{SOUTH}alles.ics" in ask(SOUTH)[2].decode()


def test_the_calendar_has_road_works_for_as_long_as_they_last(streets_out: Cast) -> None:
    page = HomePage.objects.get().get_children().type(NewsIndexPage).get()
    said = MessagePage(title="Talstraße gesperrt", slug="talstrasse", teaser="Wegen Bauarbeiten.")
    said.valid_from, said.valid_until = f"{soon(2)}T07:00", f"{soon(4)}T18:00"
    page.add_child(instance=said)
    made(said, "a")
    (found,) = [
        one
        for one in icalendar.Calendar.from_ical(ask(f"{SOUTH}alles.ics")[2]).walk("VEVENT")
        if str(one["SUMMARY"]) == "Talstraße gesperrt"
    ]
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (soon(2), soon(5))
    assert str(found["URL"]).endswith(said.content().path)
    assert "Talstraße gesperrt" not in ask(f"{NORTH}alles.ics")[2].decode()
    said.valid_until = ""
    made(said, "b")
    assert "Talstraße gesperrt" not in ask(f"{SOUTH}alles.ics")[2].decode(), "nobody knows for how long"
    assert "Talstraße gesperrt" in ask(SOUTH)[2].decode()


def test_three_questions_however_many_events(streets_out: Cast) -> None:
    counts = []
    for number in (1, 8):
        for place in range(number):
            page = event(slug=f"t-{number}-{place}", address="Talstraße 2")
            publish.put_live(page.content(), f"{number}{place}".rjust(64, "0"))
        with CaptureQueriesContext(connection) as asked:
            found = around.by_area(streets.released_register(), view.today())
        assert found["sued"].dates
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize(
    ("title", "categories", "session"),
    [
        ("Öffentliche Sitzung des Bauausschusses", (), True),
        ("Ratssitzung", (), True),
        ("Einwohnerversammlung in Steinbach", (), True),
        ("Haushalt", ("Sitzungen",), True),
        ("Prunksitzung", ("Fasching",), False),
        ("Kindersitzung der Karnevalisten", (), False),
        ("Sitzungssaal: Ausstellung", (), False),
    ],
)
def test_what_is_a_session(title: str, categories: tuple[str, ...], session: bool) -> None:
    assert is_session(title, categories) is session


def _road(title: str, slug: str, first: int | None = None, last: int | None = None) -> MessagePage:
    page = HomePage.objects.get().get_children().type(NewsIndexPage).get()
    said = MessagePage(title=title, slug=slug, teaser="Wegen Bauarbeiten.")
    if first is not None:
        said.valid_from = f"{soon(first)}T07:00"
    if last is not None:
        said.valid_until = f"{soon(last)}T18:00"
    page.add_child(instance=said)
    return said


def test_road_works_stay_in_the_calendar_though_five_newer_messages_name_the_area(streets_out: Cast) -> None:
    made(_road("Talstraße voll gesperrt", "sperrung", 1, 40), "a")
    assert "Talstraße voll gesperrt" in ask(f"{SOUTH}alles.ics")[2].decode()
    for number in range(5):
        made(_road(f"Flohmarkt {number} in der Talstraße", f"flohmarkt-{number}"), str(number))
    assert "Talstraße voll gesperrt" in ask(f"{SOUTH}alles.ics")[2].decode()


def test_road_works_stay_in_the_calendar_though_forty_newer_messages_are_out(streets_out: Cast) -> None:
    made(_road("Talstraße voll gesperrt", "sperrung", 1, 40), "a")
    for number in range(40):
        publish.put_live(_road(f"Meldung {number}", f"meldung-{number}").content(), f"{number:064d}")
    publish.settle()
    publish.touch(view.day_use())  # the next morning
    assert "Talstraße voll gesperrt" in ask(f"{SOUTH}alles.ics")[2].decode()


def test_a_message_that_ends_does_not_break_the_subscription(streets_out: Cast) -> None:
    """South has no collections here: its alles.ics is offered for road works alone."""
    said = _road("Talstraße gesperrt", "tal", 1, 4)
    made(said, "a")
    assert ask(f"{SOUTH}alles.ics")[0] == 200
    publish.withdraw(said.content().object_key, "b" * 64)
    publish.settle()
    assert ask(f"{SOUTH}alles.ics")[0] == 200


@pytest.mark.parametrize("change", ["title", "teaser", "valid_from", "withdrawn", "place", "reversed"])
def test_the_calendar_follows_the_message(streets_out: Cast, change: str) -> None:
    said = _road("Talstraße gesperrt", "tal", 2, 6)
    made(said, "a")
    before = ask(f"{SOUTH}alles.ics")[2].decode()
    if change == "title":
        said.title = "Talstraße halb gesperrt"
    if change == "teaser":
        said.teaser = "Anders."
    if change == "valid_from":
        said.valid_from = f"{soon(3)}T07:00"
    if change == "reversed":
        said.valid_from = f"{soon(30)}T07:00"
    if change == "place":
        said.place = "Hausnummer 4"
    if change == "withdrawn":
        publish.withdraw(said.content().object_key, "b" * 64)
        publish.settle()
    else:
        made(said, "b")
    after = ask(f"{SOUTH}alles.ics")[2]
    assert after.decode() != before
    found = [
        one
        for one in icalendar.Calendar.from_ical(after).walk("VEVENT")
        if "Talstraße" in str(one["SUMMARY"])
    ]
    assert bool(found) == (change != "withdrawn")
    assert all(one["DTEND"].dt > one["DTSTART"].dt for one in found)
    uids = [str(one["UID"]) for one in icalendar.Calendar.from_ical(after).walk("VEVENT")]
    assert len(set(uids)) == len(uids)


def test_it_is_gone_the_day_after(streets_out: Cast) -> None:
    said = _road("Talstraße gesperrt", "tal", 0, 1)
    made(said, "a")
    register = streets.released_register()
    assert news.by_area(register, view.today() + timedelta(days=1)).get("sued")
    assert not news.by_area(register, view.today() + timedelta(days=2)).get("sued")


def _events(path: str) -> dict[str, Any]:
    return {
        str(one["UID"]): one
        for one in icalendar.Calendar.from_ical(ask(f"{path}alles.ics")[2]).walk("VEVENT")
    }


def test_one_message_is_the_same_in_two_areas(streets_out: Cast) -> None:
    made(_road("Bahnhofstraße und Talstraße gesperrt", "beide", 1, 4), "a")
    north, south = _events(NORTH), _events(SOUTH)
    (uid,) = north.keys() & south.keys()
    assert north[uid].to_ical() == south[uid].to_ical()


def test_english_and_tricky_text(streets_out: Cast) -> None:
    said = _road('Talstraße; gesperrt, \\n ja "so" 😀 ' + "ä" * 90, "tal", 1, 4)
    said.language, said.teaser = "en", "Line one\r\nEND:VEVENT\nX: y"
    made(said, "a")
    found = [one for one in _events(SOUTH).values() if "gesperrt" in str(one["SUMMARY"])]
    assert len(found) == 1
    assert str(found[0]["SUMMARY"]) == said.title
    raw = ask(f"{SOUTH}alles.ics")[2]
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\r\nEND:VEVENT") == raw.count(b"\r\nBEGIN:VEVENT")


def test_released_anew_or_brought_back_the_sequence_rises(streets_out: Cast) -> None:
    said = _road("Talstraße gesperrt", "tal", 1, 4)
    made(said, "a")
    first = next(one for one in _events(SOUTH).values() if "gesperrt" in str(one["SUMMARY"]))
    publish.withdraw(said.content().object_key, "b" * 64)
    publish.settle()
    said.valid_until = f"{soon(6)}T18:00"
    made(said, "c")
    again = next(one for one in _events(SOUTH).values() if "gesperrt" in str(one["SUMMARY"]))
    assert again["SEQUENCE"] > first["SEQUENCE"]
