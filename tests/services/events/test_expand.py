"""Rules are expanded as an independent library expands them, and day by day as the RFC's table says."""

from __future__ import annotations

import datetime as dt
import itertools
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import dateutil.rrule
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnah.services.events.domain.expand import TooMany, starts
from stadtnah.services.events.domain.rule import DAYS, Rule, RuleWrong, read_rule, write_rule

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 12, 31, 23, 59, 59)


def some(values: st.SearchStrategy[int], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(lambda v: ",".join(map(str, v)))


def signed(highest: int) -> st.SearchStrategy[int]:
    return st.integers(-highest, highest).filter(bool)


WEEKDAYS = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join)
COUNTED = st.lists(
    st.tuples(signed(5), st.sampled_from(DAYS)).map(lambda one: f"{one[0]}{one[1]}"),
    min_size=1,
    max_size=3,
    unique=True,
).map(",".join)
PARTS = {
    "YEARLY": {
        "BYMONTH": some(st.integers(1, 12)),
        "BYMONTHDAY": some(signed(31)),
        "BYYEARDAY": some(signed(366)),
        "BYWEEKNO": some(signed(53)),
        "BYDAY": st.one_of(WEEKDAYS, COUNTED),
        "BYHOUR": some(st.integers(0, 23)),
    },
    "MONTHLY": {
        "BYMONTH": some(st.integers(1, 12)),
        "BYMONTHDAY": some(signed(31)),
        "BYDAY": st.one_of(WEEKDAYS, COUNTED),
        "BYMINUTE": some(st.integers(0, 59)),
    },
    "WEEKLY": {"BYMONTH": some(st.integers(1, 12)), "BYDAY": WEEKDAYS, "BYHOUR": some(st.integers(0, 23))},
    "DAILY": {
        "BYMONTH": some(st.integers(1, 12)),
        "BYMONTHDAY": some(signed(31)),
        "BYDAY": WEEKDAYS,
        "BYHOUR": some(st.integers(0, 23)),
    },
    "HOURLY": {
        "BYMONTH": some(st.integers(1, 12)),
        "BYDAY": WEEKDAYS,
        "BYHOUR": some(st.integers(0, 23)),
        "BYMINUTE": some(st.integers(0, 59)),
    },
    "MINUTELY": {"BYDAY": WEEKDAYS, "BYHOUR": some(st.integers(0, 23)), "BYMINUTE": some(st.integers(0, 59))},
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(sorted(PARTS)))
    chosen = draw(st.lists(st.sampled_from(sorted(PARTS[freq])), max_size=3, unique=True))
    parts = [f"FREQ={freq}", *(f"{name}={draw(PARTS[freq][name])}" for name in chosen)]
    if (
        freq == "YEARLY"
        and "BYWEEKNO" in chosen
        and any(c.isdigit() for p in parts if p.startswith("BYDAY") for c in p)
    ):
        parts = [part for part in parts if not part.startswith("BYWEEKNO")]
    if freq in {"HOURLY", "MINUTELY"}:
        parts.append(f"INTERVAL={draw(st.sampled_from([1, 2, 5, 7, 24, 90, 1000]))}")
    elif draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(2, 9))}")
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if end == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    elif end == "UNTIL":
        parts.append(f"UNTIL={draw(st.datetimes(datetime(2025, 6, 1), datetime(2028, 1, 1))):%Y%m%dT%H%M%S}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    # The oracle counts positions of a first week from its first date instead of the week's begin; weeks have a test of their own.
    if freq in {"YEARLY", "MONTHLY"} and any(p.startswith("BY") for p in parts) and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(some(signed(5)))}")
    return ";".join(parts)


def ours(text: str, start: datetime) -> list[datetime]:
    return list(itertools.islice(starts(read_rule(text, BERLIN, all_day=False), start, FIRST, LAST), 800))


def theirs(text: str, start: datetime) -> list[datetime]:
    # The library looks until the year 9999 for a date that never comes; here the world ends earlier.
    world = SimpleNamespace(**{**vars(dt), "MAXYEAR": 2027})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dateutil.rrule, "datetime", world)
        found: list[datetime] = []
        with suppress(ValueError):  # „empty rule“: it says so instead of giving nothing
            every = dateutil.rrule.rrulestr(text, dtstart=start)
            found = list(itertools.islice((one for one in every if FIRST <= one <= LAST), 800))
        return found


# Before autumn 2027 the library needs seconds for a rule by the minute that finds nothing.
STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 6, 30)).map(
    lambda one: one.replace(second=0, microsecond=0, fold=0)
)


def begun(text: str, start: datetime) -> datetime:
    return (
        start
        if "HOURLY" not in text and "MINUTELY" not in text
        else start.replace(year=2027, month=11 if start.day < 31 else 12)
    )


@settings(max_examples=300, deadline=None)
@given(rules(), STARTS)
def test_as_the_library_expands_it(text: str, start: datetime) -> None:
    start = begun(text, start)
    assert ours(text, start) == theirs(text, start)


@settings(max_examples=200, deadline=None)
@given(rules(), STARTS)
def test_a_rule_is_the_same_after_writing_and_reading(text: str, start: datetime) -> None:
    rule = read_rule(text, BERLIN, all_day=False)
    again = read_rule(write_rule(rule, BERLIN, all_day=False), BERLIN, all_day=False)
    if rule.until:  # a wall time that the clocks skip has no other text
        assert again.until is not None
        assert abs(again.until - rule.until) <= timedelta(hours=1)
        again = Rule(**{name: getattr(again, name) for name in Rule.__slots__} | {"until": rule.until})
    assert again == rule


def test_a_first_week_is_counted_from_its_first_day() -> None:
    # Wednesday: the first of „Monday and Friday“ of this week is over; RFC 5545 counts the whole week.
    text = "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1"
    assert [f"{one:%d.%m.}" for one in ours(text, datetime(2026, 1, 7, 10))[:2]] == ["12.01.", "19.01."]


@pytest.mark.parametrize(
    "bomb",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYHOUR=25",
        "FREQ=MINUTELY;COUNT=10000;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;BYHOUR="
        + ",".join(map(str, range(24)))
        + ";BYMINUTE="
        + ",".join(map(str, range(60)))
        + ";BYSECOND="
        + ",".join(map(str, range(60)))
        + ";BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=999999999999999999999999",
        "FREQ=DAILY;" + ";".join(f"X-{n}=1" for n in range(900)),
    ],
)
def test_a_bomb_ends_soon(bomb: str) -> None:
    try:
        found = list(starts(read_rule(bomb, BERLIN, all_day=False), datetime(1900, 1, 1), FIRST, LAST))
    except (TooMany, RuleWrong):
        found = []
    assert len(found) <= 800


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nennt keinen Takt"),
        ("FREQ=FORTNIGHTLY", "nennt keinen Takt"),
        ("FREQ=WEEKLY;BYDAY=XX", "„XX“ ist kein Wochentag"),
        ("FREQ=WEEKLY;BYMONTH=13", "„13“ gibt es bei BYMONTH nicht"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "0 gibt es bei BYMONTHDAY nicht"),
        ("FREQ=WEEKLY;UNTIL=morgen", "ist kein Zeitpunkt"),
        ("FREQ=WEEKLY;COUNT=-3", "COUNT muss zwischen 1 und 10.000 liegen"),
        ("FREQ=WEEKLY;FREQ=DAILY", "nicht zu verstehen"),
        ("FREQ=DAILY;BYSETPOS=1", "sagt aber nicht was"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=2MO", "gezählte Wochentage"),
        ("FREQ=DAILY;BYEASTER=1", "Das kennen wir nicht"),
    ],
)
def test_what_is_wrong_is_said_in_german(text: str, said: str) -> None:
    with pytest.raises(RuleWrong, match=said):
        read_rule(text, BERLIN, all_day=False)


def test_the_end_of_a_series_is_an_instant_or_a_whole_day() -> None:
    start = datetime(2026, 1, 6, 10)
    by_instant = read_rule("FREQ=WEEKLY;UNTIL=20260120T090000Z", BERLIN, all_day=False)  # 10:00 in Berlin
    assert len(list(starts(by_instant, start, FIRST, LAST))) == 3
    before = read_rule("FREQ=WEEKLY;UNTIL=20260120T085959Z", BERLIN, all_day=False)
    assert len(list(starts(before, start, FIRST, LAST))) == 2
    by_day = read_rule("FREQ=WEEKLY;UNTIL=20260120", BERLIN, all_day=False)
    assert len(list(starts(by_day, start, FIRST, LAST))) == 3
    assert datetime(2026, 1, 20, 9, tzinfo=UTC).astimezone(BERLIN).hour == 10
