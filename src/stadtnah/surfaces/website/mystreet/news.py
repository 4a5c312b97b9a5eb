"""Released messages that name a street of an area: a closed road, a burst pipe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.town import api as towns
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.api import Street
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.lists import Item
from stadtnah.surfaces.website.mystreet.naming import Named
from stadtnah.surfaces.website.released import ReleasedPage

SHOWN: Final = 5  # on the page; the calendar has all that say until when
_LOOKED_AT: Final = 40  # messages
_LONGEST: Final = timedelta(days=400)  # for which works that say until when they last are looked for
_FRESH: Final = timedelta(days=60)  # for a message that does not say how long it holds


@dataclass(frozen=True, slots=True)
class Concern:
    """A message, and the streets of the area that it names."""

    item: Item
    streets: list[str]

    @property
    def content(self) -> Content:
        """What it says."""
        return self.item.content


def use(area: str) -> str:
    """What the page of an area uses: the messages that name one of its streets."""
    return f"list:streets:{area}"


def stands(row: ReleasedPage) -> set[tuple[str, str]]:
    """(what decides its place, list) for each area with a street that the public message names: no other area is made anew for it."""
    if row.kind != "message" or not row.listed:
        return set()
    place = f"{row.sorted_by.isoformat()} {row.content.get('valid_until')}"
    return {(place, use(area)) for area in _named(streets.released_register()).areas(_said(row))}


def by_area(register: Iterable[Street], today: date) -> dict[str, list[Concern]]:
    """The messages that hold today and name a street in title, place or summary, in whole words, by the code of its area, the newest first.

    Of those that do not say until when they hold, only among the newest. Two queries.
    """
    found: dict[str, list[Concern]] = {}
    named = _named(register)
    items = lists.latest(_LOOKED_AT)
    known = {item.key for item in items}
    items += [item for item in map(lists.item, _lasting(today)) if item.key not in known]
    for item in items:
        if lists.holds(item, today, _FRESH):
            for area, names in named.areas(_said(item.row)).items():
                found.setdefault(area, []).append(Concern(item, names))
    return found


def _lasting(today: date) -> QuerySet[ReleasedPage]:
    since = clock.resolve_wall(datetime.combine(today - _LONGEST, time()))
    rows: QuerySet[ReleasedPage] = lists.news().filter(sorted_by__gte=since)
    return rows.filter(content__valid_until__gte=today.isoformat())


def for_programs(concerns: Iterable[Concern]) -> list[events.Event]:
    """Those that say until when they hold, as whole days in a calendar: road works from the day they begin, else from their release."""
    return [_as_event(one) for one in concerns if one.content.valid_until]


def _as_event(one: Concern) -> events.Event:
    said, row = one.content, one.item.row
    last = clock.parse_wall(said.valid_until or "").date()
    begins = (
        clock.parse_wall(said.valid_from).date() if said.valid_from else clock.local(row.sorted_by).date()
    )
    return events.Event(
        uid=row.object_key,
        title=said.title,
        start=datetime.combine(min(begins, last), time()),
        end=datetime.combine(last + timedelta(days=1), time()),
        zone=clock.town_zone().key,
        all_day=True,
        sequence=row.version - 1,
        description=said.teaser,
        place=said.place,
        url=f"{towns.base_url()}{row.path}",
        changed=row.updated_at,
    )


def _named(register: Iterable[Street]) -> Named:
    return Named((street.name, one.area) for street in register for one in street.stretches)


def _said(row: ReleasedPage) -> str:
    return " \n ".join(str(row.content.get(part) or "") for part in ("title", "place", "teaser"))
