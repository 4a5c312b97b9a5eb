"""Released messages that name a street of an area: a closed road, a burst pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.lists import Item

USE: Final = "list:news"
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


def concerning(names: Iterable[str], today: date) -> list[Concern]:
    """The newest messages that hold today and name one of these streets in title, place or summary, in whole words."""
    known = {name.casefold(): name for name in names}
    if not known:
        return []
    wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?!\w)")
    found = []
    for item in lists.once("newest messages", lambda: lists.latest(_LOOKED_AT)):
        content = item.content
        if not _holds(item, today):
            continue
        said = f"{content.title} \n {content.place} \n {content.teaser}".casefold()
        if named := dict.fromkeys(known[one] for one in wanted.findall(said)):
            found.append(Concern(item, list(named)))
    return found[:_MOST]


def _holds(item: Item, today: date) -> bool:
    until = item.content.valid_until
    if until:
        return clock.parse_wall(until).date() >= today
    return clock.local(item.row.sorted_by).date() >= today - _FRESH
