"""Links on this website: judged from what is released, without a request."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing import checks
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.forwarding.models import ReleasedForwarding
from stadtnah.surfaces.website.quality import addresses, reading, report
from stadtnah.surfaces.website.quality.models import FoundLink, Reading, Target
from tests.surfaces.website.conftest import BASE, message, page
from tests.surfaces.website.quality.conftest import linking, live, said

pytestmark = pytest.mark.django_db
OWN = {"localhost", "www.localhost"}
GONE = "Diese Seite gibt es nicht."
WITHDRAWN = "Diese Seite wurde zurückgezogen."
MOVED = "Diese Seite ist umgezogen. Der Link führt noch hin, über einen Umweg."
NO_PLACE = "Die Seite gibt es, aber nicht die Stelle, zu der der Link springt."


@pytest.mark.parametrize(
    ("href", "host", "address"),
    [
        ("/wohngeld/", "", "/wohngeld/"),
        ("/wohngeld", "", "/wohngeld/"),
        ("/en/wohngeld/", "", "/wohngeld/"),
        ("wohngeld/#antrag", "", "/rathaus/wohngeld/#antrag"),
        (f"{BASE}/stra%C3%9Fe/", "", "/straße/"),
        ("https://www.bund.example/a?b=c#d", "www.bund.example", "https://www.bund.example/a?b=c"),
        ("//bund.example", "bund.example", "https://bund.example/"),
        ("/a%00b/", "", "/a\ufffdb/"),
    ],
)
def test_what_a_link_means(href: str, host: str, address: str) -> None:
    found = addresses.aim(href, "/rathaus/", OWN)
    assert found is not None
    assert (found.host, found.address) == (host, address)


@pytest.mark.parametrize(
    "href", ["", None, "#oben", "mailto:a@b.example", "tel:115", "javascript:x", "https://[", "https://a:x/"]
)
def test_what_is_judged_by_its_form_alone(href: str | None) -> None:
    assert addresses.aim(href, "/", OWN) is None


def test_what_is_there_is_not_named(town: Town) -> None:
    there = (
        "/wohngeld/",
        "/en/wohngeld/",
        "/",
        "/aktuelles/",
        "/newsletter/",
        "/feeds/atom.xml",
        f"{BASE}/wohngeld/".replace("http:", "https:"),
    )
    live(page("wohngeld"), linking("rathaus", *there))
    assert said() == {}
    assert FoundLink.objects.count() == len(there)


def test_each_way_to_lead_nowhere(town: Town) -> None:
    live(page("wohngeld"), page("alt"), page("weg"))
    live(replace(page("alt"), path="/neu/"))
    publish.withdraw(page("weg").object_key)
    ReleasedForwarding.objects.create(path="/frueher.html", target="/wohngeld/", origin="own")
    ReleasedForwarding.objects.create(path="/k/wohnen/", target="/wohngeld/", origin="short")
    live(
        linking(
            "rathaus", "/nie/", "/weg/", "/alt/", "/frueher.html", "/k/wohnen", "/media/dokumente/ab/x.pdf"
        )
    )
    assert said() == {
        "/rathaus/": [
            ("Link 1", GONE, ""),
            ("Link 2", WITHDRAWN, ""),
            ("Link 3", MOVED, "/neu/"),
            ("Link 4", MOVED, "/wohngeld/"),
            ("Link 6", GONE, ""),
        ]
    }


def test_the_other_page_comes_and_goes_and_nobody_reads_anew(town: Town) -> None:
    live(linking("rathaus", "/wohngeld/"))
    assert said() == {"/rathaus/": [("Link 1", GONE, "")]}
    live(page("wohngeld"))
    assert said() == {}
    publish.withdraw(page("wohngeld").object_key)
    assert said() == {"/rathaus/": [("Link 1", WITHDRAWN, "")]}


def test_places_of_other_pages(town: Town) -> None:
    target = page(
        "wohngeld", blocks=(Block("heading", title="Antrag stellen"), Block("text", html="<p>Hier.</p>"))
    )
    live(target, linking("rathaus", "/wohngeld/#abschnitt-1", "/wohngeld/#inhalt", "/wohngeld/#gibtsnicht"))
    assert said() == {"/rathaus/": [("Link 3", NO_PLACE, "")]}


def test_places_of_the_page_itself_and_forms_are_said_as_the_checks_say_it(town: Town) -> None:
    live(linking("rathaus", "#nirgends", "http://alt.example/"))
    texts = [text for _name, text, _better in said()["/rathaus/"]]
    assert any("#nirgends" in text for text in texts)
    assert any("unverschlüsselt" in text for text in texts)


def test_a_page_that_left_is_forgotten(town: Town) -> None:
    live(linking("rathaus", "/nie/"))
    assert said() != {}
    publish.withdraw(page("rathaus").object_key)
    assert said() == {}
    reading.catch_up(10)
    assert not Reading.objects.exists()
    live(page("wohngeld"))
    reading.catch_up(10)
    assert not Target.objects.exists()


def test_it_is_read_once_and_after_an_update_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    live(linking("rathaus", "/nie/"), page("wohngeld"))
    assert reading.waiting()
    assert reading.catch_up(10) == 2
    assert not reading.waiting()
    assert reading.catch_up(10) == 0
    monkeypatch.setattr(reading, "SHAPE", reading.SHAPE + 1)
    assert reading.catch_up(1) == 1
    assert reading.waiting()
    assert reading.catch_up(10, stop=lambda: True) == 0
    assert reading.catch_up(10) == 1


def queries() -> int:
    with CaptureQueriesContext(connection) as seen:
        report.freshen()
        report.rows(report.pages()[:25])
        report.sums()
    return len(seen)


def test_the_report_needs_as_many_queries_for_many_as_for_few(town: Town) -> None:
    live(linking("rathaus", "/nie/", "/weg/"), message(1))
    said()
    few = queries()
    live(*(linking(f"seite-{number}", f"/nie-{number}/", "/weg/") for number in range(20)))
    said()
    assert len(said()) == 21
    assert queries() == few
    assert few <= 34


def barriers() -> dict[str, set[str]]:
    report.freshen()
    found = report.rows(report.pages(about=checks.ACCESS), checks.ACCESS)
    return {row.path: {line.said for line in row.lines} for row in found}


def test_what_keeps_somebody_from_reading_is_said_as_the_checks_say_it(town: Town) -> None:
    vague = '<p>Den Antrag gibt es <a href="/wohngeld/">hier</a>.</p><h4>Fristen</h4><p>Bis Mai.</p>'
    live(
        page("wohngeld"),
        page("rathaus", blocks=(Block("text", html=vague), Block("table", rows=(("a", "b"),)))),
    )
    texts = " ".join(barriers()["/rathaus/"])
    assert "„hier“" in texts
    assert "Fristen" in texts
    assert "Tabelle" in texts
    assert set(barriers()) == {"/rathaus/"}
    assert said() == {}
    live(page("rathaus", blocks=(Block("text", html='<p><a href="/wohngeld/">Antrag auf Wohngeld</a></p>'),)))
    assert barriers() == {}


def test_every_code_of_a_report_belongs_to_a_check() -> None:
    assert (
        set(checks.CODES)
        > checks.ACCESS
        > {"alt-missing", "heading-skipped", "link-text-vague", "table-head"}
    )
    assert not checks.ACCESS & checks.LINKS
