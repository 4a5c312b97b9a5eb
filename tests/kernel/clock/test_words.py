"""How dates and spans read."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel import clock

MOMENT = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)


def test_german_forms():
    assert clock.german_date(date(2026, 11, 26)) == "Donnerstag, 26. November 2026"
    assert clock.german_datetime(MOMENT) == "Donnerstag, 26. November 2026, 14:00 Uhr"
    assert clock.german_short(MOMENT) == "Do., 26.11., 14:00 Uhr"
    assert clock.german_time(MOMENT) == "14:00 Uhr"


def test_a_moment_is_dated_by_the_town_not_by_utc():
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert clock.german_date(late) == "Freitag, 1. Januar 2027"
    assert clock.german_short(late) == "Fr., 1.1., 00:30 Uhr"


def test_a_wall_time_is_shown_as_it_is():
    assert (
        clock.german_datetime(clock.parse_wall("2028-02-29T09:05")) == "Dienstag, 29. Februar 2028, 09:05 Uhr"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-7200, "weniger als eine Minute"),
        (0, "weniger als eine Minute"),
        (59.9, "weniger als eine Minute"),
        (60, "etwa eine Minute"),
        (90, "etwa 2 Minuten"),
        (180, "etwa 3 Minuten"),
        (59 * 60, "etwa 59 Minuten"),
        (59.6 * 60, "etwa eine Stunde"),
        (3600, "etwa eine Stunde"),
        (75 * 60, "etwa 75 Minuten"),
        (90 * 60, "etwa 2 Stunden"),
        (35 * 3600, "etwa 35 Stunden"),
        (36 * 3600, "etwa 2 Tage"),
        (10 * 86400, "etwa 10 Tage"),
    ],
)
def test_duration(seconds, text):
    assert clock.german_duration(timedelta(seconds=seconds)) == text


@given(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=4000)))
def test_a_duration_is_never_negative_and_never_far_off(span):
    text = clock.german_duration(span)
    assert "-" not in text
    found = re.fullmatch(r"etwa (\d+) (Minuten|Stunden|Tage)", text)
    if found:
        unit = {"Minuten": 60, "Stunden": 3600, "Tage": 86400}[found[2]]
        assert int(found[1]) >= 2
        assert abs(int(found[1]) * unit - span.total_seconds()) <= unit / 2
    else:
        assert text in {"weniger als eine Minute", "etwa eine Minute", "etwa eine Stunde"}


def test_feed_forms():
    berlin = clock.local(MOMENT.replace(microsecond=999999))
    assert clock.rfc3339(berlin) == "2026-11-26T13:00:00Z"
    assert clock.rfc822(berlin) == "Thu, 26 Nov 2026 13:00:00 GMT"
    assert json.dumps(clock.rfc3339(berlin))
    for form in (clock.rfc3339, clock.rfc822):
        with pytest.raises(ValueError, match="aware"):
            form(MOMENT.replace(tzinfo=None))


@given(MOMENTS)
def test_feed_forms_can_be_read_back(moment):
    whole = moment.replace(microsecond=0)
    assert datetime.fromisoformat(clock.rfc3339(moment)) == whole
    assert parsedate_to_datetime(clock.rfc822(moment)) == whole


def test_midnight_as_an_end_belongs_to_the_day_before() -> None:
    assert clock.german_end(clock.parse_wall("2026-12-09T00:00")) == "Dienstag, 8. Dezember 2026, 24:00 Uhr"
    assert clock.german_end(clock.parse_wall("2026-12-09T00:01")) == "Mittwoch, 9. Dezember 2026, 00:01 Uhr"
    moment = clock.resolve_wall(clock.parse_wall("2027-01-01T00:00"))
    assert clock.german_end(moment) == "Donnerstag, 31. Dezember 2026, 24:00 Uhr"


def test_english_says_the_same_moments() -> None:
    end, start = clock.parse_wall("2026-12-09T00:00"), clock.parse_wall("2026-11-26T14:00")
    assert clock.english_end(end) == "Tuesday, 8 December 2026, midnight"
    assert clock.english_datetime(start) == "Thursday, 26 November 2026, 14:00"
    assert clock.english_date(start.date()) == "Thursday, 26 November 2026"
    assert clock.english_datetime(clock.resolve_wall(start)) == clock.english_datetime(start)
    assert clock.english_end(start) == clock.english_datetime(start)
    assert clock.english_end(clock.resolve_wall(clock.parse_wall("2027-01-01T00:00"))).startswith(
        "Thursday, 31 December 2026, midnight"
    )
