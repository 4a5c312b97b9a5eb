"""Between an event and the page that editors work on, both ways and without a loss: `draft_from`, `event_of`.

What a page has no field for (pictures of other websites, the zone of a single date) is kept beside it (`KeptFields.kept`). Such pictures
are for whoever edits; they are no part of what is released, as a reader's browser would fetch them elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from html import escape, unescape
from typing import Any, Final

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import clipped
from stadtnah.publishing import occasion
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.services.events.api import Event
from stadtnah.surfaces.website.calendar import cleaning, founding
from stadtnah.surfaces.website.calendar.fields import ACCESS
from stadtnah.surfaces.website.calendar.models import TAKEN, EventPage
from stadtnah.surfaces.website.moving_in.drafts import free_slug

_ONE_DAY: Final = timedelta(days=1)
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*")
_BREAK: Final = re.compile(r"<br\s*/?>")
_END: Final = re.compile(r"</(?:p|li|h3|h4|ul|ol)>")
_TAG: Final = re.compile(r"<[^>]*>")
_TITLE: Final = 255
SHOWN: Final = frozenset({"title", "place", "status", "start", "end"})  # what a changed date has fields for


def draft_from(event: Event, *, by: User | None, origin: str) -> EventPage:
    """A new draft with one revision, below the place of the events; nothing is public. origin: where it came from, for editors.

    Raises ValueError without a first page.
    """
    with transaction.atomic():
        index = founding.calendar()
        taken = {*index.get_children().values_list("slug", flat=True), *TAKEN}
        page = EventPage(slug=free_slug(event.title, taken, "veranstaltung"), live=False, owner=by)
        fill(page, event)
        page.origin = clipped(origin, 200)
        page.has_unpublished_changes = True
        index.add_child(instance=page)
        page.save_revision(user=by, clean=False)
    return page


def update_from(page: EventPage, event: Event, *, by: User | None) -> EventPage:
    """The draft as the event is now; address, place of the register and pictures stay. What is public changes by a release alone."""
    fill(page, event)
    page.save()
    page.save_revision(user=by, clean=False)
    return page


def fill(page: EventPage, event: Event) -> None:
    """Writes the event into the fields; saves nothing."""
    page.title = page.draft_title = clipped(event.title, _TITLE)
    page.body = [("text", html_of(event.description))] if event.description else []
    page.teaser = ""
    page.zone = "" if event.zone == clock.town_zone().key else event.zone
    _fill_when(page, event)
    _fill_series(page, event)
    _fill_where(page, event)
    page.categories = "\n".join(event.categories)
    page.audience, page.price, page.organiser = event.audience, event.price, event.organiser
    page.registration, page.web = event.registration, event.url
    page.status = event.status.value
    page.uid, page.sequence, page.changed = event.uid, event.sequence, event.changed
    page.kept = {"pictures": list(event.pictures), "changes": _rests(event)}


def event_of(given: EventPage | Content) -> Event:
    """The event that a draft or released content is."""
    if isinstance(given, Content):
        return events.from_plain(
            {"title": given.title, "description": text_of(given), **given.extra["event"]}
        )
    event = alone(given)
    return replace(event, series=_series(given, event))


def html_of(text: str) -> str:
    """Paragraphs at blank lines."""
    parts = (escape(part, quote=False).replace("\n", "<br>") for part in _PARAGRAPH.split(text) if part)
    return "".join(f"<p>{part}</p>" for part in parts)


def text_of(content: Content) -> str:
    """What it says, for calendar programs: plain lines, a blank one between paragraphs; first why it is called off or moved."""
    parts = [
        occasion.marked(content, occasion.reason(content)),
        content.teaser,
        *(part for block in content.blocks for part in (block.title, _plain(block.html))),
    ]
    return "\n\n".join(part for part in parts if part)


def _plain(html: str) -> str:
    text = _END.sub("\n\n", _BREAK.sub("\n", html))
    return unescape(_TAG.sub("", text)).strip()


def _fill_when(page: EventPage, event: Event) -> None:
    page.first_day, page.all_day = event.start.date(), event.all_day
    last = (event.end - _ONE_DAY if event.all_day else event.end).date()
    page.last_day = last if last > page.first_day else None
    page.begins = None if event.all_day else event.start.time()
    page.ends = None if event.all_day or event.end == event.start else event.end.time()


def _fill_series(page: EventPage, event: Event) -> None:
    series, zone = event.series, cleaning.zone_of(page)
    habit = events.habit_of(series.rules, event.start, all_day=event.all_day)
    page.repeats, page.every = habit.choice, habit.every
    page.weekdays = ",".join(events.DAYS[day] for day in habit.weekdays)
    page.repeats_until, page.times = habit.until, habit.times
    page.rrule = "\n".join(events.write_rule(rule, zone, all_day=event.all_day) for rule in series.rules)
    page.left_out = events.write_days(series.without, series.without_days)
    page.extra_dates = events.write_extras(series.extras, all_day=event.all_day)
    page.skip_holidays = events.Skip.HOLIDAYS in series.skip
    page.skip_school = events.Skip.SCHOOL_HOLIDAYS in series.skip
    page.changes = [("change", _block(event, change)) for change in series.changes]


def _fill_where(page: EventPage, event: Event) -> None:
    name, _comma, address = event.place.partition(", ")
    split = name and address and name == name.strip() and address == address.strip()
    page.place_name, page.address = (name, address) if split else (event.place, "")
    page.latitude, page.longitude = event.position or (None, None)
    page.online = event.online
    for field, access in ACCESS:
        setattr(page, field, access in event.access)


def _block(event: Event, change: events.Change) -> dict[str, Any]:
    other = change.event
    whole = other.all_day
    last = other.end - _ONE_DAY if whole else other.end
    return {
        "day": change.instead_of.date(),
        "at": None if event.all_day else change.instead_of.time(),
        "status": "" if other.status == event.status else other.status.value,
        "first_day": other.start.date(),
        "begins": None if whole else other.start.time(),
        "last_day": last.date(),
        "ends": None if whole else other.end.time(),
        "title": "" if other.title == event.title else clipped(other.title, _TITLE),
        "place": "" if other.place == event.place else other.place,
    }


def _rests(event: Event) -> dict[str, Any]:
    """What the changed dates have of their own that their fields do not say, by the moment they stand for."""
    found = {}
    for change in event.series.changes:
        rest = events.difference(event, change.event)
        hidden = {name for name in SHOWN if rest.get(name)}
        kept = {name: value for name, value in rest.items() if name not in hidden}
        if kept:
            found[change.instead_of.isoformat()] = kept
    return found


def alone(page: EventPage) -> Event:
    """Without its series."""
    return Event(
        uid=page.uid or page.object_key,
        title=page.title.strip(),
        start=cleaning.start_of(page),
        end=cleaning.end_of(page),
        zone=cleaning.zone_of(page).key,
        all_day=page.all_day,
        sequence=page.sequence,
        description=text_of_page(page),
        place=place_of(page),
        position=_position(page),
        online=page.online.strip(),
        url=page.web.strip(),
        registration=page.registration.strip(),
        status=events.Status(page.status),
        organiser=page.organiser.strip(),
        audience=page.audience.strip(),
        price=page.price.strip(),
        categories=tuple(cleaning.categories_of(page.categories)),
        access=frozenset(access for field, access in ACCESS if getattr(page, field)),
        pictures=tuple(page.kept.get("pictures", ())),
        changed=page.changed,
    )


def text_of_page(page: EventPage) -> str:
    """As `text_of`, of the draft."""
    from stadtnah.surfaces.website import snapshot  # noqa: PLC0415 - it imports the page types

    said = snapshot.text_of(page)
    return text_of(Content("", "", said["teaser"], "", "", blocks=said["blocks"]))


def place_of(page: EventPage) -> str:
    """Name and address in one line, from the register when it stands there."""
    if page.place is not None:
        town = " ".join(filter(None, (page.place.postcode.strip(), page.place.town_name.strip())))
        parts = [page.place.title.strip(), page.place.street.strip(), town]
    else:
        parts = [page.place_name.strip(), page.address.strip()]
    return ", ".join(part for part in parts if part)


def _position(page: EventPage) -> tuple[float, float] | None:
    given = page.place if page.place is not None else page
    if given.latitude is None or given.longitude is None:
        return None
    return (float(given.latitude), float(given.longitude))


def _series(page: EventPage, event: Event) -> events.Series:
    without, days = events.read_days(page.left_out)
    if event.all_day:
        days |= {moment.date() for moment in without if moment.time() != time()}
    skip = {events.Skip.HOLIDAYS: page.skip_holidays, events.Skip.SCHOOL_HOLIDAYS: page.skip_school}
    return events.Series(
        rules=cleaning.rules_of(page),
        extras=events.read_extras(page.extra_dates, event.start, event.end, all_day=event.all_day),
        without=without,
        without_days=days,
        skip=frozenset(one for one, chosen in skip.items() if chosen),
        changes=tuple(_change(event, item.value, page.kept.get("changes", {})) for item in page.changes),
    )


def _change(event: Event, value: Any, rests: dict[str, Any]) -> events.Change:
    at = value["at"] or event.start.time()
    moment = datetime.combine(value["day"], time() if event.all_day else at)
    rest = rests.get(moment.isoformat(), {})
    other = events.with_values(replace(event, series=events.Series()), rest)
    start, end = _span(value, at, other)
    said: dict[str, Any] = {
        name: text for name in ("title", "place") if (text := (value[name] or "").strip())
    }
    if value["status"]:
        said["status"] = events.Status(value["status"])
    return events.Change(moment, replace(other, start=start, end=end, **said))


def _span(value: Any, at: time, event: Event) -> tuple[datetime, datetime]:
    """(begin, end) of a changed date; `event` is the whole of it but for its times."""
    first, span = value["first_day"] or value["day"], event.end - event.start
    if event.all_day:
        start = datetime.combine(first, time())
        return start, datetime.combine(value["last_day"], time()) + _ONE_DAY if value[
            "last_day"
        ] else start + span
    start = datetime.combine(first, value["begins"] or at)
    if value["ends"] is None and value["last_day"] is None:
        return start, start + span
    end = datetime.combine(value["last_day"] or first, value["ends"] or start.time())
    if end < start:
        end += _ONE_DAY
    return start, max(start, end)
