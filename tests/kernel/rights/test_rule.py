"""What licence and consents allow on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel.rights.api import SOON, Cause, Grant, State, Use, judged

DAY = date(2026, 11, 29)
ALL = frozenset(Use)
WEB = frozenset({Use.WEBSITE})
DAYS = st.one_of(st.none(), st.dates(DAY - timedelta(days=60), DAY + timedelta(days=60)))
GRANTS = st.builds(Grant, st.frozensets(st.sampled_from(Use)), DAYS, DAYS)


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (DAY - timedelta(days=1), State.ENDED),
        (DAY, State.SOON),  # on its last day it still holds
        (DAY + SOON, State.SOON),
        (DAY + SOON + timedelta(days=1), State.FREE),
        (None, State.FREE),
    ],
)
def test_a_licence_holds_through_its_last_day(until: date | None, state: State) -> None:
    assert judged(Grant(ALL, until), [], DAY, complete=True).state is state


def test_without_a_word_nothing_is_barred_and_nothing_is_settled() -> None:
    assert judged(None, [], DAY, complete=False).state is State.UNKNOWN
    assert judged(None, [], DAY, complete=False).covers(Use.SOCIAL)
    assert judged(Grant(ALL), [], DAY, complete=False).state is State.UNKNOWN  # who is on it is not said
    assert judged(Grant(ALL), [], DAY, complete=True).state is State.FREE


def test_the_narrowest_yes_counts_and_says_whose_it_is() -> None:
    verdict = judged(Grant(ALL), [Grant(ALL), Grant(WEB)], DAY, complete=True)
    assert verdict.uses == WEB
    assert verdict.why_not(Use.SOCIAL) is Cause.CONSENT_NARROW
    assert verdict.why_not(Use.WEBSITE) is None
    assert judged(Grant(WEB), [Grant(ALL)], DAY, complete=True).why_not(Use.PRINT) is Cause.LICENCE_NARROW


def test_one_no_ends_it_for_all_and_the_first_day_counts() -> None:
    over, revoked = Grant(ALL, DAY - timedelta(days=9)), Grant(ALL, revoked=DAY - timedelta(days=3))
    verdict = judged(over, [revoked, Grant(ALL)], DAY, complete=True)
    assert (verdict.state, verdict.uses) == (State.ENDED, frozenset())
    assert (verdict.cause, verdict.since) == (Cause.LICENCE_OVER, DAY - timedelta(days=8))
    alone = judged(Grant(ALL), [revoked], DAY, complete=True)
    assert (alone.cause, alone.since) == (Cause.CONSENT_REVOKED, DAY - timedelta(days=3))
    late = Grant(ALL, DAY - timedelta(days=9), DAY)  # taken back when it had run out anyway
    assert judged(None, [late], DAY, complete=True).cause is Cause.CONSENT_OVER


@given(st.one_of(st.none(), GRANTS), st.lists(GRANTS, max_size=4), GRANTS)
def test_one_more_yes_never_allows_more(licence: Grant | None, people: list[Grant], more: Grant) -> None:
    before = judged(licence, people, DAY, complete=True)
    after = judged(licence, [*people, more], DAY, complete=True)
    assert after.uses <= before.uses
    if any(grant.ended(DAY) for grant in [*people, more]):
        assert after.state is State.ENDED
