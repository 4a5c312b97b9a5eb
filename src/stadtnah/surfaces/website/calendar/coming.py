"""The dates that leave the website: of released events, from a month back to a year ahead, and what may be chosen among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.addresses import plain_slug, sort_key
from stadtnah.surfaces.website.calendar import drafts, view
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.released import ReleasedPage

EVENTS: Final = "list:events"  # an event was released, changed or withdrawn
BACK: Final = timedelta(days=31)  # a calendar program keeps what is just over
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Coming:
    """An event with its dates in the stretch, in order. `place`: key of its place in the register, or ""."""

    row: ReleasedPage
    content: Content
    event: events.Event
    dates: tuple[events.Occurrence, ...]
    place: str

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
        if self.category:
            return self.category in {plain_slug(name) for name in one.event.categories}
        return not self.place or one.place == self.place


EVERYTHING: Final = Choice("alle", "")


def between(first: date, last: date) -> list[Coming]:
    """The released events of which a date falls on a day from `first` to `last`, by their first date."""
    off = view.days_off()
    found = [one for row in lists.live("event") if (one := _coming(row, first, last, off))]
    return sorted(found, key=lambda one: (one.dates[0].start, one.row.pk))


def coming() -> list[Coming]:
    """All that leaves by itself. Read once while many pages are made."""
    today = offices.today()
    return lists.once("events-coming", lambda: between(today - BACK, today + AHEAD))


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
    names = {name for found in _said("content__extra__event__categories") for name in found or ()}
    labels = {plain_slug(name): name for name in sorted(names, reverse=True) if plain_slug(name)}
    rows = [Choice(f"rubrik/{slug}", label, category=slug) for slug, label in labels.items()]
    return sorted(rows, key=lambda row: sort_key(row.label))


def _places() -> list[Choice]:
    keys = [key for key in _said("content__extra__links__place") if key]
    rows = ReleasedPage.objects.filter(pk__in=keys, state=ReleasedPage.State.LIVE) if keys else ()
    found = [
        Choice(f"ort/{row.path.strip('/').rpartition('/')[2]}", str(row.content["title"]), place=row.pk)
        for row in rows
    ]
    return sorted(found, key=lambda row: sort_key(row.label))


def _said(where: str) -> list[Any]:
    return lists.once(
        f"events-{where}",
        lambda: list(lists.live("event").order_by().values_list(where, flat=True).distinct()),
    )


def _coming(row: ReleasedPage, first: date, last: date, off: events.DaysOff) -> Coming | None:
    content = row.shown()
    event = view.for_programs(content, row)
    try:
        dates = events.occurrences(drafts.event_of(content), first, last, off)
    except events.TooMany:
        return None
    place = str(content.extra.get("links", {}).get("place", ""))
    return Coming(row, content, event, tuple(dates), place) if dates else None


def _last_day(one: events.Occurrence) -> date:
    return events.last_day(one.start, one.end, all_day=one.event.all_day)
