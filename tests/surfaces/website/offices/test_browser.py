"""„Jetzt geöffnet“ in a real browser, somewhere else in the world, held to the rules of the domain; and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from stadtnah.kernel import clock
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.offices.domain.hours import state_at
from tests.surfaces.website.offices.conftest import office, person, place
from tests.surfaces.website.test_browser import _RUN, AXE, browser, served_by_store
from tests.surfaces.website.test_publish import live

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db,
    pytest.mark.usefixtures("tree"),
]
AT = "/aemter/buergerbuero/"
__all__ = ["browser"]


@pytest.fixture
def plan() -> Any:
    """An office that is public, and its plan."""
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False):
        hall, clerk = place(), person()
        page = office(
            place=hall,
            people=[clerk],
            tuesday="8–12:30",
            saturday="22–3",
            sunday="",
            exceptions=[(date(2026, 12, 3), None, "10–11", "Fortbildung")],
            seasons=[
                (
                    "season",
                    {
                        "name": "Winter",
                        "first": date(2027, 1, 4),
                        "last": date(2027, 3, 31),
                        "yearly": False,
                        "monday": "0–24",
                        "tuesday": "0–24",
                    },
                )
            ],
        )
        live(hall.content(), clerk.content(), page.content())
        return view.office(page.content()).plan()


@pytest.fixture
def site(plan: Any) -> Iterator[str]:
    yield from served_by_store()


MOMENTS = [
    *(datetime(2026, 11, 30, hour, 30, tzinfo=UTC) for hour in range(5, 18, 2)),
    datetime(2026, 11, 30, 11, 0, tzinfo=UTC),  # on the stroke of closing
    datetime(2026, 12, 3, 7, 0, tzinfo=UTC),  # an exception
    datetime(2026, 12, 5, 23, 30, tzinfo=UTC),  # after midnight, still Saturday's
    datetime(2026, 12, 23, 12, 0, tzinfo=UTC),  # holidays ahead
    datetime(2027, 1, 4, 9, 0, tzinfo=UTC),  # two days without a break
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # the clocks jump
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # before the page was made
]


def expected(plan: Any, moment: datetime) -> str:
    """What the domain says, in the words of the page."""
    wall = clock.local(moment).replace(tzinfo=None)
    state = state_at(plan, wall)
    if state.until:
        if state.until > datetime.combine(wall.date() + timedelta(days=1), datetime.min.time()):
            return f"Jetzt geöffnet, schließt {_day(state.until, wall)} um {_time(state.until)}"
        return f"Jetzt geöffnet, schließt um {_time(state.until)}"
    assert state.opens
    return f"Jetzt geschlossen, öffnet {_day(state.opens, wall)} um {_time(state.opens)}"


def _day(then: datetime, wall: datetime) -> str:
    number = (then.date() - wall.date()).days
    if number < 2:
        return ("heute", "morgen")[number]
    said = clock.german_date(then).rsplit(" ", 1)[0]
    return said.split(",")[0] if number < 7 else said


def _time(then: datetime) -> str:
    return f"{then.hour}:{then.minute:02} Uhr" if then.minute else f"{then.hour} Uhr"


def test_the_browser_says_what_the_rules_say_by_the_towns_clock(site: str, plan: Any, browser: Any) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale="en-US")
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    for moment in MOMENTS:
        tab.clock.set_fixed_time(moment)
        tab.goto(site + AT)
        assert tab.locator("[data-now]").first.inner_text() == expected(plan, moment), moment
    tab.clock.set_fixed_time(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    tab.goto(f"{site}/en{AT}")
    assert tab.locator("[data-now]").first.inner_text() == "Open now, closes Wednesday at 0:00"
    tab.clock.set_fixed_time(datetime(2029, 1, 1, tzinfo=UTC))  # a copy that nobody made anew for years
    tab.goto(site + AT)
    assert tab.locator("[data-now]").first.is_hidden()
    context.close()
    assert wrong == []


def test_every_page_of_offices_is_accessible_and_whole_without_a_script(site: str, browser: Any) -> None:
    for width, scheme in ((390, "light"), (1280, "dark"), (1280, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        for path in ("/aemter/", AT, f"/en{AT}", "/orte/", "/orte/rathaus/"):
            tab.goto(site + path)
            tab.evaluate(AXE)
            assert tab.evaluate(_RUN) == [], (width, scheme, path)
            assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, path)
        assert [url for url in asked if not url.startswith(site)] == []
        context.close()
    bare = browser.new_context(java_script_enabled=False)
    tab = bare.new_page()
    tab.goto(site + AT)
    assert tab.get_by_role("row", name="Montag").first.is_visible()
    assert tab.get_by_text("Fortbildung").is_visible()
    assert tab.locator("[data-now]").first.is_hidden()
    bare.close()
