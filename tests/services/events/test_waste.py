"""Titles of waste calendars in the many ways in which they are written."""

from __future__ import annotations

import pytest

from stadtnah.services.events.domain.waste import Waste, as_waste_calendar, kinds_of
from tests.services.events.samples import event, taken

R, B, P, V, W = Waste.RESIDUAL, Waste.ORGANIC, Waste.PAPER, Waste.PACKAGING, Waste.RECYCLABLES


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Restmüll", {R}),
        ("RESTMUELL: 14-taegliche Abfuhr", {R}),
        ("Restabfallbehälter 120 l", {R}),
        ("Leerung: Rest", {R}),
        ("Mülltonne - Abholtermin", {R}),
        ("Abholung schwarze Tonne", {R}),
        ("Restmüll blauer Aufkleber am 3.1.2026", {R}),
        ("Leerung: Biomüll (Mühlstraße 3)", {B}),
        ("Bio-Tonne wird abgeholt.", {B}),
        ("Kompostbehaelter", {B}),
        ("Papier, Pappe & Kartonagen", {P}),
        ("Papier (Blaue Tonne)", {P}),
        ("Gelbe(r) Sack/Tonne", {V}),
        ("Gelbe/r Sack/Tonne", {V}),
        ("Leerung der gelben Säcke", {V}),
        ("Abfuhr: LVP", {V}),
        ("Papier & Gelber Sack – Steinbach", {P, V}),
        ("Wertstofftonne", {W}),
        ("Glas (Weiße Säcke)", {Waste.GLASS}),
        ("Sperrmüllabfuhr", {Waste.BULKY}),
        ("Schadstoffmobil am Bauhof", {Waste.HAZARDOUS}),
        ("Mobile Elektroaltgerätesammlung", {Waste.ELECTRICAL}),
        ("Weiße Ware", {Waste.ELECTRICAL}),
        ("Baum- und Strauchschnitt", {Waste.GARDEN}),
        ("Christbaumsammlung", {Waste.TREES}),
        ("Grünschnitt / Weihnachtsbäume", {Waste.GARDEN, Waste.TREES}),
        ("Grüne Tonne", set()),  # paper in one town, garden waste in the next
        ("Biologischer Vortrag", set()),
        ("Lesung im Glashaus", set()),
        ("Konzert", set()),
    ],
)
def test_titles(title: str, kinds: set[Waste]) -> None:
    assert kinds_of(title) == kinds


def test_a_calendar_is_one_of_waste_when_most_of_it_is() -> None:
    def of(*titles: str) -> object:
        return as_waste_calendar(
            taken(*(event("DTSTART;VALUE=DATE:20260105", uid=t, title=t) for t in titles)).events
        )

    found = as_waste_calendar(
        taken(
            *(
                event("DTSTART;VALUE=DATE:20260105", uid=t, title=t)
                for t in ("Restmüll", "Papier", "Grüne Tonne")
            )
        ).events
    )
    assert found is not None
    assert (found.kinds, found.open) == ({R: 1, P: 1}, {"Grüne Tonne": 1})
    assert of("Restmüll", "Konzert", "Lesung") is None
    assert of() is None
