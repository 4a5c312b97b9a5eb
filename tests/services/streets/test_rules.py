"""What a register of streets may say, what a new calendar changes, what is said of a holiday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from stadtnah.kernel.land.holidays import holidays
from stadtnah.services.events.domain.waste import Waste
from stadtnah.services.streets.domain.dates import Collection, Move, Rhythm, compare, rhythm, shifted
from stadtnah.services.streets.domain.kinds import KEYS
from stadtnah.services.streets.domain.plan import Area, Plan
from stadtnah.services.streets.domain.register import Side, Street, Stretch, problem
from stadtnah.services.streets.domain.table import TableWrong, read, write

AREAS = {"bezirk-1": "Bezirk 1", "bezirk-2": "Bezirk 2"}


def test_every_kind_that_is_read_has_a_name_here() -> None:
    assert set(KEYS) == {kind.name.lower() for kind in Waste}


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ([Stretch("a")], False),
        ([], True),
        ([Stretch("a"), Stretch("b", 1)], True),
        ([Stretch("a", 1, 49), Stretch("b", 50)], False),
        ([Stretch("a", 1, 50), Stretch("b", 50)], True),
        ([Stretch("a", 1, None), Stretch("b", 50)], True),
        ([Stretch("a", 1, None, Side.ODD), Stretch("b", 2, None, Side.EVEN)], False),
        ([Stretch("a", 1, 9, Side.ODD), Stretch("b", 9, 9)], True),
        ([Stretch("a", 1, 9, Side.EVEN), Stretch("b", 9, 9)], False),
        ([Stretch("a", 9, 1)], True),
        ([Stretch("a", None, 9)], True),
    ],
)
def test_no_house_belongs_to_two_areas(parts: list[Stretch], wrong: bool) -> None:
    assert bool(problem(parts)) == wrong


def test_meeting_stretches_are_found_as_by_counting() -> None:
    def houses(one: Stretch) -> set[int]:
        numbers = range(one.first or 0, (one.last or 30) + 1)
        return {n for n in numbers if one.side == "all" or (n % 2 == 1) == (one.side == "odd")}

    every = [
        Stretch("a", first, last, side)
        for first in range(1, 6)
        for last in (*range(first, 7), None)
        for side in Side
    ]
    for one in every:
        for other in every:
            assert bool(problem([one, other])) == bool(houses(one) & houses(other)), (one, other)


def test_a_table_is_read_line_by_line_and_written_back() -> None:
    text = (
        "Straße;Ortsteil;von;bis;Seite;Bezirk\r\n"
        "Ahornweg;Oberholz;;;;BEZIRK 1\r\n"
        "Bahnhofstraße;;1;49;;bezirk-1\r\n"
        "Bahnhofstraße;;50;;gerade;Bezirk 2\r\n"
        ";Oberholz;;;;Bezirk 1\r\n"
        "Hohlweg;;;;;Bezirk 9\r\n"
        "Quellweg;;4a;;;Bezirk 1\r\n"
        "Talweg;;1;9;;Bezirk 1\r\nTalweg;;5;;;Bezirk 2\r\n\r\n"
    )
    found = read(text.encode("cp1252"), AREAS)
    assert [line.number for line in found.bad] == [5, 6, 7, 8, 9]
    assert all(line.reason for line in found.bad)
    assert found.streets == [
        Street("Ahornweg", "Oberholz", (Stretch("bezirk-1"),)),
        Street("Bahnhofstraße", "", (Stretch("bezirk-1", 1, 49), Stretch("bezirk-2", 50, None, Side.EVEN))),
    ]
    assert read(write(found.streets, AREAS).encode(), AREAS).streets == found.streets


@pytest.mark.parametrize("data", [b"", b"Name;Ort\nA;B\n", b"x" * 2_000_001])
def test_a_table_without_its_columns_is_refused(data: bytes) -> None:
    with pytest.raises(TableWrong):
        read(data, AREAS)


def test_what_a_new_calendar_changes() -> None:
    day = date(2027, 3, 1)
    before = [Collection(day, "paper"), Collection(day + timedelta(14), "paper"), Collection(day, "bulky")]
    after = [
        Collection(day, "paper"),
        Collection(day + timedelta(15), "paper"),
        Collection(day + timedelta(40), "bulky"),
    ]
    found = compare(before, after)
    assert found.moved == [Move("paper", day + timedelta(14), day + timedelta(15))]
    assert (found.new, found.gone, found.same) == (
        [Collection(day + timedelta(40), "bulky")],
        [Collection(day, "bulky")],
        1,
    )
    assert compare(after, after).nothing


def test_a_holiday_is_named_only_where_it_moved_something() -> None:
    off = {one.day for one in holidays("HE", 2027)}
    fridays = [date(2027, 1, 8) + timedelta(weeks=2 * number) for number in range(20)]
    assert rhythm(fridays) == Rhythm(4, 2)
    days = [day + timedelta(1) if day == date(2027, 3, 5) else day for day in fridays]
    moved = [Collection(day, "residual") for day in days]
    assert date(2027, 3, 5) in fridays  # and no holiday in its week: the Saturday has no reason
    assert shifted(moved, off) == {}
    thursdays = [date(2027, 5, 6) - timedelta(weeks=2) + timedelta(weeks=number) for number in range(12)]
    corpus = date(2027, 5, 27)  # Corpus Christi, a Thursday
    assert corpus in off
    assert corpus in thursdays
    days = [day + timedelta(1) if day == corpus else day for day in thursdays]
    found = shifted([Collection(day, "organic") for day in days], off)
    # Ascension Day, 6 May, is collected all the same: nothing is said of it.
    assert {one.day: shift for one, shift in found.items()} == {corpus + timedelta(1): (corpus, corpus)}


def test_no_rhythm_is_made_up() -> None:
    assert rhythm([date(2027, 1, 1), date(2027, 5, 3)]) is None
    assert rhythm([date(2027, 1, 1) + timedelta(days=number * 9) for number in range(20)]) is None


def test_a_plan_comes_back_from_its_json() -> None:
    plan = Plan(
        areas=(Area("bezirk-1", "Bezirk 1", (Collection(date(2027, 1, 4), "paper"),)),),
        streets=(Street("Ahornweg", "", (Stretch("bezirk-1", 1, 9, Side.ODD),)),),
    )
    assert Plan.from_json(plan.to_json()) == plan
