"""A website with many events, and what `bench/events.py` asks of it."""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bench.cell import opening

_AT_ONCE = 1_000
CATEGORIES = ("Konzert", "Theater", "Markt", "Fest", "Führung", "Vortrag", "Sport", "Kinder und Familie")
_WHAT = ("Konzert", "Theater", "Flohmarkt", "Sommerfest", "Führung", "Vortrag", "Turnier", "Basteln")
_WHERE = (
    "Stadthalle",
    "Stadtkirche",
    "Bürgerhaus",
    "Museum",
    "Bücherei",
    "Sporthalle",
    "Marktplatz",
    "Kurpark",
)
_PLACES = 20
FILTERS = "rubrik=konzert&zugang=wheelchair&frei=1"


class Calendar:
    """A cell in a folder; without events at first."""

    def __init__(self, folder: Path) -> None:
        opening.migrated(folder)
        from stadtnah.surfaces.website import publish
        from stadtnah.surfaces.website.calendar.founding import calendar
        from stadtnah.surfaces.website.calendar.listing import month_path
        from stadtnah.surfaces.website.offices import view as offices
        from tests.factories import demo_town

        demo_town.released()
        self.have, self.today = 0, offices.today()
        self.month = month_path(_after(self.today))
        publish.put_live(calendar().content(), "0" * 64)
        from bench.searching.filling import Filling

        self._filling = Filling()

    def grow(self, size: int) -> None:
        """Until there are so many events: half of them in the month that is asked for, the others within a year; one in 30 goes on weekly."""
        from stadtnah.surfaces.website.calendar import index
        from tests.factories import many

        while self.have < size:
            count = min(_AT_ONCE, size - self.have)
            contents = [self._content(number) for number in range(self.have, self.have + count)]
            rows = many.public(contents, [f"{number:064x}" for number in range(self.have, self.have + count)])
            index.fill(rows)
            self._filling.add(rows)
            self.have += count

    def asks(self) -> dict[str, Callable[[], object]]:
        """By name, what is timed."""
        from stadtnah.surfaces.website.calendar import files

        return {
            "month": opening.making(self.month),
            "list with three filters": self._getting(FILTERS),
            "list with a word and three filters": self._getting(f"q=konzerte&{FILTERS}"),
            "list of a weekend": self._getting("zeit=wochenende"),
            "calendars and feeds": files.beside,
        }

    def events(self) -> Iterator[Any]:
        """Each event, for the peer."""
        from stadtnah.surfaces.website.calendar import drafts

        for number in range(self.have):
            yield drafts.event_of(self._content(number))

    def _content(self, number: int) -> Any:
        from stadtnah.publishing.content import Content
        from stadtnah.services.events import api as events

        chance = random.Random(number)
        start, length = self._start(number, chance), timedelta(hours=chance.randrange(1, 4))
        title = f"{_WHAT[number % len(_WHAT)]} {number}"
        event = events.Event(
            uid=f"event:{uuid.uuid5(uuid.NAMESPACE_URL, str(number))}",
            title=title,
            start=start,
            end=start + length,
            zone="Europe/Berlin",
            place=f"{chance.choice(_WHERE)}, Marktplatz 1",
            organiser=f"Verein {number % 200}",
            categories=(CATEGORIES[number % len(CATEGORIES)],),
            price="Eintritt frei" if number % 3 else "8 Euro",
            access=frozenset({events.Access.WHEELCHAIR} if chance.random() < 0.5 else ()),
            series=self._series(number),
        )
        path = f"/veranstaltungen/nummer-{number}/"
        extra = {
            "kind": "event",
            "event": events.to_plain(event),
            "links": {"place": f"place:{number % _PLACES}"},
            "details": [["place", "Ort", event.place], ["organiser", "Wer veranstaltet", event.organiser]],
        }
        return Content(
            object_key=event.uid, title=title, path=path, link=f"http://localhost:8000{path}",
            teaser="Alle sind herzlich eingeladen.", extra=extra,
        )  # fmt: skip

    def _start(self, number: int, chance: random.Random) -> datetime:
        first = _after(self.today)
        day = first + timedelta(days=chance.randrange(28) if number % 2 else chance.randrange(31, 330))
        return datetime.combine(day, time(chance.randrange(8, 21), 30 * chance.randrange(2)))

    @staticmethod
    def _series(number: int) -> Any:
        from stadtnah.services.events import api as events

        if number % 30:
            return events.Series()
        return events.Series(
            rules=(events.read_rule("FREQ=WEEKLY;COUNT=12", "Europe/Berlin", all_day=False),)
        )

    @staticmethod
    def _getting(query: str) -> Callable[[], object]:
        from django.test import Client

        client = Client()

        def ask() -> object:
            answer = client.get(f"/veranstaltungen/suche/?{query}")
            assert answer.status_code == 200, (query, answer.status_code)
            assert b"event-row" in answer.content, query
            return answer

        return ask


def _after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
