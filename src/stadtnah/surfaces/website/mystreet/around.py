"""Released events that concern a street: those at a place that names it or its district, and sessions of councils.

A session concerns every street, unless it names a district: then those of the district. All is read from the index of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from stadtnah.services.events import api as events
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.api import Street
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.calendar import reading
from stadtnah.surfaces.website.calendar import view as calendar
from stadtnah.surfaces.website.calendar.occurrence import Occurrence
from stadtnah.surfaces.website.mystreet.naming import Named
from stadtnah.surfaces.website.offices.view import CLOSINGS
from stadtnah.surfaces.website.released import ReleasedPage

AHEAD: Final = timedelta(days=60)
_LOOKED_AT: Final = 400  # dates
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Near:
    """A date that concerns an area. session: of a council."""

    row: Occurrence
    session: bool


@dataclass(slots=True)
class Around:
    """The dates of an area in order, and the events they are of, by their keys."""

    dates: list[Near] = field(default_factory=list)
    pages: dict[str, ReleasedPage] = field(default_factory=dict)

    @property
    def shown(self) -> list[Near]:
        """The next of them."""
        return self.dates[:_SHOWN]


def use(area: str) -> str:
    """What the page of an area uses: the events that concern one of its streets."""
    return f"list:street-events:{area}"


def stands(row: ReleasedPage) -> set[tuple[str, str]]:
    """(what decides its place, list) for each area that the public event concerns: no other area is made anew for it."""
    if row.kind != "event" or not row.listed:
        return set()
    return {(row.digest, use(area)) for area in _Concerned(streets.released_register()).areas(row)[0]}


def by_area(register: Iterable[Street], today: date) -> dict[str, Around]:
    """The next dates by the code of the area that they concern. Three queries."""
    rows = reading.between(today, today + AHEAD, most=_LOOKED_AT)
    pages = ReleasedPage.objects.in_bulk({row.page_id for row in rows})
    concerned, found = _Concerned(register), dict[str, Around]()
    known = {key: concerned.areas(page) for key, page in pages.items()}
    for row in rows:
        areas, session = known[row.page_id]
        for area in areas:
            around = found.setdefault(area, Around())
            around.dates.append(Near(row, session))
            around.pages[row.page_id] = pages[row.page_id]
    return found


def of(area: str, register: Iterable[Street], today: date) -> Around:
    """What concerns an area. Asked once while many pages are made."""
    return lists.once("events of streets", lambda: by_area(register, today)).get(area) or Around()


def uses(area: str, around: Around) -> frozenset[str]:
    """What a page with these dates is made anew by."""
    return frozenset({use(area), calendar.DAYS_OFF, CLOSINGS, *around.pages})


def for_programs(around: Around) -> list[events.Event]:
    """Their events, whole series, as calendar programs get them."""
    return [calendar.for_programs(page.shown(), page) for page in around.pages.values()]


class _Concerned:
    """Finds the areas that an event concerns."""

    def __init__(self, register: Iterable[Street]) -> None:
        pairs = [(street, one.area) for street in register for one in street.stretches]
        self._every = {area for _street, area in pairs}
        self._streets = Named((street.name, area) for street, area in pairs)
        self._districts = Named((street.district, area) for street, area in pairs if street.district)

    def areas(self, row: ReleasedPage) -> tuple[set[str], bool]:
        """The codes, and whether it is a session."""
        said: dict[str, Any] = row.content["extra"]["event"]
        title, place = str(row.content["title"]), str(said.get("place") or "")
        if not events.is_session(title, said.get("categories") or ()):
            return {*self._streets.areas(place), *self._districts.areas(place)}, False
        return set(self._districts.areas(f"{title} \n {said.get('organiser') or ''}")) or self._every, True
