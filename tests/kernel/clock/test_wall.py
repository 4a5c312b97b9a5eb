"""Wall times and moments, above all in the two nights of the year when the clocks change."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import strategies as st

from stadtnah.kernel import clock

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [BERLIN, ZoneInfo("UTC"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Sao_Paulo")]
WALLS = st.datetimes(min_value=datetime(1981, 1, 1), max_value=datetime(2037, 12, 31))  # noqa: DTZ001 - wall times


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        # Autumn 2026: 03:00 CEST becomes 02:00 CET, so 02:00-02:59 exist twice; the first counts.
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T02:00", "2026-10-25T00:00:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00"),
        ("2026-10-25T02:59:59", "2026-10-25T00:59:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00:00"),
        # Spring 2027: 02:00 CET becomes 03:00 CEST, so 02:00-02:59 do not exist.
        ("2027-03-28T01:59:59", "2027-03-28T00:59:59"),
        ("2027-03-28T02:00", "2027-03-28T01:00:00"),
        ("2027-03-28T02:30", "2027-03-28T01:00:00"),
        ("2027-03-28T02:59:59", "2027-03-28T01:00:00"),
        ("2027-03-28T03:00", "2027-03-28T01:00:00"),
        ("2027-03-28T03:00:01", "2027-03-28T01:00:01"),
        # The leap day of 2028 and its neighbours.
        ("2028-02-28T23:59:59", "2028-02-28T22:59:59"),
        ("2028-02-29T00:00", "2028-02-28T23:00:00"),
        ("2028-02-29", "2028-02-28T23:00:00"),
        ("2028-03-01 00:00", "2028-02-29T23:00:00"),
    ],
)
def test_wall_time_becomes_one_moment(wall, moment):
    assert clock.resolve_wall(clock.parse_wall(wall), BERLIN) == datetime.fromisoformat(moment + "+00:00")


def test_fold_makes_no_difference():
    wall = clock.parse_wall("2026-10-25T02:30")
    assert clock.resolve_wall(wall.replace(fold=1), BERLIN) == clock.resolve_wall(wall, BERLIN)


def test_a_gap_of_half_an_hour_ends_at_its_own_end():
    # Lord Howe Island moves its clocks by 30 minutes: 02:00 becomes 02:30 on 2026-10-04.
    howe = ZoneInfo("Australia/Lord_Howe")
    moment = clock.resolve_wall(clock.parse_wall("2026-10-04T02:10"), howe)
    assert moment.astimezone(howe).replace(tzinfo=None) == clock.parse_wall("2026-10-04T02:30")


@given(WALLS, st.sampled_from(ZONES))
@example(datetime(2027, 3, 28, 2, 59, 59, 999999), BERLIN)  # noqa: DTZ001 - a wall time
def test_the_clocks_show_the_wall_time_or_the_first_moment_after_it(wall, zone):
    moment = clock.resolve_wall(wall, zone)
    shown = moment.astimezone(zone).replace(tzinfo=None)
    assert moment.tzinfo is UTC
    if shown == wall:
        # The first of two: an hour (or half) earlier the clocks showed something else.
        assert all(
            (moment - timedelta(minutes=m)).astimezone(zone).replace(tzinfo=None) != wall for m in (30, 60)
        )
    else:
        assert shown > wall
        just_before = (moment - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None)
        assert just_before < wall


@given(WALLS, st.integers(min_value=0, max_value=7200), st.sampled_from(ZONES))
def test_a_moment_survives_the_way_to_the_wall_unless_it_is_the_second_of_two(start, seconds, zone):
    moment = start.replace(tzinfo=UTC) + timedelta(seconds=seconds)
    seen = moment.astimezone(zone)
    back = clock.resolve_wall(seen.replace(tzinfo=None), zone)
    assert back == moment if seen.fold == 0 else back < moment


@given(WALLS, st.timedeltas(min_value=timedelta(hours=1), max_value=timedelta(days=400)))
def test_order_is_kept_over_an_hour(wall, later):
    assert clock.resolve_wall(wall, BERLIN) <= clock.resolve_wall(wall + later, BERLIN)


def test_aware_and_naive_are_not_mixed_up():
    moment = datetime(2026, 11, 26, 13, tzinfo=UTC)
    with pytest.raises(ValueError, match="naive"):
        clock.resolve_wall(moment, BERLIN)
    with pytest.raises(ValueError, match="aware"):
        clock.local(moment.replace(tzinfo=None))
    assert clock.local(moment).tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        *("", "morgen", "26.11.2026 14:00", "2026-11-26T14:00Z", "2026-11-26T14:00+01:00", "2027-02-29"),
        *(
            "2026-11-26T25:00",
            "2026-11-26T14:60",
            "20261126",
            "2026-W48-4",
            "2026-11-26T14",
            "0026-11-26T14:00",
        ),
        *(
            "2026-11-26T14:00:00.5",
            "2026-11-26\n14:00",
            "2026-11-26T14:00\x00",
            "٢٠٢٦-11-26",
            "9999-12-31T23:59",
        ),
    ],
)
def test_what_is_no_wall_time_is_refused_in_german(text):
    with pytest.raises(clock.WallTimeError, match="Bitte"):
        clock.parse_wall(text)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text):
    with contextlib.suppress(clock.WallTimeError):
        assert clock.parse_wall(text).tzinfo is None


def test_the_town_has_its_own_zone(settings):
    moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
    settings.STADTNAH_TIME_ZONE = "Atlantic/Azores"
    assert clock.local(moment).hour == 12
    del settings.STADTNAH_TIME_ZONE
    assert clock.local(moment).hour == 14
    assert clock.town_zone() == BERLIN


def test_now_is_the_moment_in_utc():
    with time_machine.travel(datetime(2027, 3, 28, 3, 0, tzinfo=timezone(timedelta(hours=2))), tick=False):
        assert clock.now() == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
