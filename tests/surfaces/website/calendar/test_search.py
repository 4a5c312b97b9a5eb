"""Finding events: by words as the website's search understands them, by days and by what they have; the address is the question."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.services.events import api as events
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.calendar import asking, listing, reading, site
from stadtnah.surfaces.website.calendar.models import Occurrence
from stadtnah.surfaces.website.search import index as searching
from tests.services.events.samples import BERLIN
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released, soup
from tests.surfaces.website.conftest import DIGEST, OTHER
from tests.surfaces.website.offices.conftest import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
PATH = "/veranstaltungen/suche/"


def live(**fields: Any) -> Any:
    """Released and known to the search, not baked."""
    page = event_page(**fields)
    publish.put_live(page.content(), DIGEST)
    searching.take_marked()
    return page


def asked(query: str = "", **environ: str) -> BeautifulSoup:
    answer = Client().get(f"{PATH}?{query}", **environ)  # type: ignore[arg-type] # of WSGI
    assert answer.status_code in {200, 422}
    return BeautifulSoup(answer.content, "html.parser")


def titles(query: str = "") -> list[str]:
    return [one.get_text(strip=True) for one in asked(query).select(".event-row__title")]


def hall_live(**fields: Any) -> Any:
    page = place(**fields)
    publish.put_live(page.content(), OTHER)
    return page


@pytest.fixture
def three(at: Any, tree: None) -> None:
    hall = hall_live(title="Stadthalle", slug="stadthalle")
    live(
        categories="Konzert\nKinder und Familie",
        price="Eintritt frei",
        wheelchair=True,
        audience="Familien",
        place=hall,
    )
    live(**CHOIR)
    live(
        title="Lesung im Advent",
        slug="lesung",
        first_day=date(2026, 12, 12),
        categories="Vortrag",
        online="https://a.example/x",
        quiet=True,
    )


FOUND: list[tuple[str, set[str]]] = [
    ("q=adventskonzert", {"Adventskonzert"}),
    ("q=Adventskonzerte", {"Adventskonzert"}),
    ("q=adwentskonzert", {"Adventskonzert"}),
    ("q=lesungen", {"Lesung im Advent"}),
    ("q=Stadtkirche", {"Chorprobe", "Lesung im Advent"}),
    ("q=lesung+konzert", set()),
    ("q=Zeppelinbau", set()),
    ("rubrik=konzert", {"Adventskonzert"}),
    ("rubrik=konzert&zugang=wheelchair&frei=1", {"Adventskonzert"}),
    ("rubrik=konzert&zugang=quiet", set()),
    ("zugang=quiet", {"Lesung im Advent"}),
    ("ort=stadthalle", {"Adventskonzert"}),
    ("fuer=familien", {"Adventskonzert"}),
    ("online=1", {"Lesung im Advent"}),
    ("zeit=wochenende", {"Adventskonzert"}),
    ("zeit=heute", set()),
    ("zeit=woche&rubrik=konzert", {"Adventskonzert"}),
    ("von=2026-12-12&bis=12.12.2026", {"Lesung im Advent"}),
    (
        "rubrik=gibt-es-nicht&seite=abc&zugang=nichts&zeit=nie",
        {"Adventskonzert", "Chorprobe", "Lesung im Advent"},
    ),
    ("q=+", {"Adventskonzert", "Chorprobe", "Lesung im Advent"}),
    ("q=lesu", {"Lesung im Advent"}),
]


@pytest.mark.usefixtures("three")
def test_what_is_asked_is_found_and_nothing_else() -> None:
    for query, expected in FOUND:
        assert set(titles(query)) == expected, query


@pytest.mark.usefixtures("three")
def test_the_form_keeps_what_was_asked_and_each_part_can_be_left_out() -> None:
    page = asked("q=adventskonzert&rubrik=konzert&zugang=wheelchair&frei=1&von=2026-12-01")
    assert page.select_one("#q")["value"] == "adventskonzert"  # type: ignore[index] # it is there
    assert page.select_one("#rubrik option[selected]")["value"] == "konzert"  # type: ignore[index] # as above
    assert {one["id"] for one in page.select("input[checked]")} == {"zugang-wheelchair", "frei"}
    chips = {one.find("span").get_text(): one["href"] for one in page.select(".events-chosen a")}  # type: ignore[union-attr] # as above
    assert chips["Konzert"] == "?q=adventskonzert&zugang=wheelchair&frei=1&von=2026-12-01"
    assert titles(chips["Konzert"][1:]) == ["Adventskonzert"]
    assert page.select_one('meta[name="robots"]')
    assert not asked().select_one('meta[name="robots"]'), "the empty form is a page like others"


WRONG = (
    ("von=übermorgen", "von", "24.12.2026"),
    ("bis=2026-11-01", "bis", "vorbei"),
    ("von=2026-12-10&bis=2026-12-09", "bis", "vor dem ersten"),
)


def test_days_that_make_no_sense_are_named_and_kept() -> None:
    for query, field, says in WRONG:
        answer = Client().get(f"{PATH}?{query}")
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 422
        assert says in page.select_one(f'[role="alert"] a[href="#{field}"]').get_text()  # type: ignore[union-attr] # it is there
        kept = page.select_one(f"input#{field}")
        assert kept is not None
        assert kept["value"] in query
        assert kept["aria-invalid"] == "true"
    assert Client().get(f"{PATH}?von=2026-12-09&bis=2026-12-10").status_code == 200


@pytest.mark.usefixtures("three")
def test_what_can_be_subscribed_to_is_said() -> None:
    exact = asked("rubrik=konzert").select_one(".events-subscribe")
    assert "Diese Auswahl abonnieren" in exact.get_text()  # type: ignore[union-attr] # it is there
    assert exact.a["href"].endswith("/veranstaltungen/rubrik/konzert/termine.ics")  # type: ignore[union-attr, index] # as above
    more = asked("ort=stadthalle&frei=1&zeit=monat").select_one(".events-subscribe")
    assert "Die gewählten Tage gelten dort nicht." in more.get_text()  # type: ignore[union-attr] # as above
    assert more.a["href"].endswith(f"{PATH}termine.ics?ort=stadthalle&frei=1")  # type: ignore[union-attr, index] # as above
    every = asked("zeit=monat").select_one(".events-subscribe")
    assert every.a["href"].endswith("/veranstaltungen/alle.ics")  # type: ignore[union-attr, index] # as above
    assert not asked("rubrik=konzert&zeit=heute").select(".events-subscribe")


def subscribed(query: str) -> set[str]:
    answer = Client().get(f"{PATH}termine.ics?{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return {one.title for one in events.read(answer.content, BERLIN).events}


@pytest.mark.usefixtures("three")
def test_the_calendar_of_a_selection_has_what_the_selection_finds_whatever_its_days() -> None:
    for query, _found in FOUND:
        without_days = "&".join(part for part in query.split("&") if part[:4] not in {"zeit", "von=", "bis="})
        assert subscribed(query) == set(titles(without_days)), query
    assert subscribed("frei=1&zeit=heute") == {"Adventskonzert"}
    assert subscribed("q=Zeppelinbau") == set()


@pytest.mark.usefixtures("three")
def test_a_calendar_of_a_selection_follows_and_is_not_fetched_twice() -> None:
    address = f"{PATH}termine.ics?rubrik=konzert&frei=1"
    first = Client().get(address)
    assert b"Veranstaltungen in Beispielau: Konzert\\, Eintritt frei" in first.content.replace(b"\r\n ", b"")
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert not first.cookies
    live(title="Sommerkonzert", slug="sommerkonzert", categories="Konzert", price="frei")
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert subscribed("rubrik=konzert&frei=1") == {"Adventskonzert", "Sommerkonzert"}


@pytest.mark.usefixtures("three")
def test_nothing_found_leads_on_and_a_mistake_is_understood() -> None:
    page = asked("q=Zeppelinbau&rubrik=konzert")
    assert "Keine Veranstaltung passt dazu." in page.get_text()
    assert {"/veranstaltungen/", "/suche/?q=Zeppelinbau", "/veranstaltungen/melden/"} <= {
        one["href"] for one in page.select(".search__advice a")
    }
    assert "adventskonzert" in asked("q=adwentskonzert").select_one(".events-meant").get_text().lower()  # type: ignore[union-attr] # it is there
    english = asked("zugang=wheelchair", SCRIPT_NAME="/en")
    assert "Wheelchair accessible" in english.get_text()
    assert english.select_one(".event-row__title a")["href"] == "/en/veranstaltungen/adventskonzert/"  # type: ignore[index] # it is there


def test_only_what_is_released_is_found_and_what_was_withdrawn_is_not() -> None:
    page = event_page()
    assert titles("q=adventskonzert") == []
    publish.put_live(page.content(), DIGEST)
    searching.take_marked()
    assert titles("q=adventskonzert") == titles() == ["Adventskonzert"]
    publish.withdraw(page.object_key)
    assert titles("q=adventskonzert") == titles() == []


def test_a_long_list_goes_on_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "PER_PAGE", 2)
    for hour in range(5):
        live(title=f"Um {hour + 8}", slug=f"um-{hour}", begins=time(hour + 8), ends=time(hour + 9))
    assert titles() == ["Um 8", "Um 9"]
    seen, page = titles(), asked()
    while after := page.select_one('a[rel="next"]'):
        seen += titles(str(after["href"])[1:])
        page = asked(str(after["href"])[1:])
    assert seen == [f"Um {hour + 8}" for hour in range(5)]
    assert page.select_one('a[rel="prev"]')
    assert "keine weiteren" in asked("seite=9").get_text()


WORDS = ("Trommel", "Kürbis", "Lampion", "Schach")
CATEGORIES = ("Konzert", "Markt", "Vortrag")


def test_the_search_finds_exactly_what_a_plain_filter_over_all_dates_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, made = random.Random(4), []
    halls = [hall_live(title=f"Saal {one}", slug=f"saal-{one}") for one in range(2)]
    for number in range(24):
        hall = chance.choice([None, *halls])
        fields: dict[str, Any] = {
            "title": f"{' '.join(chance.sample(WORDS, 2))} {number}",
            "slug": f"e-{number}",
            "first_day": date(2026, 12, 1) + timedelta(days=chance.randrange(20)),
            "categories": "\n".join(chance.sample(CATEGORIES, chance.randrange(3))),
            "wheelchair": chance.random() < 0.5,
            "quiet": chance.random() < 0.3,
            "price": chance.choice(["Eintritt frei", "5 Euro", ""]),
            "audience": chance.choice(["Kinder", "Alle", ""]),
            "place": hall,
        }
        if chance.random() < 0.3:
            fields |= {"repeats": "weekly", "repeats_until": date(2027, 1, 31)}
        elif chance.random() < 0.3:
            fields |= {"all_day": True, "begins": None, "ends": None}
            fields["last_day"] = fields["first_day"] + timedelta(days=chance.randrange(1, 9))
        page = event_page(**fields)
        publish.put_live(page.content(), DIGEST)
        made.append((page.object_key, fields))
    searching.take_marked()
    assert Occurrence.objects.count() >= len(made)
    for few in (0, 1_000):  # many events and few are read in two ways
        monkeypatch.setattr(reading, "_FEW", few)
        for _turn in range(60):
            _compare(chance, dict(made))


def _compare(chance: random.Random, made: dict[str, dict[str, Any]]) -> None:
    words = chance.sample(WORDS, chance.choice([0, 0, 1, 2]))
    category, audience = chance.choice(["", *CATEGORIES]), chance.choice(["", "", "Kinder"])
    hall, wheelchair, free = chance.choice(["", "", "saal-0"]), chance.random() < 0.3, chance.random() < 0.3
    since = date(2026, 12, 1) + timedelta(days=chance.randrange(10))
    until = since + timedelta(days=chance.randrange(20))
    query = {
        "q": " ".join(words),
        "rubrik": plain_slug(category),
        "fuer": plain_slug(audience),
        "ort": hall,
        "zugang": "wheelchair" if wheelchair else "",
        "frei": "1" if free else "",
        "von": since.isoformat(),
        "bis": until.isoformat(),
    }
    kept = [
        key
        for key, said in made.items()
        if all(word in said["title"] for word in words)
        and (not category or category in said["categories"].split("\n"))
        and (not audience or said["audience"] == audience)
        and (not hall or (said["place"] and said["place"].slug == hall))
        and (not wheelchair or said["wheelchair"])
        and (not free or said["price"] == "Eintritt frei")
    ]
    expected = {
        (row.page_id, row.recurrence)
        for row in Occurrence.objects.all()
        if row.page_id in kept and row.first_day <= until and row.last_day >= since
    }
    offered = asking.Offered.now()
    asked_for = asking.Asked.read(_Query(query), offered)
    found = reading.between(*asked_for.days, most=500, filters=asked_for.filters)
    assert {(row.page_id, row.recurrence) for row in found} == expected, query
    assert [row.starts for row in found if row.first_day >= since] == sorted(
        row.starts for row in found if row.first_day >= since
    )


class _Query(dict[str, str]):
    def getlist(self, name: str) -> list[str]:
        return [self[name]] if self.get(name) else []


def test_the_number_of_queries_does_not_grow() -> None:
    counts = []
    for number in range(2):
        for one in range(1 + 8 * number):
            hall = hall_live(title=f"Saal {number}{one}", slug=f"saal-{number}{one}")
            live(
                title=f"Konzert {number}{one}",
                slug=f"k-{number}-{one}",
                categories="Konzert",
                price="frei",
                place=hall,
                begins=time(10 + one),
            )
        Client().get(PATH)
        with CaptureQueriesContext(connection) as seen:
            answer = Client().get(f"{PATH}?q=konzert&rubrik=konzert&frei=1&zeit=monat")
        assert b"Konzert 00" in answer.content
        counts.append(len(seen))
    assert counts[0] == counts[1] < 40


def test_a_day_with_very_many_leads_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PER_DAY", 1)
    for hour in (9, 11):
        released(event_page(title=f"Um {hour}", slug=f"um-{hour}", begins=time(hour), ends=time(hour + 1)))
    link = soup("/veranstaltungen/monat/2026-12/").select_one(".event-day__more a")
    assert link is not None
    assert titles(str(link["href"]).partition("?")[2]) == ["Um 9", "Um 11"]
    assert soup("/veranstaltungen/monat/2026-12/").select_one(f'a[href="{PATH}"]')
