"""Last year's event once more, and two entries of one event as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.services.events.domain.again import again, same_weekday
from stadtnah.services.events.domain.event import Access, Event, Status
from stadtnah.services.events.domain.merge import merged
from tests.services.events.samples import event, taken

FEST = Event(
    "fest", "Sommerfest", datetime(2026, 7, 11, 14), datetime(2026, 7, 12, 2), "Europe/Berlin", place="Wehr"
)


@pytest.mark.parametrize(
    ("day", "year", "then"),
    [
        (date(2026, 7, 11), 2027, date(2027, 7, 10)),  # the second Saturday
        (date(2026, 8, 1), 2027, date(2027, 8, 7)),  # 364 days on would be the last of July
        (date(2026, 8, 29), 2027, date(2027, 8, 28)),  # a fifth one where there is none: the last
        (date(2026, 5, 30), 2027, date(2027, 5, 29)),
        (date(2028, 2, 29), 2029, date(2029, 2, 27)),
    ],
)
def test_the_same_weekday_of_the_same_month(day: date, year: int, then: date) -> None:
    assert same_weekday(day, year) == then


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(1990, 2090))
def test_weekday_and_month_always_stay(day: date, year: int) -> None:
    then = same_weekday(day, year)
    assert (then.weekday(), then.month, then.year) == (day.weekday(), day.month, year)
    assert abs((then.day - 1) // 7 - (day.day - 1) // 7) <= 1


def test_an_event_moves_whole_and_what_was_cancelled_takes_place() -> None:
    moved = again(replace(FEST, status=Status.CANCELLED, sequence=3), 2027, "neu")
    assert (moved.uid, moved.start, moved.end) == ("neu", datetime(2027, 7, 10, 14), datetime(2027, 7, 11, 2))
    assert (moved.status, moved.sequence, moved.place) == (Status.SCHEDULED, 0, "Wehr")


def test_a_series_moves_with_its_end_and_forgets_single_changes() -> None:
    series = taken(
        event(
            "DTSTART:20260113T190000", "RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261208", "EXDATE:20260310T190000"
        )
    ).events[0]
    moved = again(series, 2027, "neu")
    assert moved.start == datetime(2027, 1, 12, 19)
    assert moved.series.rules[0].until == datetime(2027, 12, 7, 23, 59, 59)
    assert not moved.series.without


def test_what_one_lacks_is_taken_from_the_other_and_nothing_is_replaced() -> None:
    kept = replace(FEST, end=FEST.start, price="frei", categories=("Fest",))
    other = replace(
        FEST,
        uid="b",
        price="3 €",
        organiser="Verein",
        categories=("Musik", "Fest"),
        position=(50.0, 11.0),
        access=frozenset({Access.QUIET}),
    )
    found = merged(kept, other)
    assert (found.uid, found.price, found.organiser, found.position) == (
        "fest",
        "frei",
        "Verein",
        (50.0, 11.0),
    )
    assert (found.categories, found.access, found.end) == (("Fest", "Musik"), {Access.QUIET}, FEST.end)
    assert merged(FEST, kept).end == FEST.end


def test_of_two_begins_the_end_is_not_taken() -> None:
    kept = replace(FEST, end=FEST.start)
    assert merged(kept, replace(FEST, start=datetime(2026, 7, 11, 15))).end == kept.end
