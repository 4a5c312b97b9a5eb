"""The files that stand beside the place of the events: calendars to subscribe to, JSON, feeds. Made of released events alone.

docs/handbuch/veranstaltungen-weitergeben.md describes the JSON.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import clock
from stadtnah.kernel.text import xml_legal
from stadtnah.kernel.town.api import Town, base_url, town
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import feeds
from stadtnah.surfaces.website.calendar import coming, view
from stadtnah.surfaces.website.calendar.coming import EVERYTHING, Choice, Coming
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.lists import Item
from stadtnah.surfaces.website.offices import view as offices

JSON: Final = "veranstaltungen.json"
MOST_DATES: Final = 500  # in the JSON
ENTRIES: Final = 30  # in a feed
REFRESH: Final = timedelta(hours=6)
_NOTHING_YET: Final = datetime(2026, 1, 1, tzinfo=UTC)


def address(choice: Choice) -> str:
    """Of its calendar, on the town's website."""
    return f"{EVENTS}{_name(choice)}"


def beside() -> dict[str, tuple[bytes, str]]:
    """All of them, by their names below the place of the events."""
    here, found, off = town(), coming.coming(), view.days_off()
    made = {
        _name(choice): (calendar(here, choice, found, off), view.FILE_TYPE) for choice in coming.choices()
    }
    made[JSON] = (as_json(here, found), "application/json")
    for name, file in as_feeds(here, found).items():
        made[f"feeds/{name}"] = file
    return made


def calendar(here: Town, choice: Choice, found: list[Coming], off: events.DaysOff) -> bytes:
    """The calendar of a choice. The same events give the same bytes, so that nobody fetches it twice."""
    return calendar_of([one for one in found if choice.takes(one)], here, choice.label, off)


def calendar_of(chosen: list[Coming], here: Town, label: str, off: events.DaysOff) -> bytes:
    """The calendar of these events. label: what they have in common, "" for all."""
    stamp = max((one.row.updated_at for one in chosen), default=_NOTHING_YET)
    label = f": {label}" if label else ""
    return events.write(
        [one.event for one in chosen],
        name=f"Veranstaltungen in {here.short_name}{label}",
        stamp=stamp.astimezone(UTC),
        off=off,
        refresh=REFRESH,
        window=window(),
    )


def window() -> tuple[date, date]:
    """This year and the next two, whenever the events were released: the same bytes until the year ends."""
    year = (offices.today() - coming.BACK).year
    return date(year, 1, 1), date(year + 2, 12, 31)


def as_json(here: Town, found: list[Coming]) -> bytes:
    """The next dates for other programs."""
    dates = [_date(one, when) for one, when in coming.ahead(found, MOST_DATES)]
    made = {"version": 1, "publisher": here.name, "url": f"{base_url()}{EVENTS}", "dates": dates}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def as_feeds(here: Town, found: list[Coming]) -> dict[str, tuple[bytes, str]]:
    """Atom, RSS and JSON Feed: each event once, with its next date in front of its title, in the order of those."""
    today = offices.today()
    dated = sorted(
        ((when.start, one) for one in found if (when := one.next(today))),
        key=lambda pair: (pair[0], pair[1].row.pk),
    )
    items = [_item(one) for _start, one in dated[:ENTRIES]]
    head = feeds.Head(
        f"Veranstaltungen in {here.short_name}", f"{EVENTS}feeds/", EVENTS, f"{base_url()}{EVENTS}"
    )
    return feeds.all_of(here, items, head)


def _name(choice: Choice) -> str:
    return "alle.ics" if choice == EVERYTHING else f"{choice.key}/termine.ics"


def _item(one: Coming) -> Item:
    when = one.next(offices.today())
    if when is None:
        return Item(one.row, one.content)
    said = clock.german_date(when.start.date()) if when.event.all_day else clock.german_datetime(when.start)
    status = events.STATUS_WORDS[when.event.status]
    marked = f" ({status})" if when.event.status is not events.Status.SCHEDULED else ""
    place = f", {when.event.place}" if when.event.place else ""
    teaser = " ".join(filter(None, (f"{said}{place}{marked}.", one.content.teaser)))
    title = f"{clock.german_short(when.start).rpartition(', ')[0]}: {when.event.title}{marked}"
    return Item(one.row, replace(one.content, title=title, teaser=teaser))


def _date(one: Coming, when: events.Occurrence) -> dict[str, Any]:
    event, here = when.event, base_url()
    return {
        "id": f"{one.event.uid}#{when.key:%Y%m%dT%H%M}",
        "event": one.event.uid,
        "url": f"{here}{one.row.path}",
        "title": xml_legal(event.title),
        "teaser": one.content.teaser,
        "start": _moment(when.start, event),
        "end": _moment(when.end, event),
        "all_day": event.all_day,
        "status": str(event.status),
        "place": event.place,
        "position": {"latitude": event.position[0], "longitude": event.position[1]}
        if event.position
        else None,
        "online": event.online,
        "organiser": event.organiser,
        "audience": event.audience,
        "price": event.price,
        "registration": event.registration,
        "categories": list(event.categories),
        "accessibility": sorted(event.access),
        "series": event.series.repeats or one.event.series.repeats,
        "updated": clock.rfc3339(one.row.updated_at),
    }


def _moment(wall: datetime, event: events.Event) -> str:
    """As the clocks there show it, with their distance to UTC; of whole days the day, the last one not included."""
    if event.all_day:
        return wall.date().isoformat()
    zone = ZoneInfo(event.zone)
    return clock.resolve_wall(wall, zone).astimezone(zone).isoformat()
