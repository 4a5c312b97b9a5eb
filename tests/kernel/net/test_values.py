"""The breaker and Retry-After: plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel.net import Breaker, BreakerState, Response, retry_after

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


def answer(value, status=429):
    return Response(status, {"retry-after": value} if value is not None else {}, b"", "https://town.test/")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999999", 7 * 86400),
        ("Thu, 26 Nov 2026 13:05:00 GMT", 300),
        ("Thu, 26 Nov 2026 14:05:00 +0100", 300),
        ("Thursday, 26-Nov-26 13:05:00 GMT", 300),
        ("Thu, 26 Nov 2020 13:05:00 GMT", 0),
        ("Thu, 26 Nov 2099 13:05:00 GMT", 7 * 86400),
    ],
)
def test_retry_after(value, seconds):
    for status in (429, 503):
        assert retry_after(answer(value, status), now=NOW) == NOW + timedelta(seconds=seconds)
    assert retry_after(answer(value, 500), now=NOW) is None


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "²", "Thu, 99 Nov 2026 99:99:99 GMT"])
def test_no_usable_retry_after(value):
    assert retry_after(answer(value), now=NOW) is None


@given(st.text(max_size=40))
def test_any_retry_after_is_within_bounds(value):
    found = retry_after(answer(value), now=NOW)
    assert found is None or NOW <= found <= NOW + timedelta(days=7)


def test_the_breaker_opens_pauses_tries_and_closes():
    breaker, state, now = Breaker(failures=3, pause=60), BreakerState(), NOW
    for _ in range(2):
        state = breaker.failed(state, now)
        assert breaker.allows(state, now)
    state = breaker.failed(state, now)
    assert not breaker.allows(state, now)
    assert not breaker.allows(state, now + timedelta(seconds=59.9))
    assert breaker.allows(state, now + timedelta(seconds=60))
    state = breaker.failed(state, now + timedelta(seconds=60))  # the trial failed: shut at once
    assert not breaker.allows(state, now + timedelta(seconds=61))
    assert breaker.succeeded(state) == BreakerState()


def test_a_clock_set_back_does_not_hold_the_breaker_open():
    breaker, state = Breaker(failures=1, pause=60), BreakerState()
    state = breaker.failed(state, NOW)
    assert breaker.allows(state, NOW - timedelta(hours=2))
    assert not breaker.allows(state, NOW)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=40), st.integers(1, 6))
def test_it_is_shut_exactly_after_enough_failures_in_a_row(steps, limit):
    breaker, state, now, row = Breaker(failures=limit, pause=60), BreakerState(), NOW, 0
    for worked, seconds in steps:
        now += timedelta(seconds=seconds)
        if not breaker.allows(state, now):
            assert row >= limit
            continue
        state = breaker.succeeded(state) if worked else breaker.failed(state, now)
        row = 0 if worked else row + 1
        assert breaker.allows(state, now) == (row < limit)
