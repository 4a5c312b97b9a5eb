"""What pages show of an event: its next dates, where it is, what became of it. Read from released content, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.town.api import base_url, town
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.offices.view import Place
from stadtnah.surfaces.website.released import ReleasedPage

DAYS_OFF: Final = "list:event-days-off"  # the school holidays changed
NEXT: Final = 6  # dates that are named
FILE: Final = "termin.ics"
FILE_TYPE: Final = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class When:
    """One date as a page names it. changed: it is not as the series says."""

    start: datetime
    end: datetime
    all_day: bool
    status: events.Status
    title: str
    place: str
    changed: bool = False

    @property
    def last_day(self) -> date:
        """The last day that it belongs to."""
        return events.last_day(self.start, self.end, all_day=self.all_day)

    @property
    def off(self) -> bool:
        """Whether nobody need come."""
        return self.status in {events.Status.CANCELLED, events.Status.POSTPONED}


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with what stands around it, as of a day. said: the series in plain German; again: whether there is more than one date."""

    event: events.Event
    today: date
    dates: list[When]
    said: str
    again: bool
    more: bool
    place: Place | None

    @property
    def next(self) -> When | None:
        """The date that machines are told of: the next one, else none."""
        return self.dates[0] if self.dates else None

    @property
    def over(self) -> bool:
        """Whether there is no date any more."""
        return not self.dates

    @property
    def takes_place(self) -> bool:
        """Whether there is a date for which one could come."""
        return any(not one.off for one in self.dates)


def days_off() -> events.DaysOff:
    """Public holidays of the Land and this municipality, and the school holidays that were released."""
    row = ReleasedPage.objects.filter(kind="events", state=ReleasedPage.State.LIVE).first()
    spans = row.content["extra"].get("school", ()) if row else ()
    school = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans)
    return events.DaysOff(town().land, offices.closings().local, school)


def shown(content: Content) -> tuple[Shown, frozenset[str]]:
    """The event of this content, which need not be public yet, and what a page that shows it is made of."""
    event, today = drafts.event_of(content), offices.today()
    off = days_off() if event.series.skip else events.DaysOff()
    try:
        found = events.following(event, today, NEXT + 1, off)
        said = events.say(event, today, off)
    except events.TooMany:
        found, said = [], ""
    dates = [when(event, one) for one in found]
    place, uses = _place(str(content.extra.get("links", {}).get("place", "")))
    if event.series.skip:
        uses |= {DAYS_OFF, offices.CLOSINGS, "town"}
    if dates:  # made anew the day after the first of them
        uses |= {f"{offices.DAY}{max(today, dates[0].last_day).isoformat()}"}
    around = Shown(event, today, dates[:NEXT], said, event.series.repeats, len(dates) > NEXT, place)
    return around, uses


def when(event: events.Event, one: events.Occurrence) -> When:
    """A date of the event; a changed one says what is different about it."""
    other = one.event
    return When(
        one.start,
        one.end,
        other.all_day,
        other.status if other is not event else event.status,
        other.title if other.title != event.title else "",
        other.place if other.place != event.place else "",
        changed=other is not event,
    )


def file_of(content: Content, row: ReleasedPage) -> bytes:
    """The event for a calendar program. Nothing in it but what is released."""
    return events.write(
        [for_programs(content, row)], name=content.title, stamp=row.updated_at, off=days_off()
    )


def for_programs(content: Content, row: ReleasedPage) -> events.Event:
    """The event as other programs get it: each release that changed the page counts, and it leads back to the website."""
    event = drafts.event_of(content)
    base = base_url()
    pictures = (f"{base}{content.hero.mail_path}",) if content.hero else ()
    return replace(
        event,
        url=event.url or f"{base}{row.path}",
        sequence=event.sequence + row.version - 1,
        pictures=pictures,
        changed=row.updated_at,
    )


def _place(key: str) -> tuple[Place | None, frozenset[str]]:
    row: Any = key and ReleasedPage.objects.filter(pk=key, state=ReleasedPage.State.LIVE).first()
    return (offices.place_of(row.shown()) if row else None), frozenset({key} - {""})


def now() -> datetime:
    """The town's clocks."""
    return clock.local(clock.now()).replace(tzinfo=None)
