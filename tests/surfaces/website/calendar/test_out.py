"""Events leave the website: calendars to subscribe to, data, feeds, frames for other sites. All of released events, made anew with them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

import feedparser
import icalendar
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.services.events import api as events
from stadtnah.surfaces.website import answer_headers, publish, store
from stadtnah.surfaces.website.calendar import coming, embedding, files
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.models import PageUse
from stadtnah.surfaces.website.offices.ticks import turn_the_day
from tests.services.events.samples import BERLIN
from tests.services.events.test_calendars import strict
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released
from tests.surfaces.website.conftest import DIGEST, OTHER
from tests.surfaces.website.offices.conftest import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
ALL = "/veranstaltungen/alle.ics"
DATA = "/veranstaltungen/veranstaltungen.json"


def bytes_at(path: str) -> bytes:
    found = store.read(path)
    assert found is not None, path
    return found[1]


def titles(path: str = ALL) -> list[str]:
    return [one.title for one in events.read(bytes_at(path), BERLIN).events]


@pytest.fixture
def opened(tree: None) -> None:
    """The place of the events is public."""
    released(calendar())


@pytest.mark.usefixtures("opened")
def test_nothing_leaves_before_its_release_and_everything_follows_it() -> None:
    page = event_page(categories="Konzert")
    publish.settle()
    assert titles() == []
    assert not store.stands("/veranstaltungen/rubrik/konzert/termine.ics")
    released(page)
    assert titles() == titles("/veranstaltungen/rubrik/konzert/termine.ics") == ["Adventskonzert"]
    page.title, page.body = "Weihnachtskonzert", [("text", "<p>Mit Orgel.</p>")]
    page.save()
    assert titles() == ["Adventskonzert"]
    released(page, OTHER)
    assert titles() == ["Weihnachtskonzert"]
    publish.withdraw(page.object_key)
    publish.settle()
    assert titles() == []
    assert not store.stands("/veranstaltungen/rubrik/konzert/termine.ics")


@pytest.mark.usefixtures("opened")
def test_a_change_of_the_text_alone_reaches_the_calendar() -> None:
    page = released(event_page())
    page.body = [("text", "<p>Einlass ab 18 Uhr.</p>")]
    released(page, OTHER)
    assert b"Einlass ab 18 Uhr." in bytes_at(ALL)


@pytest.mark.usefixtures("opened")
def test_the_calendar_is_strict_and_says_how_often_to_ask() -> None:
    released(event_page())
    released(event_page(**CHOIR), OTHER)
    data = bytes_at(ALL)
    strict(data)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in data
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in data
    assert icalendar.Calendar.from_ical(data)["NAME"] == "Veranstaltungen in Beispielau"
    assert store.read_meta(ALL).content_type == "text/calendar; charset=utf-8"  # type: ignore[union-attr]
    with pytest.raises(AssertionError):
        strict(data.replace(b"\r\n", b"\n"))


@pytest.mark.usefixtures("opened")
def test_a_cancelled_event_stays_with_its_uid_and_a_higher_sequence() -> None:
    page = released(event_page())
    (before,) = events.read(bytes_at(ALL), BERLIN).events
    page.status = events.Status.CANCELLED
    released(page, OTHER)
    (after,) = events.read(bytes_at(ALL), BERLIN).events
    assert b"STATUS:CANCELLED\r\n" in bytes_at(ALL)
    assert (after.uid, after.status) == (before.uid, events.Status.CANCELLED)
    assert after.sequence > before.sequence


@pytest.mark.usefixtures("opened")
def test_the_same_events_are_the_same_bytes_and_what_is_over_leaves_after_a_month(at: Any) -> None:
    released(event_page())
    before = store.read_meta(ALL)
    at.move_to(datetime(2026, 12, 10, 8, tzinfo=UTC))
    turn_the_day()
    publish.settle()
    assert store.read_meta(ALL) == before
    assert json.loads(bytes_at(DATA))["dates"] == []
    at.move_to(datetime(2027, 1, 20, 8, tzinfo=UTC))
    turn_the_day()
    publish.settle()
    assert titles() == []


@pytest.mark.usefixtures("opened")
def test_the_data_names_every_date_of_a_series() -> None:
    released(event_page(categories="Konzert", wheelchair=True, price="frei", online="https://a.example/x"))
    released(event_page(**CHOIR), OTHER)
    made = json.loads(bytes_at(DATA))
    assert (made["version"], made["publisher"]) == (1, "Stadt Beispielau")
    first, second = made["dates"][:2]
    assert (first["title"], first["start"], first["series"]) == (
        "Chorprobe",
        "2026-12-01T19:30:00+01:00",
        True,
    )
    assert second == {
        "id": f"{second['event']}#20261205T1900", "event": second["event"], "url": "http://localhost:8000/veranstaltungen/adventskonzert/",
        "title": "Adventskonzert", "teaser": "Der Chor singt.", "start": "2026-12-05T19:00:00+01:00", "end": "2026-12-05T21:00:00+01:00",
        "all_day": False, "status": "EventScheduled", "place": "Stadtkirche, Kirchgasse 2, 35999 Beispielau", "position": None,
        "online": "https://a.example/x", "organiser": "Gesangverein Beispielau", "audience": "", "price": "frei", "registration": "",
        "categories": ["Konzert"], "accessibility": ["wheelchair"], "series": False, "updated": "2026-11-30T08:00:00Z",
    }  # fmt: skip
    starts = [one["start"] for one in made["dates"]]
    assert starts == sorted(starts)
    assert "2026-12-22T19:30:00+01:00" not in starts  # left out
    assert len(starts) <= files.MOST_DATES


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_feeds_name_each_event_once_with_its_next_date(name: str) -> None:
    released(event_page(status=events.Status.MOVED_ONLINE))
    released(event_page(**CHOIR), OTHER)
    found = feedparser.parse(bytes_at(f"/veranstaltungen/feeds/{name}"))
    assert not found.bozo
    assert [one.title for one in found.entries] == [
        "Di., 1.12.: Chorprobe",
        "Sa., 5.12.: Adventskonzert (findet online statt)",
    ]
    assert len({one.id for one in found.entries}) == 2
    assert "19:00 Uhr, Stadtkirche" in found.entries[1].summary
    assert feedparser.parse(bytes_at(f"/veranstaltungen/feeds/{name}")[:-20]).bozo


@pytest.mark.usefixtures("opened")
def test_a_place_of_the_register_and_each_category_have_their_own() -> None:
    hall = released(place(title="Stadthalle", slug="stadthalle"), OTHER)
    released(event_page(place=hall, categories="Konzert\nKinder und Familie"))
    released(event_page(**CHOIR), OTHER)
    keys = [choice.key for choice in coming.choices()]
    assert keys == ["alle", "rubrik/kinder-und-familie", "rubrik/konzert", "ort/stadthalle"]
    for choice in coming.choices():
        expected = ["Chorprobe", "Adventskonzert"] if choice.key == "alle" else ["Adventskonzert"]
        assert titles(files.address(choice)) == expected, choice


@pytest.mark.usefixtures("opened")
def test_of_very_many_the_next_leave_and_the_next_of_each_category(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming, "MOST_EVENTS", 2)
    monkeypatch.setattr(coming, "OWN_EVENTS", 1)
    for day in range(1, 7):
        of = "Markt" if day > 4 else "Konzert"
        released(
            event_page(title=f"{of} {day}", slug=f"e{day}", first_day=date(2026, 12, day), categories=of)
        )
    assert titles() == ["Konzert 1", "Konzert 2"]
    assert titles("/veranstaltungen/rubrik/konzert/termine.ics") == ["Konzert 1", "Konzert 2"]
    assert titles("/veranstaltungen/rubrik/markt/termine.ics") == ["Markt 5"]
    found = coming.between(date(2026, 12, 1), date(2026, 12, 31))
    assert len(found) == 6, "a programme on paper holds all of its days"


def frame(path: str) -> BeautifulSoup:
    return BeautifulSoup(bytes_at(path), "html.parser")


@pytest.mark.usefixtures("opened")
def test_a_frame_shows_dates_and_needs_neither_script_nor_form() -> None:
    released(event_page(categories="Konzert"))
    released(event_page(**CHOIR), OTHER)
    path = "/veranstaltungen/einbetten/rubrik/konzert/"
    page = frame(path)
    assert answer_headers.FRAMED.match(path)
    assert not page.find_all(["script", "form", "img", "iframe"])
    assert [link.get_text(" ", strip=True).partition(" (")[0] for link in page.select("li a")] == [
        "Adventskonzert"
    ]
    assert {link["target"] for link in page.find_all("a")} == {"_blank"}
    assert len(frame("/veranstaltungen/einbetten/alle/").select("li")) == embedding.SHOWN
    assert "All events in Beispielau" in frame("/en/veranstaltungen/einbetten/alle/").get_text()


@pytest.mark.usefixtures("opened")
def test_the_page_that_explains_it_offers_code_that_works() -> None:
    released(event_page(categories="Konzert", title="Konzert <b>"))
    page = frame(embedding.PAGE)
    assert not answer_headers.FRAMED.match(embedding.PAGE)
    codes = [BeautifulSoup(code.get_text(), "html.parser").iframe for code in page.select("pre code")]
    assert len(codes) == 2
    for code in codes:
        assert code is not None
        assert code["title"].startswith("Veranstaltungen in Beispielau")
        assert store.stands(str(code["src"]).removeprefix("http://localhost:8000"))
    addresses = [link["href"] for link in page.select("a[href^=webcal]")]
    assert addresses == [
        "webcal://localhost:8000/veranstaltungen/alle.ics",
        "webcal://localhost:8000/veranstaltungen/rubrik/konzert/termine.ics",
    ]
    for address in addresses:
        assert store.stands(str(address).removeprefix("webcal://localhost:8000"))


def test_without_a_released_event_nothing_of_it_stands() -> None:
    event_page()
    publish.settle()
    assert embedding.at(embedding.PAGE) is None
    assert not store.stands(embedding.PAGE)
    assert not store.stands(ALL)


@pytest.mark.usefixtures("opened")
def test_what_was_given_away_stays_when_nothing_is_to_come(at: Any) -> None:
    released(event_page(categories="Konzert"))
    at.move_to(datetime(2027, 3, 1, 8, tzinfo=UTC))
    turn_the_day()
    publish.settle()
    assert "Zurzeit" in frame("/veranstaltungen/einbetten/rubrik/konzert/").get_text()
    assert titles("/veranstaltungen/rubrik/konzert/termine.ics") == []


@pytest.mark.usefixtures("opened")
def test_exactly_what_shows_it_is_made_anew() -> None:
    released(event_page(categories="Konzert"))
    shown = set(PageUse.objects.filter(used=coming.EVENTS).values_list("path", flat=True))
    assert shown == {
        "/bildschirme/alles/",
        "/bildschirme/veranstaltungen/",
        "/veranstaltungen/",
        embedding.PAGE,
        *(f"{embedding.PAGE}{key}/" for key in ("alle", "rubrik/konzert")),
        "/veranstaltungen/rubrik/konzert/",
        "/veranstaltungen/naehe/",
        "/veranstaltungen/monat/2026-12/",  # the last there is: a next one may follow
    }


@pytest.mark.usefixtures("opened")
def test_questions_to_the_database_do_not_grow() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            files.beside()
        return len(seen)

    released(event_page())
    few = asked()
    for number in range(6):
        released(
            event_page(
                title=f"Fest {number}",
                slug=f"fest-{number}",
                first_day=date(2026, 12, 6 + number),
                begins=time(10),
                ends=time(12),
            ),
            OTHER,
        )
    assert asked() == few
    assert EventPage.objects.count() == 7
    assert DIGEST != OTHER
