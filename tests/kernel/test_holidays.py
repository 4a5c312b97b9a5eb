"""Public holidays by the rules of the Länder, held against calendars that were printed."""

from __future__ import annotations

from datetime import date

import pytest

from stadtnah.kernel.land.api import LAENDER
from stadtnah.kernel.land.holidays import easter, holidays, law, local_choices

# Number of holidays by law in 2027, Sundays included (Brandenburg names Easter and Whit Sunday).
NUMBER = {
    "BB": 12, "BE": 10, "BW": 12, "BY": 12, "HB": 10, "HE": 10, "HH": 10, "MV": 11,
    "NI": 10, "NW": 11, "RP": 11, "SH": 10, "SL": 12, "SN": 11, "ST": 11, "TH": 11,
}  # fmt: skip


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),  # the latest there is
        (2285, date(2285, 3, 22)),  # the earliest there is
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize("land", LAENDER)
def test_each_land_has_its_own_and_says_where_they_are_laid_down(land: str) -> None:
    found = holidays(land, 2027)
    assert len(found) == NUMBER[land]
    assert list(found) == sorted(found, key=lambda holiday: holiday.day)
    assert {"Neujahr", "Karfreitag", "Tag der Deutschen Einheit"} <= {holiday.name for holiday in found}
    assert "§" in law(land) or "Art." in law(land)


def test_what_only_some_municipalities_have_is_theirs_to_say() -> None:
    def names(land: str, *local: str) -> set[str]:
        return {holiday.name for holiday in holidays(land, 2027, frozenset(local))}

    assert "Mariä Himmelfahrt" not in names("BY")
    assert "Mariä Himmelfahrt" in names("BY", "assumption")
    assert names("BY", "peace-festival") - names("BY") == {"Augsburger Hohes Friedensfest"}
    assert names("HE", "peace-festival", "assumption") == names("HE")  # not there, whoever says so
    assert [key for key, _name in local_choices("SN")] == ["corpus-christi"]
    assert local_choices("HE") == ()


def test_days_that_move_and_days_that_came() -> None:
    saxony = {holiday.name: holiday.day for holiday in holidays("SN", 2026)}
    assert saxony["Buß- und Bettag"] == date(2026, 11, 18)
    assert {h.day for h in holidays("SN", 2033)} >= {date(2033, 11, 16)}  # 23 November is a Wednesday itself
    assert "Internationaler Frauentag" not in {h.name for h in holidays("MV", 2022)}
    assert "Internationaler Frauentag" in {h.name for h in holidays("MV", 2023)}
    assert date(2028, 6, 17) in {h.day for h in holidays("BE", 2028)}
    assert date(2027, 6, 17) not in {h.day for h in holidays("BE", 2027)}


def test_there_is_no_seventeenth_land() -> None:
    with pytest.raises(KeyError):
        holidays("XX", 2027)
