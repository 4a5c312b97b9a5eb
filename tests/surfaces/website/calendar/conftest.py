"""A town with events to release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.calendar import founding as events
from stadtnah.surfaces.website.calendar.models import EventPage


@pytest.fixture
def at() -> Iterator[Any]:
    """Monday, 30 November 2026, 9:00."""
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def tree(town: Town) -> None:
    Town.objects.update(land="HE")
    founding.lay_tree("Willkommen", site_name="Beispielau")


def event_page(**fields: Any) -> EventPage:
    """A draft: a concert on Saturday, 5 December 2026, 19:00 to 21:00."""
    given = {
        "title": "Adventskonzert",
        "slug": "adventskonzert",
        "teaser": "Der Chor singt.",
        "first_day": date(2026, 12, 5),
        "begins": time(19),
        "ends": time(21),
        "place_name": "Stadtkirche",
        "address": "Kirchgasse 2, 35999 Beispielau",
        "organiser": "Gesangverein Beispielau",
        "live": False,
    }
    index = events.calendar()
    index.refresh_from_db()
    made = index.add_child(instance=EventPage(**{**given, **fields}))
    made.full_clean()
    made.save()
    return EventPage.objects.get(pk=made.pk)
