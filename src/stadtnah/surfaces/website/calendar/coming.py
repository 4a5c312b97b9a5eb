"""The dates that leave the website: of released events, from a month back to a year ahead, and what may be chosen among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.calendar import drafts, index, reading, view
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.released import ReleasedPage

EVENTS: Final = "list:events"  # an event was released, changed or withdrawn
BACK: Final = timedelta(days=31)  # a calendar program keeps what is just over
AHEAD: Final = timedelta(days=366)
MOST_EVENTS: Final = 1_000  # of all events
OWN_EVENTS: Final = 50  # of a category or place beyond those
OF_SELECTION: Final = 100  # of what somebody put together in the search
_MOST_OF_SELECTION: Final = 1_000  # dates that are looked at for it
_MOST_DATES: Final = 5_000  # that are looked at for it


@dataclass(frozen=True, slots=True)
class Coming:
    """An event with its dates in the stretch, in order. tags: what it is chosen by; near: it is one of the next of all."""

    row: ReleasedPage
    content: Content
    event: events.Event
    dates: tuple[events.Occurrence, ...]
    tags: frozenset[str]
    near: bool = True

    def next(self, today: date) -> events.Occurrence | None:
        """The first date that is not over, else none."""
        return next((one for one in self.dates if _last_day(one) >= today), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may choose: everything, a category, a place. key: the end of its addresses."""

    key: str
    label: str
    category: str = ""
    place: str = ""

    def takes(self, one: Coming) -> bool:
        """Whether the event is in it."""
        return one.near if self == EVERYTHING else self.tag in one.tags

    @property
    def slug(self) -> str:
        """The last part of its addresses."""
        return self.key.rpartition("/")[2]

    @property
    def tag(self) -> str:
        """The tag that its events have in the index; none of everything."""
        return index.category_tag(self.category) if self.category else index.place_tag(self.place)


EVERYTHING: Final = Choice("alle", "")


def between(first: date, last: date) -> list[Coming]:
    """All released events of which a date falls on a day from `first` to `last`, by their first date."""
    rows = lists.live("event")
    if index.in_sight(first, last):
        rows = rows.filter(pk__in=reading.pages(first, last))
    return _opened(rows, first, last)


def coming() -> list[Coming]:
    """All that leaves by itself, at most MOST_EVENTS and OWN_EVENTS of each choice. Read once while many pages are made."""
    return lists.once("events-coming", _coming)


def found(filters: reading.Filters) -> list[Coming]:
    """The events with a date in the stretch that have all of it, by their dates, at most OF_SELECTION. As many queries whatever their number."""
    today = offices.today()
    dates = reading.between(today, today + AHEAD, most=_MOST_OF_SELECTION, filters=filters)
    chosen = list(dict.fromkeys(row.page_id for row in dates))[:OF_SELECTION]
    return _opened(lists.live("event").filter(pk__in=chosen), today - BACK, today + AHEAD)


def uses() -> frozenset[str]:
    """What a page made of `coming` is made anew by: a release, the next day, other holidays."""
    return frozenset({EVENTS, view.DAYS_OFF, offices.CLOSINGS, offices.day_use(), "town"})


def ahead(some: Iterable[Coming], most: int) -> list[tuple[Coming, events.Occurrence]]:
    """The next dates of these events, a series as often as it takes place."""
    today = offices.today()
    found = [(one, when) for one in some for when in one.dates if _last_day(when) >= today]
    return sorted(found, key=lambda pair: (pair[1].start, pair[0].row.pk))[:most]


def choices() -> list[Choice]:
    """Everything, then the categories and places that any released event has. Also those of which nothing is to come: an address that was given away stays."""
    return [EVERYTHING, *_categories(), *_places()]


def choice(key: str) -> Choice | None:
    """The one with this key."""
    return next((one for one in choices() if one.key == key), None)


def _categories() -> list[Choice]:
    rows = [
        Choice(f"rubrik/{slug}", tag.label, category=slug)
        for tag in reading.tags()
        if (slug := tag.key.removeprefix(reading.CATEGORY)) != tag.key
    ]
    return sorted(rows, key=lambda row: sort_key(row.label))


def _places() -> list[Choice]:
    tags = (tag.key for tag in reading.tags() if tag.key.startswith(reading.PLACE))
    keys = [tag.removeprefix(reading.PLACE) for tag in tags]
    rows = ReleasedPage.objects.filter(pk__in=keys, state=ReleasedPage.State.LIVE)
    found = [
        Choice(f"ort/{row.path.strip('/').rpartition('/')[2]}", str(row.content["title"]), place=row.pk)
        for row in rows
    ]
    return sorted(found, key=lambda row: sort_key(row.label))


def _coming() -> list[Coming]:
    today = offices.today()
    window = (today - BACK, today, today + AHEAD)
    near = reading.nearest(*window, most=_MOST_DATES)
    tags, taken = reading.near_tags(*window, most=_MOST_DATES), Counter[str]()
    first = frozenset(near[:MOST_EVENTS])
    chosen = set(first)
    for key in near:
        for tag in tags.get(key, ()):
            taken[tag] += 1
            if taken[tag] <= OWN_EVENTS:
                chosen.add(key)
    found = _opened(lists.live("event").filter(pk__in=chosen), today - BACK, today + AHEAD, tags)
    return [one if one.row.pk in first else replace(one, near=False) for one in found]


def _opened(
    rows: Any, first: date, last: date, tags: dict[str, frozenset[str]] | None = None
) -> list[Coming]:
    found, off = list(rows), view.days_off()
    tags = reading.tags_of(row.pk for row in found) if tags is None else tags
    some = [one for row in found if (one := _dated(row, first, last, off, tags.get(row.pk, frozenset())))]
    return sorted(some, key=lambda one: (one.dates[0].start, one.row.pk))


def _dated(
    row: ReleasedPage, first: date, last: date, off: events.DaysOff, tags: frozenset[str]
) -> Coming | None:
    content = row.shown()
    event = view.for_programs(content, row)
    try:
        dates = events.occurrences(drafts.event_of(content), first, last, off)
    except events.TooMany:
        return None
    return Coming(row, content, event, tuple(dates), tags) if dates else None


def _last_day(one: events.Occurrence) -> date:
    return events.last_day(one.start, one.end, all_day=one.event.all_day)
