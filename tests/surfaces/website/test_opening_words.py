"""Opening hours in the words of a town, read for machines: all of them or none."""

from __future__ import annotations

import pytest

from stadtnah.surfaces.website.opening_words import Open, spans


@pytest.mark.parametrize(
    ("day", "times", "found"),
    [
        ("Montag", "8:00 bis 12:00 Uhr", [(("Monday",), "08:00", "12:00")]),
        (
            "Mo, Di",
            "8–12 und 14–16 Uhr",
            [(("Monday", "Tuesday"), "08:00", "12:00"), (("Monday", "Tuesday"), "14:00", "16:00")],
        ),
        ("Montag bis Mittwoch", "8.30-12.15 Uhr", [(("Monday", "Tuesday", "Wednesday"), "08:30", "12:15")]),
        ("Fr–So", "0–24 Uhr", [(("Friday", "Saturday", "Sunday"), "00:00", "23:59")]),
        ("Sa – Mo", "von 10 Uhr bis 11 Uhr", [(("Saturday", "Sunday", "Monday"), "10:00", "11:00")]),
        ("Mittwoch", "geschlossen", []),
        ("Donnerstag", "nach Vereinbarung", []),
        ("Samstags", "9 bis 12 Uhr", [(("Saturday",), "09:00", "12:00")]),
    ],
)
def test_words_that_are_understood(
    day: str, times: str, found: list[tuple[tuple[str, ...], str, str]]
) -> None:
    assert spans([(day, times)]) == [Open(*one) for one in found]


@pytest.mark.parametrize(
    ("day", "times"),
    [
        ("Montag", "vormittags"),
        ("Werktags", "8–12 Uhr"),
        ("Montag", "12–8 Uhr"),
        ("Montag", "8:75–12 Uhr"),
        ("Montag", "8–12 Uhr, jeden zweiten Montag auch 14–18 Uhr"),
        ("Montag bis Freitag bis Sonntag", "8–12 Uhr"),
        ("", "8–12 Uhr"),
    ],
)
def test_one_row_that_is_not_understood_keeps_all_of_them_back(day: str, times: str) -> None:
    known = ("Dienstag", "8–12 Uhr")
    assert spans([known])
    assert spans([known, (day, times)]) == []
