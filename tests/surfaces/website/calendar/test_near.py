"""Events near the reader: the page knows where they are, the device how far that is, and nobody else learns it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.surfaces.website import bake, publish, store
from stadtnah.surfaces.website.calendar import near
from stadtnah.surfaces.website.calendar.founding import calendar
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released
from tests.surfaces.website.conftest import OTHER
from tests.surfaces.website.offices.conftest import place
from tests.surfaces.website.test_browser import _RUN, AXE, browser, served_by_store

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
FAR = {"title": "Auf dem Berg", "slug": "berg", "latitude": 50.2, "longitude": 9.0, "place_name": "Bergwiese"}
HERE = {"title": "Am Fluss", "slug": "fluss", "latitude": 50.1, "longitude": 9.002, "place_name": "Ufer"}


def rows() -> list[tuple[str, str]]:
    found = store.read(near.PATH)
    assert found is not None
    page = BeautifulSoup(found[1], "html.parser")
    return [(one.h2.get_text(strip=True), str(one.get("data-at", ""))) for one in page.select("li") if one.h2]


@pytest.fixture
def three(at: Any, tree: None) -> None:
    hall = place(title="Stadthalle", slug="stadthalle", latitude=50.15, longitude=9.0)
    publish.put_live(hall.content(), OTHER)
    released(calendar())
    released(event_page(**FAR))
    released(event_page(**HERE, first_day=date(2026, 12, 6)), OTHER)
    released(event_page(title="In der Halle", slug="halle", place=hall, first_day=date(2026, 12, 7)), OTHER)
    released(event_page(**CHOIR), OTHER)


@pytest.mark.usefixtures("three")
def test_each_event_stands_once_with_where_it_is_also_by_its_place_of_the_register() -> None:
    found = dict(rows())
    assert len(rows()) == len(found) == 4
    assert [title for title, _at in rows()] == ["Chorprobe", "Auf dem Berg", "Am Fluss", "In der Halle"], (
        "by their next date"
    )
    assert found["Auf dem Berg"] == "50.20000,9.00000"
    assert found["In der Halle"] == "50.15000,9.00000"
    assert found["Chorprobe"] == ""
    publish.withdraw(next(iter(one for one in _keys() if one)))
    publish.settle()
    assert len(rows()) == 3


def _keys() -> list[str]:
    from stadtnah.surfaces.website.models import ReleasedPage

    return list(ReleasedPage.objects.filter(kind="event").values_list("pk", flat=True))


def test_before_the_first_event_there_is_no_such_page() -> None:
    event_page()
    bake.bake_all()
    assert not store.stands(near.PATH)


@pytest.mark.usefixtures("three")
def test_questions_to_the_database_do_not_grow() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            bake.sheet(near.PATH)
        return len(found)

    before = asked()
    for number in range(5):
        released(event_page(**{**HERE, "slug": f"weiteres-{number}"}), OTHER)
    assert asked() == before


@pytest.fixture
def site(three: None) -> Iterator[str]:
    yield from served_by_store()


def titles(tab: Any) -> list[str]:
    found: list[str] = tab.locator(".event-row__title").all_inner_texts()
    return found


@pytest.mark.e2e
def test_the_nearest_comes_first_and_no_position_leaves_the_device(site: str, browser: Any) -> None:
    context = browser.new_context(
        geolocation={"latitude": 50.1, "longitude": 9.0}, permissions=["geolocation"]
    )
    tab = context.new_page()
    asked: list[str] = []
    tab.goto(site + near.PATH)
    tab.evaluate(AXE)
    assert tab.evaluate(_RUN) == []
    before = titles(tab)
    tab.on("request", lambda request: asked.append(request.url))
    tab.get_by_role("button", name="Meinen Standort verwenden").click()
    tab.get_by_text("Was am nächsten liegt, steht oben.").wait_for()
    assert titles(tab) == ["Am Fluss", "In der Halle", "Auf dem Berg", "Chorprobe"] != before
    assert tab.locator(".event-row__far").all_inner_texts() == [
        "100 m entfernt",
        "5,6 km entfernt",
        "11 km entfernt",
    ]
    tab.get_by_label("Oder ab einem Ort").select_option(label="Bergwiese")
    assert titles(tab)[0] == "Auf dem Berg"
    tab.evaluate(AXE)
    assert tab.evaluate(_RUN) == []
    assert {url.removeprefix(site) for url in asked} <= {
        "/lebenszeichen.json"
    }  # as every page does, without a word
    assert context.cookies() == []
    context.close()


@pytest.mark.e2e
def test_a_device_that_says_nothing_is_no_dead_end(site: str, browser: Any) -> None:
    context = browser.new_context(permissions=[], viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(site + near.PATH)
    tab.get_by_role("button", name="Meinen Standort verwenden").click()
    tab.get_by_text("Ihr Gerät verrät nicht").wait_for()
    tab.get_by_label("Oder ab einem Ort").select_option(label="Ufer")
    assert titles(tab)[0] == "Am Fluss"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.e2e
def test_without_a_script_the_list_is_there_and_nothing_that_does_not_work(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site + near.PATH)
    assert len(titles(tab)) == 4
    assert not tab.get_by_role("button", name="Meinen Standort verwenden").is_visible()
    context.close()
