"""A town with offices to release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.offices import founding as offices
from stadtnah.surfaces.website.offices.models import OfficePage, PersonPage, PlacePage


class Clock:
    """The present moment, to be set."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    def set(self, day: date, hour: int = 9) -> None:
        """This hour of the day in the town."""
        self._traveller.move_to(clock.resolve_wall(datetime.combine(day, time(hour))))


@pytest.fixture
def at() -> Iterator[Clock]:
    """Monday, 30 November 2026, 9:00."""
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def tree(town: Town) -> None:
    Town.objects.update(land="HE")
    founding.lay_tree("Willkommen", site_name="Beispielau")


def place(**fields: Any) -> PlacePage:
    given = {
        "title": "Rathaus",
        "slug": "rathaus",
        "street": "Marktplatz 1",
        "postcode": "35999",
        "town_name": "Beispielau",
        "latitude": "50.718240",
        "longitude": "9.231150",
        "wheelchair": "yes",
        "lift": True,
        "live": False,
    }
    return _below(offices.place_index(), PlacePage(**{**given, **fields}))


def person(name: str = "Selma Aktenau", **fields: Any) -> PersonPage:
    given = {
        "title": name,
        "slug": name.lower().replace(" ", "-"),
        "function": "Sachbearbeiterin",
        "phone": "069 90009 111",
        "mail": "aktenau@beispielau.example",
        "live": False,
    }
    return _below(offices.office_index(), PersonPage(**{**given, **fields}))


def office(**fields: Any) -> OfficePage:
    people = [("person", one) for one in fields.pop("people", ())]
    exceptions = [
        ("exception", dict(zip(("first", "last", "hours", "reason"), row, strict=True)))
        for row in fields.pop("exceptions", ())
    ]
    given = {
        "title": "Bürgerbüro",
        "slug": "buergerbuero",
        "teaser": "Ausweise und Anmeldung.",
        "monday": "8–12, 14–16",
        "tuesday": "8–12",
        "thursday": "14–18",
        "friday": "nach Vereinbarung",
        "phone": "069 90009 110",
        "mail": "buergerbuero@beispielau.example",
        "live": False,
        "people": people,
        "exceptions": exceptions,
    }
    return _below(offices.office_index(), OfficePage(**{**given, **fields}))


def _below(index: Any, page: Any) -> Any:
    index.refresh_from_db()
    made = index.add_child(instance=page)
    made.full_clean()
    made.save()
    made.refresh_from_db()
    return made
