"""What machines are told of events: schema.org."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import clock
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import linked_data
from stadtnah.surfaces.website.calendar.view import Shown, When
from stadtnah.surfaces.website.linked_data import CONTEXT, Document, Node
from stadtnah.surfaces.website.offices.linked import place_node

FREE: Final = re.compile(r"\b(frei|kostenlos|kostenfrei|gratis|free)\b", re.IGNORECASE)


def _event(document: Document) -> list[Node]:
    around: Any = document.around
    if not isinstance(around, Shown):
        return linked_data.page(document)
    first = around.next or _planned(around.event)
    node = _node(document, around, first)
    more = around.dates[1:] if around.again else []
    return [
        {**node, "subEvent": [_sub(around.event, node, one) for one in more]},
        linked_data.publisher(document),
    ]


def _node(document: Document, around: Shown, when: When) -> Node:
    event, content = around.event, document.content
    return {
        "@type": "Event",
        "@id": f"{content.link}#veranstaltung",
        "mainEntityOfPage": document.address,
        "url": document.address,
        "name": when.title or content.title,
        "description": document.description,
        "startDate": _moment(when.start, event.zone, all_day=when.all_day),
        "endDate": _end(when, event.zone),
        "previousStartDate": _previous(document),
        "eventStatus": f"{CONTEXT}/{when.status}",
        "eventAttendanceMode": _mode(event, when),
        "location": _where(around, when, document.base),
        "image": [linked_data.image(shown) for shown in document.pictures],
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else {"@id": linked_data.town_id(document.base)},
        "audience": {"@type": "Audience", "audienceType": event.audience} if event.audience else None,
        "isAccessibleForFree": True if FREE.search(event.price) else None,
        "keywords": list(event.categories),
        "inLanguage": content.language,
    }  # fmt: skip


def _sub(event: events.Event, node: Node, when: When) -> Node:
    return {
        "@type": "Event",
        "name": when.title or node["name"],
        "startDate": _moment(when.start, event.zone, all_day=when.all_day),
        "endDate": _end(when, event.zone),
        "eventStatus": f"{CONTEXT}/{when.status}",
        "eventAttendanceMode": node["eventAttendanceMode"],
        "location": {"@type": "Place", "name": when.place} if when.place else node["location"],
    }


def _planned(event: events.Event) -> When:
    return When(event.start, event.end, event.all_day, event.status, "", "")


def _mode(event: events.Event, when: When) -> str:
    online = when.status is events.Status.MOVED_ONLINE or (event.online and not event.place)
    kind = "Online" if online else "Mixed" if event.online else "Offline"
    return f"{CONTEXT}/{kind}EventAttendanceMode"


def _where(around: Shown, when: When, base: str) -> list[Node]:
    event = around.event
    found: list[Node] = []
    if around.place is not None and not when.place:
        found.append(place_node(around.place, base))
    elif name := when.place or event.place:
        title, _comma, address = name.partition(", ")
        point = event.position
        geo = {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]} if point else None
        found.append({"@type": "Place", "name": title, "address": address or name, "geo": geo})
    if event.online:
        found.append({"@type": "VirtualLocation", "url": event.online})
    return found


def _previous(document: Document) -> str | None:
    wall = document.content.extra.get("moved_from")
    return linked_data.moment(clock.resolve_wall(clock.parse_wall(wall))) if wall else None


def _end(when: When, zone: str) -> str | None:
    if when.end == when.start:
        return None
    return when.last_day.isoformat() if when.all_day else _moment(when.end, zone, all_day=False)


def _moment(wall: datetime, zone: str, *, all_day: bool) -> str:
    if all_day:
        return wall.date().isoformat()
    return clock.resolve_wall(wall, ZoneInfo(zone)).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


linked_data.MAKERS.register("event", _event)
linked_data.MAKERS.register("events", lambda document: linked_data.page(document, "CollectionPage"))
