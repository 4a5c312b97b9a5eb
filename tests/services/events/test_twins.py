"""What was entered twice is found; what only looks alike is left alone."""

from __future__ import annotations

import pytest

from stadtnah.services.events.domain.event import Event
from stadtnah.services.events.domain.twins import between, metres, within
from tests.services.events.samples import event, taken

HALL, FORECOURT, STATION = "GEO:50.12345;11.45678", "GEO:50.12400;11.45750", "GEO:50.13000;11.47000"


def made(title: str, begin: str, *lines: str) -> Event:
    return taken(event(f"DTSTART{begin}", *lines, title=title, uid=f"{title}{begin}{lines}")).events[0]


ONE = ("Sommerkonzert des Chors Erlenfurt", ":20260704T190000", "LOCATION:Stadthalle", HALL)


@pytest.mark.parametrize(
    ("other", "twins"),
    [
        (("Sommerkonzert – Chor Erlenfurt", ":20260704T190000", "LOCATION:Stadthalle Erlenfurt"), True),
        (("SOMMERKONZERT des Chores Erlenfurt!", ":20260704T183000", FORECOURT), True),
        (
            ("Sommerkonzert des Chors Erlenfurt", ";VALUE=DATE:20260704"),
            True,
        ),  # nothing known of the place, but the very title
        (
            ("Sommerkonzert des Chors Erlenfurt", ":20260704T170000Z", "LOCATION:Stadthalle"),
            True,
        ),  # the same moment
        (
            ("Sommerkonzert des Chors Erlenfurt", ":20260705T190000", "LOCATION:Stadthalle", HALL),
            False,
        ),  # another day
        (
            ("Sommerkonzert des Chors Erlenfurt", ":20260704T150000", "LOCATION:Stadthalle", HALL),
            False,
        ),  # the one in the afternoon
        (
            ("Sommerkonzert des Chors Erlenfurt", ":20260704T190000", "LOCATION:Stadthalle", STATION),
            False,
        ),  # too far
        (("Sommerfest des Chors Erlenfurt", ":20260704T190000", "LOCATION:Weidewiesen"), False),
        (("Lesung in der Stadtbücherei", ":20260704T190000", "LOCATION:Stadthalle", HALL), False),
        (("Konzert", ":20260704T190000", "LOCATION:Stadthalle"), False),
    ],
)
def test_same_day_same_place_and_nearly_the_same_title(other: tuple[str, ...], twins: bool) -> None:
    one, second = made(*ONE), made(*other)
    assert bool(within([one, second])) is twins
    assert bool(between([one], [second])) is twins
    assert between([one, second], []) == []


def test_a_single_date_of_a_series_is_found_once() -> None:
    weekly = made("Chorprobe Erlenfurt", ":20260106T190000", "RRULE:FREQ=WEEKLY", "LOCATION:Schule")
    single = made("Chorprobe Erlenfurt", ":20260203T190000", "LOCATION:Schule")
    found = within([weekly, single])
    assert [(one.one, one.other, one.day.isoformat()) for one in found] == [(weekly, single, "2026-02-03")]


def test_150_metres_are_measured_on_the_globe() -> None:
    assert metres((50.12345, 11.45678), (50.12345, 11.45678)) == 0
    assert metres((50.0, 11.0), (51.0, 11.0)) == pytest.approx(111_195, rel=0.001)  # a degree of latitude
    assert metres((50.12345, 11.45678), (50.12400, 11.45750)) == pytest.approx(80, abs=5)


def test_twenty_thousand_events_of_one_day_end_soon() -> None:
    base = made("Führung 1", ":20260704T190000")
    crowd = [Event(f"u{n}", f"Führung {n}", base.start, base.end, base.zone) for n in range(20_000)]
    assert len(within(crowd)) < 20 * len(crowd)  # each with each would never end within pytest's limit
