"""What somebody tells in a few fields, as an event: when it begins and ends, how it repeats, and its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from stadtnah.services.events.domain.entry import Entry, Repeat, event_of, from_json, last_day, to_json
from stadtnah.services.events.domain.event import Access, Event
from stadtnah.services.events.domain.night import is_slip
from stadtnah.services.events.domain.occurrences import occurrences
from stadtnah.services.events.domain.say import say
from stadtnah.services.events.domain.when import when

ZONE = "Europe/Berlin"
DANCE = Entry("Tanz", date(2026, 12, 8), begin=time(19, 30), end=time(22), place="Halle", organiser="TSV")


def event(**changes: object) -> Event:
    return event_of(replace(DANCE, **changes), "1", ZONE)  # type: ignore[arg-type]


def days(**changes: object) -> list[str]:
    return [
        f"{one.start:%d.%m.}" for one in occurrences(event(**changes), date(2026, 1, 1), date(2027, 12, 31))
    ]


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({}, datetime(2026, 12, 8, 22)),
        ({"end": time(2)}, datetime(2026, 12, 9, 2)),  # in the morning after
        ({"end": None}, datetime(2026, 12, 8, 19, 30)),
        ({"last_day": date(2026, 12, 10)}, datetime(2026, 12, 10, 22)),
        ({"last_day": date(2026, 12, 10), "end": None}, datetime(2026, 12, 11)),
        ({"begin": None, "end": None}, datetime(2026, 12, 9)),
        ({"begin": None, "end": None, "last_day": date(2026, 12, 10)}, datetime(2026, 12, 11)),
    ],
)
def test_when_it_ends(changes: dict[str, object], end: datetime) -> None:
    assert event(**changes).end == end


@pytest.mark.parametrize(
    ("repeat", "until", "found", "said"),
    [
        (Repeat.WEEKLY, date(2026, 12, 22), ["08.12.", "15.12.", "22.12."], "jeden Dienstag, bis 22.12.2026"),
        (
            Repeat.FORTNIGHTLY,
            date(2026, 12, 31),
            ["08.12.", "22.12."],
            "alle 2 Wochen am Dienstag, bis 31.12.2026",
        ),
        (
            Repeat.MONTHLY,
            date(2027, 2, 28),
            ["08.12.", "12.01.", "09.02."],
            "jeden 2. Dienstag im Monat, bis 28.2.2027",
        ),
    ],
)
def test_how_it_repeats(repeat: Repeat, until: date, found: list[str], said: str) -> None:
    assert days(repeat=repeat, until=until) == found
    assert say(event(repeat=repeat, until=until), date(2026, 11, 1)) == said


def test_a_fifth_weekday_is_the_last_one() -> None:
    found = days(day=date(2026, 12, 29), repeat=Repeat.MONTHLY, until=date(2027, 3, 31))
    assert found == ["29.12.", "26.01.", "23.02.", "30.03."]


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, date(2026, 12, 8)),
        ({"end": time(2)}, date(2026, 12, 9)),
        ({"begin": None, "end": None}, date(2026, 12, 8)),
        ({"repeat": Repeat.WEEKLY, "until": date(2027, 1, 3)}, date(2026, 12, 29)),
    ],
)
def test_its_last_day(changes: dict[str, object], last: date) -> None:
    assert last_day(replace(DANCE, **changes), ZONE) == last  # type: ignore[arg-type]


def test_what_is_stored_is_what_was_told() -> None:
    told = replace(
        DANCE,
        repeat=Repeat.WEEKLY,
        until=date(2027, 1, 1),
        access=frozenset({Access.QUIET, Access.WHEELCHAIR}),
    )
    assert from_json(to_json(told)) == told
    assert from_json(to_json(replace(DANCE, begin=None, end=None))) == replace(DANCE, begin=None, end=None)


@pytest.mark.parametrize(
    ("changes", "german", "english"),
    [
        ({}, "Dienstag, 8. Dezember 2026, 19:30 bis 22:00 Uhr", "Tuesday, 8 December 2026, 19:30 to 22:00"),
        ({"end": None}, "Dienstag, 8. Dezember 2026, 19:30 Uhr", "Tuesday, 8 December 2026, 19:30"),
        (
            {"begin": None, "end": None},
            "Dienstag, 8. Dezember 2026, ganztägig",
            "Tuesday, 8 December 2026, all day",
        ),
        (
            {"begin": None, "end": None, "last_day": date(2026, 12, 9)},
            "Dienstag, 8. Dezember 2026 bis Mittwoch, 9. Dezember 2026, ganztägig",
            "Tuesday, 8 December 2026 to Wednesday, 9 December 2026, all day",
        ),
        (
            {"end": time(0)},
            "Dienstag, 8. Dezember 2026, 19:30 Uhr bis Dienstag, 8. Dezember 2026, 24:00 Uhr",
            "Tuesday, 8 December 2026, 19:30 to Tuesday, 8 December 2026, midnight",
        ),
    ],
)
def test_when_in_words(changes: dict[str, object], german: str, english: str) -> None:
    assert (when(event(**changes)), when(event(**changes), "en")) == (german, english)


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        (time(20), time(2), False),
        (time(22), time(10), False),  # twelve hours
        (time(22), time(10, 1), True),
        (time(19), time(18), True),
        (time(19), time(19), True),
        (time(19), time(19, 1), False),
        (time(0), time(23, 59), False),
    ],
)
def test_an_end_before_the_begin_is_a_night_or_a_slip(begin: time, end: time, *, found: bool) -> None:
    assert is_slip(datetime.combine(DANCE.day, begin), end) is found
