"""Released messages that name a street of an area: a closed road, a burst pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.api import Street
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.lists import Item
from stadtnah.surfaces.website.released import ReleasedPage

_LOOKED_AT: Final = 40  # messages
_MOST: Final = 5
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
    return {(place, use(area)) for area in _Named(streets.released_register()).areas(row)}


def by_area(register: Iterable[Street], today: date) -> dict[str, list[Concern]]:
    """The newest messages that hold today and name a street in title, place or summary, in whole words, by the code of its area."""
    found: dict[str, list[Concern]] = {}
    named = _Named(register)
    for item in lists.latest(_LOOKED_AT):
        if _holds(item, today):
            for area, names in named.areas(item.row).items():
                found.setdefault(area, []).append(Concern(item, names))
    return {area: some[:_MOST] for area, some in found.items()}


class _Named:
    """Finds the streets of a register in what a message says; the longest name that fits, so „Am Markt Nord“ is not „Am Markt“."""

    def __init__(self, register: Iterable[Street]) -> None:
        # The name in small letters to the codes of its areas, each with the name as written.
        self._areas: dict[str, dict[str, str]] = {}
        for street in register:
            places = self._areas.setdefault(street.name.casefold(), {})
            places |= {one.area: street.name for one in street.stretches}
        longest_first = sorted(self._areas, key=len, reverse=True)
        self._wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def areas(self, row: ReleasedPage) -> dict[str, list[str]]:
        """The codes of areas to the streets that it names."""
        found: dict[str, list[str]] = {}
        if not self._areas:
            return found
        said = " \n ".join(
            str(row.content.get(part) or "") for part in ("title", "place", "teaser")
        ).casefold()
        for name in dict.fromkeys(self._wanted.findall(said)):
            for area, street in self._areas[name].items():
                found.setdefault(area, []).append(street)
        return found


def _holds(item: Item, today: date) -> bool:
    until = item.content.valid_until
    if until:
        return clock.parse_wall(until).date() >= today
    return clock.local(item.row.sorted_by).date() >= today - _FRESH
