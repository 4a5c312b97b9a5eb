"""What is in the way of an event: whoever asks first, the answer is the same; apart there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stadtnah.services.events.api import Event, Other, Status, clashes

_WORDS = ("Konzert", "Lesung", "Flohmarkt im Park", "Chorprobe des Gesangvereins")
_PLACES = ("", "Stadtkirche", "Bürgerhaus, Markt 1", "Turnhalle")
_STARTS = st.integers(0, 60).map(lambda half: datetime(2026, 12, 5, 8) + timedelta(minutes=30 * half))


@st.composite
def some(draw: st.DrawFn) -> Event:
    start = draw(_STARTS)
    return Event(
        uid=draw(st.uuids()).hex,
        title=draw(st.sampled_from(_WORDS)),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(0, 300))),
        zone="Europe/Berlin",
        place=draw(st.sampled_from(_PLACES)),
        position=draw(st.sampled_from([None, (50.0, 9.0), (50.001, 9.0), (50.01, 9.0)])),
        categories=draw(st.sampled_from([(), ("Kultur",), ("kultur", "Kinder")])),
        status=draw(st.sampled_from([Status.SCHEDULED, Status.CANCELLED])),
    )


@given(some(), some(), st.sampled_from(["", "place:1", "place:2"]), st.sampled_from(["", "place:1"]))
def test_both_sides_are_told_the_same(one: Event, other: Event, here: str, there: str) -> None:
    one = replace(one, status=Status.SCHEDULED)
    mine = clashes([one], here, [Other(other, there)])
    if other.status is Status.CANCELLED:
        assert mine == []
        return
    theirs = clashes([other], there, [Other(one, here)])
    assert [clash.why for clash in mine] == [clash.why for clash in theirs]


@given(some(), some(), st.integers(2, 400))
def test_nothing_is_in_the_way_days_later(one: Event, other: Event, days: int) -> None:
    far = timedelta(days=days + 2)
    moved = replace(other, start=other.start + far, end=other.end + far)
    assert clashes([one], "", [Other(moved)]) == []


@given(some(), st.lists(some(), max_size=6))
def test_each_other_event_is_named_once_the_heaviest_first(one: Event, others: list[Event]) -> None:
    found = clashes([one], "", [Other(event) for event in [*others, *others]])
    assert len({clash.other.event.uid for clash in found}) == len(found)
    assert [clash.why for clash in found] == sorted(clash.why for clash in found)
