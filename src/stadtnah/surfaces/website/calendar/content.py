"""Events and their place as released content.

What is read and compared stands in details; what is calculated with, and what calendar programs get, stands in `extra["event"]`, its rules as
the text of RFC 5545; what is looked up, in `extra["links"]`. All three are made from the same fields, here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.services.events.api import Event
from stadtnah.surfaces.website import richtext, services
from stadtnah.surfaces.website.calendar import cleaning, drafts
from stadtnah.surfaces.website.calendar.fields import ACCESS
from stadtnah.surfaces.website.calendar.models import EventIndexPage, EventPage
from stadtnah.surfaces.website.snapshot import common, text_with_picture

POSITION, ZONE = "Lage (Breite, Länge)", "Zeitzone"
# What a date from a foreign calendar can have of its own beside what `_changed` says first; it is public, so whoever releases reads it.
_OF_A_CHANGE: Final = (
    ("description", "Text"),
    ("organiser", "Wer veranstaltet"),
    ("audience", "Für wen"),
    ("price", "Kosten"),
    ("categories", "Rubriken"),
    ("online", "Online"),
    ("registration", "Anmeldung"),
    ("url", "Mehr dazu"),
    ("access", "Barrierefreiheit"),
    ("position", POSITION),
    ("zone", ZONE),
)
_ADDRESSES: Final = frozenset({"online", "registration", "url"})
_TEXTS: Final = frozenset({"title", "description", "pictures"})  # said by the content itself


def index(page: EventIndexPage) -> Content:
    """The place of the events."""
    spans = [[first.isoformat(), last.isoformat()] for first, last in cleaning.school(page.school_holidays)]
    shown = ", ".join(f"{_day(date.fromisoformat(a))}–{_day(date.fromisoformat(b))}" for a, b in spans)
    extra: dict[str, Any] = {
        "kind": "events",
        "menu": "main",
        "menu_order": services.MENU_ORDER + 3,
        "details": _filled([["school", "Schulferien", shown]]),
        "school": spans,
    }
    return Content(**common(page, extra), teaser=page.intro.strip())


def event(page: EventPage) -> Content:
    """An event."""
    found = drafts.event_of(page)
    plain = {name: value for name, value in events.to_plain(found).items() if name not in _TEXTS}
    extra = {
        "kind": "event",
        "details": _filled(_details(page, found)),
        "event": _public(plain),
        "links": {"place": page.place.object_key if page.place else ""},
        "moved_from": page.moved_from,
    }
    return Content(**common(page, extra), **text_with_picture(page), place=found.place)


def said_of_state(content: Content, status: events.Status) -> str:
    """What the municipality says beside „fällt aus“ or „verlegt“ of a date of this status; "" when that is not what the whole event is."""
    if status is events.Status.SCHEDULED or status != content.extra.get("event", {}).get("status"):
        return ""
    return content.detail.get("status_note", "")


def _public(plain: dict[str, Any]) -> dict[str, Any]:
    """Without pictures of other websites and addresses that nobody may follow, which a changed date can bring from a foreign calendar."""
    if "changes" not in plain:
        return plain
    changes = [
        {
            name: richtext.safe_address(value) if name in _ADDRESSES else value
            for name, value in one.items()
            if name != "pictures"
        }
        for one in plain["changes"]
    ]
    return {**plain, "changes": changes}


def _details(page: EventPage, event: Event) -> list[list[str]]:
    alone = replace(
        event, series=replace(event.series, without=frozenset(), without_days=frozenset(), changes=())
    )
    access = [events.access_word(one) for field, one in ACCESS if getattr(page, field)]
    series = event.series
    moved = clock.german_datetime(datetime.fromisoformat(page.moved_from)) if page.moved_from else ""
    scheduled = event.status is events.Status.SCHEDULED
    return [
        ["status", "Stand", "" if scheduled else events.STATUS_WORDS[event.status]],
        ["status_note", "Hinweis zum Stand", page.status_note.strip()],
        ["moved_from", "War ursprünglich am", moved],
        ["when", "Wann", events.when(event)],
        ["repeats", "Wiederholt sich", events.say(alone, event.start.date())],
        ["without", "Fällt aus am", events.write_days(series.without, series.without_days).replace("\n", ", ")],
        ["changes", "Andere Termine", "; ".join(_changed(event, one) for one in series.changes)],
        ["zone", ZONE, "" if event.zone == clock.town_zone().key else event.zone],
        ["place", "Ort", event.place],
        ["position", POSITION, "" if page.place else _position(event.position)],
        ["online", "Online", richtext.safe_address(page.online)],
        ["access", "Barrierefreiheit", ", ".join(access)],
        ["access_note", "Hinweis zum Zugang", page.access_note.strip()],
        ["categories", "Rubriken", ", ".join(event.categories)],
        ["audience", "Für wen", event.audience],
        ["price", "Kosten", event.price],
        ["registration", "Anmeldung", richtext.safe_address(page.registration)],
        ["web", "Mehr dazu", richtext.safe_address(page.web)],
        ["organiser", "Wer veranstaltet", event.organiser],
        ["phone", "Telefon", page.organiser_phone.strip()],
        ["mail", "E-Mail", page.organiser_mail.strip()],
    ]  # fmt: skip


def _changed(event: Event, change: events.Change) -> str:
    other = change.event
    said = f"statt {clock.german_date(change.instead_of.date())}: {events.when(other)}"
    parts = [
        said,
        other.title if other.title != event.title else "",
        other.place if other.place != event.place else "",
    ]
    if other.status != event.status:
        parts.append(events.STATUS_WORDS[other.status])
    for name, label in _OF_A_CHANGE:
        if (said := getattr(other, name)) != getattr(event, name):
            parts.append(f"{label}: {_as_text(name, said)}")
    return ", ".join(part for part in parts if part)


def _as_text(name: str, value: Any) -> str:
    """What a change says of its own; nothing is said too, as it takes away what the series says."""
    if name == "position":
        text = _position(value)
    elif name == "access":
        text = ", ".join(events.access_word(one) for one in events.Access if one in value)
    else:
        text = value if isinstance(value, str) else ", ".join(sorted(value))
    return " ".join(text.split()) or "nichts"


def _position(position: tuple[float, float] | None) -> str:
    return f"{position[0]}, {position[1]}" if position else ""


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _filled(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if row[2]]
