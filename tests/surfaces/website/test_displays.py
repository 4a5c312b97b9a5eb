"""Pages for screens: what is released, in large letters, renewed by itself; in a real browser too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website import bake, displays, founding, publish, qr, store
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.offices.ticks import turn_the_day
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import released
from tests.surfaces.website.conftest import DIGEST, OTHER, message
from tests.surfaces.website.test_browser import _RUN, AXE, browser, served_by_store

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]
ALL = "/bildschirme/alles/"
NEWS = "/bildschirme/aktuelles/"
EVENTS = "/bildschirme/veranstaltungen/"


@pytest.fixture
def at() -> Iterator[Any]:
    """Monday, 30 November 2026, 9:00."""
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def tree(at: Any, town: Town) -> None:
    founding.lay_tree("Willkommen", site_name="Beispielau")


def shown(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found is not None, path
    return BeautifulSoup(found[1], "html.parser")


def headlines(path: str = ALL) -> list[str]:
    return [one.get_text(strip=True) for one in shown(path).select(".display__headline")]


def dates(path: str = ALL) -> list[str]:
    return [one.get_text(strip=True) for one in shown(path).select(".display__event")]


def test_a_screen_shows_what_is_released_and_nothing_else() -> None:
    bake.bake_all()
    assert "Noch keine Meldungen" in shown(ALL).get_text()
    draft = event_page()
    publish.settle()
    assert (headlines(), dates()) == ([], [])
    publish.put_live(message(1), DIGEST)
    released(calendar())
    released(draft, OTHER)
    assert headlines() == headlines(NEWS) == [message(1).title]
    assert dates() == dates(EVENTS) == ["Adventskonzert"]
    assert (dates(NEWS), headlines(EVENTS)) == ([], [])
    publish.withdraw(message(1).object_key)
    publish.settle()
    assert (headlines(), dates()) == ([], ["Adventskonzert"])


def test_what_is_over_leaves_the_screen_with_the_day(at: Any) -> None:
    publish.put_live(message(1, valid_until="2026-12-01T12:00"), DIGEST)
    publish.put_live(message(2), DIGEST)
    publish.settle()
    assert len(headlines()) == 2
    at.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    turn_the_day()
    publish.settle()
    assert headlines() == [message(2).title]


def test_a_telephone_reads_the_way_to_the_message() -> None:
    publish.put_live(message(1), DIGEST)
    publish.settle()
    found = shown(ALL).select_one(".display__more")
    assert found is not None
    assert found.img is not None
    drawing = store.read(f"{ALL}{str(found.img['src']).rpartition('/')[2]}")
    assert drawing is not None
    assert drawing[1] == qr.svg(f"http://localhost:8000{message(1).path}")
    publish.withdraw(message(1).object_key)
    publish.settle()
    assert store.read(f"{ALL}{str(found.img['src']).rpartition('/')[2]}") is None


def test_messages_of_the_same_name_have_each_their_own_way_there() -> None:
    one, other = message(1, slug="fest"), message(2, path="/aktuelles/2025/fest/")
    for content in (one, other):
        publish.put_live(content, DIGEST)
    publish.settle()
    codes = [str(found["src"]) for found in shown(ALL).select(".display__more img")]
    drawn = {found[1] for code in codes if (found := store.read(f"{ALL}{code.rpartition('/')[2]}"))}
    assert drawn == {qr.svg(f"http://localhost:8000{content.path}") for content in (one, other)}


def test_the_desk_names_the_addresses_that_stand() -> None:
    bake.bake_all()
    for address, _parts in displays.offered():
        assert store.stands(address.removeprefix("http://localhost:8000"))


@pytest.fixture
def site(picture: Picture) -> Iterator[str]:
    publish.put_live(message(1, hero=picture), DIGEST)
    publish.put_live(message(2), OTHER)
    released(calendar())
    released(event_page(), OTHER)
    yield from served_by_store()


def seen(tab: Any) -> list[str]:
    return [one.inner_text() for one in tab.locator(".display__headline").all() if one.is_visible()]


@pytest.fixture
def later(site: str) -> bytes:
    """The page as it will be after one more release: while a browser runs, its event loop keeps tests from the database."""
    del site
    now = store.read(ALL)
    publish.put_live(message(3), DIGEST)
    publish.settle()
    then = store.read(ALL)
    assert now is not None
    assert then is not None
    store.write(ALL, now[1], bake.HTML)
    return then[1]


@pytest.mark.e2e
def test_a_screen_turns_its_messages_can_be_paused_and_takes_up_what_is_new(
    site: str, later: bytes, browser: Any, at: Any
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.clock.install(time=datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    tab.goto(site + ALL)
    assert seen(tab) == [message(2).title]
    assert tab.locator(".display__now").inner_text() == "Montag, 30. November · 09:00"
    tab.clock.run_for(16_000)
    assert seen(tab) == [message(1).title]
    tab.get_by_role("button", name="Anhalten").click()
    tab.clock.run_for(16_000)
    assert seen(tab) == [message(1).title]
    at.shift(2)  # seconds: the test's server speaks HTTP 1.0, for which Chromium asks by the time alone
    store.write(ALL, later, bake.HTML)
    while tab.locator("[data-display-count]").inner_text() != "1 / 3":
        with tab.expect_response(lambda answer: answer.url == site + ALL):
            tab.evaluate("dispatchEvent(new Event('online'))")  # the network is back: it asks at once
        tab.clock.run_for(100)
    assert len(seen(tab)) == 1
    tab.get_by_role("button", name="Weiter").click()
    context.set_offline(True)
    tab.clock.run_for(310_000)
    stale = tab.locator(".display__stale")
    assert stale.inner_text().startswith("Keine Verbindung: Stand von 09:0")
    assert len(seen(tab)) == 1
    context.close()
    assert wrong == []


@pytest.mark.e2e
def test_a_screen_is_accessible_in_every_shape_and_asks_nobody_else(site: str, browser: Any) -> None:
    for width, height in ((390, 844), (320, 256), (1280, 720), (1920, 1080), (1080, 1920)):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab = context.new_page()
            asked: list[str] = []
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            for path in (ALL, NEWS, EVENTS, f"/en{ALL}"):
                tab.goto(site + path)
                tab.evaluate(AXE)
                assert tab.evaluate(_RUN) == [], (path, width, scheme)
                assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
            assert [url for url in asked if not url.startswith((site, "data:"))] == []
            assert context.cookies() == []
            context.close()


@pytest.mark.e2e
def test_without_a_script_every_message_is_read(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site + NEWS)
    assert len(seen(tab)) == 2
    context.close()


@pytest.mark.e2e
def test_who_wants_no_motion_turns_the_messages_alone(site: str, browser: Any) -> None:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    tab.clock.install(time=datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    tab.goto(site + NEWS)
    first = seen(tab)
    tab.clock.run_for(31_000)
    assert seen(tab) == first
    tab.get_by_role("button", name="Weiter").click()
    tab.clock.run_for(16_000)
    assert seen(tab) != first
    context.close()
