"""Who is reminded of what, and when; what became of a date. The rules alone: no database, no web."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnah.kernel import clock
from stadtnah.services.events.domain import reminding
from stadtnah.services.events.domain.event import Status
from stadtnah.services.events.domain.reminding import ALL, Announced, Lead, News

NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = frozenset(Lead)


def at(text: str, **changes: Any) -> Announced:
    start = datetime.fromisoformat(text)
    end = start + timedelta(hours=2)
    given_ = {
        "key": start.isoformat(),
        "start": start,
        "end": end,
        "begins_at": clock.resolve_wall(start),
        "ends_at": clock.resolve_wall(end),
        "place": "Stadtkirche, Kirchgasse 2",
    }
    return Announced(**{**given_, **changes})


def moved(one: Announced, text: str, **changes: Any) -> Announced:
    return replace(at(text), key=one.key, **changes)


@pytest.mark.parametrize(
    ("day", "lead", "moment"),
    [
        ("2026-12-05", Lead.DAY, "2026-12-04T08:00:00+00:00"),
        ("2026-12-05", Lead.WEEK, "2026-11-28T08:00:00+00:00"),
        # Clocks go forward on 28 March 2027 and back on 31 October 2027: nine is nine.
        ("2027-03-28", Lead.DAY, "2027-03-27T08:00:00+00:00"),
        ("2027-03-29", Lead.DAY, "2027-03-28T07:00:00+00:00"),
        ("2027-03-29", Lead.WEEK, "2027-03-22T08:00:00+00:00"),
        ("2027-11-01", Lead.DAY, "2027-10-31T08:00:00+00:00"),
    ],
)
def test_a_reminder_comes_at_nine_by_the_towns_clocks(day: str, lead: Lead, moment: str) -> None:
    assert reminding.remind_at(date.fromisoformat(day), lead) == datetime.fromisoformat(moment)


def test_of_two_that_are_due_the_nearer_one_and_none_that_had_passed() -> None:
    one = at("2026-12-05T19:00")
    day, week = (date(2026, 12, 5), Lead.DAY), (date(2026, 12, 5), Lead.WEEK)

    def due(now: str, leads: frozenset[Lead] = BOTH, since: datetime = LONG_AGO) -> set[Any]:
        return reminding.due(ALL, leads, since, [one], datetime.fromisoformat(now))

    assert due("2026-11-28T07:59:00+00:00") == set()
    assert due("2026-11-28T08:00:00+00:00") == {week}
    assert due("2026-12-04T08:00:00+00:00") == {day}
    assert due("2026-12-04T08:00:00+00:00", frozenset({Lead.WEEK})) == {week}, "the worker was down for days"
    assert due("2026-12-05T17:59:00+00:00") == {day}
    assert due("2026-12-05T18:00:00+00:00") == set(), "it has begun"
    late = datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert due("2026-12-04T10:00:00+00:00", since=late) == set(), "they had just read it"


_DAYS = st.integers(min_value=0, max_value=400)
_STATUS = st.sampled_from(list(Status))


@st.composite
def _dates(draw: Any) -> list[Announced]:
    begin = datetime(2026, 10, 1, 0, 30)
    rows = draw(
        st.lists(st.tuples(_DAYS, st.integers(0, 23), _STATUS), max_size=8, unique_by=lambda r: r[:2])
    )
    return [at((begin + timedelta(days=d, hours=h)).isoformat(), status=s) for d, h, s in rows]


@given(
    dates=_dates(),
    hours=st.integers(0, 400 * 24),
    asked=st.integers(0, 400 * 24),
    leads=st.sets(st.sampled_from(list(Lead)), min_size=1),
    pick=st.integers(0, 8),
)
@settings(max_examples=300, deadline=None)
def test_who_gets_what_when(
    dates: list[Announced], hours: int, asked: int, leads: set[Lead], pick: int
) -> None:
    """Against the rule said another way: minute by minute nobody is reminded twice, too late, or of what is off."""
    start = datetime(2026, 9, 20, tzinfo=UTC)
    now, since = start + timedelta(hours=hours), start + timedelta(hours=asked)
    recurrence = dates[pick].key if pick < len(dates) else ALL
    found = reminding.due(recurrence, leads, since, dates, now)
    for day, lead in found:
        assert lead in leads
        moment = reminding.remind_at(day, lead)
        assert since < moment <= now
        mine = [one for one in dates if one.start.date() == day and recurrence in ("", one.key)]
        assert any(not one.off and one.begins_at > now for one in mine)
        assert reminding.on_day(recurrence, dates, day, now)
    assert len({day for day, _lead in found}) == len(found), "one mail for a day"
    for one in dates:  # and nobody is forgotten
        waits = [lead for lead in leads if since < reminding.remind_at(one.start.date(), lead) <= now]
        if recurrence in ("", one.key) and waits and one.begins_at > now:
            assert one.off or one.start.date() in {day for day, _lead in found}


ONE = at("2026-12-05T19:00")


@pytest.mark.parametrize(
    ("after", "news"),
    [
        (ONE, None),
        (replace(ONE, status=Status.CANCELLED), News.CANCELLED),
        (replace(ONE, status=Status.POSTPONED), News.POSTPONED),
        (replace(ONE, status=Status.MOVED_ONLINE, place=""), News.ONLINE),
        (replace(ONE, status=Status.RESCHEDULED), None),
        (moved(ONE, "2026-12-05T20:00"), News.MOVED),
        (moved(ONE, "2026-12-12T19:00", status=Status.RESCHEDULED), News.MOVED),
        (replace(ONE, place="Stadthalle"), News.PLACE),
        (replace(ONE, place="stadtkirche, Kirchgasse 2,"), None),
        (replace(ONE, title="Konzert im Advent"), None),
        (replace(ONE, end=ONE.end + timedelta(minutes=30)), None),
        (at("2026-12-12T19:00"), News.MOVED),  # a single event has its key by its day
    ],
)
def test_what_is_news(after: Announced, news: News | None) -> None:
    found = reminding.compare([ONE], [after], NOON)
    assert [move.news for move in found.moves] == ([news] if news else [])
    assert found.known == (after,)
    assert found.renamed == ({ONE.key: after.key} if after.key != ONE.key else {})


def test_what_is_off_is_told_once_and_what_takes_place_after_all_too() -> None:
    off = replace(ONE, status=Status.CANCELLED)
    assert (
        reminding.compare([off], [moved(off, "2026-12-06T19:00", status=Status.CANCELLED)], NOON).moves == ()
    )
    assert [move.news for move in reminding.compare([off], [ONE], NOON).moves] == [News.AGAIN]
    assert reminding.compare([off], [], NOON, withdrawn=True).moves == ()
    assert [move.news for move in reminding.compare([ONE], [], NOON, withdrawn=True).moves] == [News.GONE]


def test_what_is_over_and_what_is_new_is_no_news() -> None:
    over = at("2026-11-20T19:00")
    new = at("2027-01-05T19:00")
    found = reminding.compare([over, ONE], [ONE, new], NOON)
    assert (found.moves, found.known) == ((), (ONE, new))
    assert reminding.compare([over], [], NOON, withdrawn=True).moves == ()


def test_a_postponed_date_waits_for_its_new_day_but_not_for_ever() -> None:
    waits = replace(at("2026-11-20T19:00"), status=Status.POSTPONED)
    found = reminding.compare([waits], [], NOON)
    assert (found.moves, found.known) == ((), (waits,))
    new = reminding.compare(found.known, [at("2027-02-05T19:00")], NOON)
    assert [(move.news, move.before.key) for move in new.moves] == [(News.AGAIN, waits.key)]
    assert reminding.compare([waits], [], NOON + timedelta(days=90)).known == ()
    assert reminding.end_of(ALL, [waits]) == waits.ends_at + timedelta(days=90)
    assert reminding.end_of(ALL, [replace(ONE, status=Status.CANCELLED)]) is None


def test_in_a_series_the_same_date_is_found_by_the_rule_then_by_the_day() -> None:
    tuesdays = [at(f"2026-12-{day:02}T19:30") for day in (1, 8, 15)]
    later = [at(f"2026-12-{day:02}T20:00") for day in (1, 8, 15)]
    found = reminding.compare(tuesdays, later, NOON)
    assert [move.news for move in found.moves] == [News.MOVED] * 3
    assert found.renamed == {one.key: other.key for one, other in zip(tuesdays, later, strict=True)}
    without = reminding.compare(tuesdays, tuesdays[:1], NOON)
    assert [(move.news, move.before) for move in without.moves] == [(News.GONE, one) for one in tuesdays[1:]]
    assert not without.moves[0].concerns(tuesdays[0].key)
    assert without.moves[0].concerns(ALL)


@given(before=_dates(), after=_dates(), withdrawn=st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_comparison_told_once_has_nothing_more_to_tell(
    before: list[Announced], after: list[Announced], withdrawn: bool
) -> None:
    after = [] if withdrawn else after
    found = reminding.compare(before, after, NOON, withdrawn=withdrawn)
    assert reminding.compare(found.known, after, NOON, withdrawn=withdrawn).moves == ()
    assert len({move.before.key for move in found.moves}) == len(found.moves)
    assert [reminding.from_plain(reminding.to_plain(one)) for one in found.known] == list(found.known)
