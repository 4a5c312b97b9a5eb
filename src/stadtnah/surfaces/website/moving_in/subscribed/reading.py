"""What stands at the address of a calendar, as events: iCalendar, a feed whose entries say when they take place, a web page with JSON-LD."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import decoding
from stadtnah.publishing.content import Block, Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.moving_in import addresses, markup, parse
from stadtnah.surfaces.website.moving_in.foreign import FeedError, ForeignItem
from stadtnah.surfaces.website.moving_in.site.domain import head

_LINK: Final = re.compile(r"<link\s[^<>]{0,600}>", re.IGNORECASE)
_LONGEST_PAGE: Final = 5_000_000


def calendar_of(data: bytes, address: str, content_type: str, town: ZoneInfo) -> events.Calendar:
    """The events. Raises FeedError (German) for what holds none in a form that programs understand."""
    try:
        if events.is_calendar(data):
            return events.read(data, town)
    except events.NoCalendar as problem:
        raise FeedError(str(problem)) from None
    if is_page(data):
        return _page(data, address, content_type, town)
    return _feed(data, address, content_type, town)


def is_page(data: bytes) -> bool:
    """Whether it is a web page."""
    return parse.is_page(decoding.text(*decoding.normalised(data[:4_000], None)))


def is_feed(data: bytes) -> bool:
    """Whether it is a feed or a web page rather than a table."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _page(data: bytes, address: str, content_type: str, town: ZoneInfo) -> events.Calendar:
    html = decoding.text(*decoding.normalised(data[:_LONGEST_PAGE], content_type or None))
    found = events.from_things(head.linked_things(html), town)
    if not found.total:
        raise FeedError(_advice(html, address))
    found.name = head.head_of(html).title[:200]
    found.cut = len(data) > _LONGEST_PAGE
    return found


def _advice(html: str, address: str) -> str:
    for match in _LINK.finditer(html[:200_000]):
        given = {name.lower(): value for name, value in markup.attributes_of(match[0]).items()}
        if given.get("type", "").lower() == "text/calendar":
            there = addresses.absolute(given.get("href", ""), address) or given.get("href", "")
            return f"Auf dieser Seite stehen keine Termine für Programme. Sie nennt aber einen Kalender: {there[:300]}"
    return (
        "Auf dieser Seite stehen keine Termine in einer Form, die Programme verstehen (schema.org, JSON-LD). "
        "Fragen Sie den Verein nach der Adresse seines Kalenders; sie endet oft auf „.ics“."
    )


def _feed(data: bytes, address: str, content_type: str, town: ZoneInfo) -> events.Calendar:
    reading = parse.read(data, source_url=address, content_type=content_type or None, zone=town)
    found = events.Calendar(name=reading.title[:200], unit="Eintrag", total=reading.total)
    for item in reading.items:
        try:
            found.events.append(_of(item, town))
        except events.Unreadable as problem:
            found.broken.append(events.Broken(item.position, item.title[:80], str(problem), item.guid[:255]))
    found.broken += [
        events.Broken(one.position, one.title[:80], one.reason_de[:500]) for one in reading.broken
    ]
    found.repeated = reading.repeated
    return found


def _of(item: ForeignItem, town: ZoneInfo) -> events.Event:
    said = item.happens
    if not said:
        raise events.Unreadable(
            "Der Eintrag nennt nur, wann er veröffentlicht wurde, nicht den Tag der Veranstaltung."
        )
    start, end, whole = events.dated(said["start"], said["end"], town, field="Beginn")
    blocks = tuple(part for part in item.blocks if isinstance(part, Block))
    return events.Event(
        uid=item.guid[:255],
        title=item.title[:250],
        start=start,
        end=end,
        zone=town.key,
        all_day=whole,
        description=drafts.text_of(Content("", "", "", "", "", blocks=blocks))[:20_000],
        place=" ".join(said["place"].split())[:500],
        organiser="" if "@" in said["organiser"] else " ".join(said["organiser"].split())[:300],
        url=item.link if item.link.startswith(("http://", "https://")) else "",
        categories=item.categories[:20],
    )


def with_defaults(
    found: events.Calendar, *, organiser: str = "", place: str = "", category: str = ""
) -> events.Calendar:
    """What the calendar does not say of its events, said by whoever subscribed it."""
    found.events = [
        replace(
            one,
            organiser=one.organiser or organiser,
            place=one.place or ("" if one.online else place),
            categories=one.categories or ((category,) if category else ()),
        )
        for one in found.events
    ]
    return found
