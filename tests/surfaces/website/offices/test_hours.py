"""Opening hours: read, said, asked at any time; the clock changes, midnight and the turn of the year included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stadtnah.kernel import clock
from stadtnah.surfaces.website.offices.domain.hours import (
    CLOSED,
    DAY,
    HORIZON,
    Day,
    Deviation,
    Plan,
    Season,
    Span,
    changes,
    clashes,
    openings,
    state_at,
)
from stadtnah.surfaces.website.offices.domain.words import (
    HoursWrong,
    grouped,
    parse_day,
    say_day,
    typed_day,
)

wall_time = datetime.fromisoformat  # of the town: no zone


def week(*typed: str) -> tuple[Day, ...]:
    return tuple(parse_day(text) for text in [*typed, *[""] * (7 - len(typed))])


TOWN_HALL = week("8–12, 14–16", "8–12, 14–16", "", "8–12, 14–18", "8–12")
MONDAY = wall_time("2026-11-30")


@st.composite
def days(draw: st.DrawFn) -> Day:
    marks = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
    spans = [Span(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if spans and draw(st.booleans()):
        last = spans[-1]
        after = draw(st.integers(1, 11 * 60))
        if DAY + after - last.opens <= 12 * 60 and after < last.opens:
            spans[-1] = Span(last.opens, DAY + after)
    return Day(tuple(spans), draw(st.booleans()))


weeks = st.lists(days(), min_size=7, max_size=7).map(tuple)
walls = st.datetimes(wall_time("2026-01-01"), wall_time("2028-12-31")).map(
    lambda wall: wall.replace(second=0, microsecond=0)
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8-12", "8:00–12:00 Uhr"),
        ("08:00 bis 12:00 Uhr und 14:00 bis 16.30 Uhr", "8:00–12:00 und 14:00–16:30 Uhr"),
        ("14–16, 8–12", "8:00–12:00 und 14:00–16:00 Uhr"),
        ("", "geschlossen"),
        ("geschlossen", "geschlossen"),
        ("–", "geschlossen"),
        ("nach Vereinbarung", "nach Vereinbarung"),
        ("nur mit Termin", "nach Vereinbarung"),
        ("8–12 Uhr und nach Vereinbarung", "8:00–12:00 Uhr, sonst nach Vereinbarung"),
        ("22–2", "22:00–2:00 Uhr"),
        ("0–24", "0:00–24:00 Uhr"),
        ("von 7 bis 9 Uhr; 10–11; 15–16", "7:00–9:00, 10:00–11:00 und 15:00–16:00 Uhr"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, said: str) -> None:
    assert say_day(parse_day(typed)) == said


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("8–12, 11–14", "8:00–12:00 und 11:00–14:00 überschneiden sich"),
        ("16–14", "Ende liegt vor dem Anfang"),
        ("8–8", "Anfang und Ende sind gleich"),
        ("8–25", "zwischen 0:00 und 24:00"),
        ("8–12:75", "zwischen 0:00 und 24:00"),
        ("24–2", "Anfang und Ende sind gleich"),
        ("vormittags", "verstehen wir nicht"),
        ("8 Uhr", "verstehen wir nicht"),
        ("8–12 außer Dienstag", "verstehen wir nicht"),
        ("geschlossen 8–12", "nur eines"),
    ],
)
def test_what_cannot_be_kept_is_said_in_plain_german(typed: str, problem: str) -> None:
    with pytest.raises(HoursWrong, match=problem):
        parse_day(typed)


@given(days())
def test_what_is_said_reads_back_as_the_same(day: Day) -> None:
    assert parse_day(typed_day(day)) == day
    assert parse_day(say_day(day)) == day
    assert Day.of_codes(day.codes()) == day


def test_english_pages_say_it_in_english() -> None:
    assert say_day(parse_day("8–12, 14–16"), english=True) == "8:00–12:00 and 14:00–16:00"
    assert say_day(CLOSED, english=True) == "closed"
    assert say_day(parse_day("8–9, mit Termin"), english=True) == "8:00–9:00, otherwise by appointment"


def test_days_with_the_same_hours_stand_together() -> None:
    assert [numbers for numbers, _day in grouped(TOWN_HALL)] == [(0, 1), (2,), (3,), (4,), (5, 6)]


def test_a_night_that_runs_into_the_next_day_is_named_there() -> None:
    assert clashes(week("22–2", "1–3")) == {
        1: "Die Öffnung von Montag geht bis 2:00 Uhr am Dienstag. Bitte beginnen Sie hier nicht vor 2:00 Uhr."
    }
    assert clashes(week("22–2", "2–3")) == {}
    assert 0 in clashes(week("1–3", "", "", "", "", "", "20–2"))  # Sunday night into Monday


@pytest.mark.parametrize(
    ("at", "until", "opens"),
    [
        (MONDAY.replace(hour=7, minute=59), None, MONDAY.replace(hour=8)),
        (MONDAY.replace(hour=8), MONDAY.replace(hour=12), None),
        (MONDAY.replace(hour=12), None, MONDAY.replace(hour=14)),
        (MONDAY.replace(hour=16), None, wall_time("2026-12-01T08:00")),
        (wall_time("2026-12-04T12:00"), None, wall_time("2026-12-07T08:00")),
    ],
)
def test_what_holds_now(at: datetime, until: datetime | None, opens: datetime | None) -> None:
    state = state_at(Plan(TOWN_HALL), at)
    assert (state.until, state.opens) == (until, opens)
    assert state.open == bool(until)


def test_an_exception_beats_a_holiday_and_a_holiday_beats_the_week() -> None:
    epiphany = date(2027, 1, 6)
    closings = {date(2026, 12, 25): ("1. Weihnachtstag", CLOSED), epiphany: ("Heilige Drei Könige", CLOSED)}
    special = Deviation(epiphany, epiphany, parse_day("10–11"), "Sternsinger")
    plan = Plan(week(*["8–12"] * 7), deviations=(special,), closings=closings)
    assert plan.why(date(2026, 12, 25)) == ("1. Weihnachtstag", CLOSED)
    assert plan.why(epiphany) == ("Sternsinger", parse_day("10–11"))
    assert plan.why(date(2026, 12, 24)) == ("", parse_day("8–12"))
    found = list(changes(plan, date(2026, 12, 1), date(2027, 1, 31)))
    assert [day for day, _reason, _hours in found] == [date(2026, 12, 25), epiphany]


def test_a_holiday_on_a_closed_day_is_no_news() -> None:
    plan = Plan(TOWN_HALL, closings={date(2027, 5, 1): ("Tag der Arbeit", CLOSED)})  # a Saturday
    assert list(changes(plan, date(2027, 4, 1), date(2027, 5, 31))) == []


def test_seasons_once_and_every_year() -> None:
    summer = Season(date(2027, 5, 15), date(2027, 9, 12), week(*["10–20"] * 7))
    winter = Season(date(2026, 11, 1), date(2027, 2, 28), week("13–15"), yearly=True)
    plan = Plan(week(), (summer, winter))
    assert plan.on(date(2027, 7, 1)) == parse_day("10–20")
    assert plan.on(date(2028, 7, 1)) == CLOSED
    for year in (2026, 2030):
        assert plan.on(date(year, 12, 7)).closed == (date(year, 12, 7).weekday() != 0)
        assert plan.on(date(year, 3, 1)) == CLOSED
    assert state_at(plan, wall_time("2027-09-13")).opens == wall_time("2027-11-01T13:00")


def test_round_the_clock_never_closes_within_sight_and_closed_never_opens() -> None:
    always = state_at(Plan(week(*["0–24"] * 7)), MONDAY)
    assert always.until
    assert always.until - MONDAY > HORIZON
    assert state_at(Plan(week()), MONDAY).opens is None


@given(weeks, walls)
@example(week("22–2"), wall_time("2026-03-31T01:30"))
def test_it_is_open_exactly_when_a_span_holds_the_minute(given_week: tuple[Day, ...], wall: datetime) -> None:
    plan = Plan(given_week)
    minute = wall.hour * 60 + wall.minute
    today, before = given_week[wall.weekday()], given_week[wall.weekday() - 1]
    inside = any(span.opens <= minute < span.closes for span in today.spans) or any(
        span.opens <= minute + DAY < span.closes for span in before.spans
    )
    assert state_at(plan, wall).open == inside


@given(weeks, walls)
def test_the_next_opening_is_ahead_within_a_year_and_true(
    given_week: tuple[Day, ...], wall: datetime
) -> None:
    plan = Plan(given_week)
    state = state_at(plan, wall)
    if state.open:
        assert state.until is not None
        assert state.until > wall
        assert not state_at(plan, state.until).open
    elif any(day.spans for day in given_week):
        assert state.opens is not None
        assert wall < state.opens <= wall + timedelta(days=8)
        assert state_at(plan, state.opens).open
        assert not state_at(plan, state.opens - timedelta(minutes=1)).open
    else:
        assert state.opens is None


@given(weeks)
def test_openings_follow_each_other_without_touching(given_week: tuple[Day, ...]) -> None:
    found = list(openings(Plan(given_week), date(2026, 12, 20), date(2027, 1, 10)))
    assert all(one.opens < one.closes for one in found)
    assert all(one.closes < other.opens for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), True),  # 1:59, a second before the clocks jump
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), False),  # 3:00; 2:00 to 3:00 was never shown
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),  # 2:30 for the first time
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            True,
        ),  # 2:30 for the second time: the clock at the door counts
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False),
    ],
)
def test_in_the_nights_of_the_clock_change_the_clock_at_the_door_counts(
    moment: datetime, is_open: bool
) -> None:
    plan = Plan(week("", "", "", "", "", "20–3"))
    assert state_at(plan, clock.local(moment).replace(tzinfo=None)).open == is_open
