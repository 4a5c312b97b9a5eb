"""The dates of all released events: made with the release, renewed by the day. What is asked of them stands in `reading`.

An event is indexed in the transaction in which its released row changes (`make`). What a killed program left behind, what comes into
sight with time and what holidays change is found by one query (`due`) and made again; the same content gives the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.calendar import drafts, view
from stadtnah.surfaces.website.calendar.linked import FREE as SAYS_FREE
from stadtnah.surfaces.website.calendar.occurrence import (
    ORDER,
    EventTag,
    IndexedEvent,
    Occurrence,
    TaggedDate,
    days_of,
)
from stadtnah.surfaces.website.calendar.reading import AUDIENCE, CATEGORY, FREE, ONLINE, PLACE
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.released import ReleasedPage

SHAPE: Final = 2  # goes up when rows are made in another way: then all are made anew
LIST: Final = "list:events"  # an event was released, changed or withdrawn (`coming.EVENTS`)
AHEAD: Final = timedelta(days=18 * 31)
BACK: Final = timedelta(days=32)  # what leaves keeps what is over for a month (`coming.BACK`)
_SLACK: Final = timedelta(days=31)  # so an endless series is made anew once a month, not every day
_BATCH: Final = 200


def category_tag(slug: str) -> str:
    """The tag of a category."""
    return f"{CATEGORY}{slug}"


def place_tag(key: str) -> str:
    """The tag of a place of the register."""
    return f"{PLACE}{key}"


def keys_of(row: ReleasedPage) -> set[str]:
    """The lists that a released event stands in: what stands nearest, its months, its categories."""
    event = drafts.event_of(row.shown())
    found = {month_key(day) for _one, days in dates(event, offices.today()) for day in days}
    return found | {LIST, *(category_key(plain_slug(name)) for name in event.categories)}


def month_key(day: date) -> str:
    """The list of a month."""
    return f"{LIST}:{day:%Y-%m}"


def category_key(slug: str) -> str:
    """The list of a category."""
    return f"list:events-of:{slug}"


def make(row: ReleasedPage) -> None:
    """The dates of this row, as it is now: none when it is not public. Safe to be done again."""
    with transaction.atomic():
        Occurrence.objects.filter(page=row).delete()  # with what stands under its tags
        EventTag.objects.filter(page=row).delete()
        IndexedEvent.objects.filter(page=row).delete()
        if row.state != ReleasedPage.State.LIVE:
            return
        _store([_rows(row)])


def fill(rows: Iterable[ReleasedPage]) -> None:
    """The same for many public rows that have none yet."""
    made = [_rows(row) for row in rows]
    with transaction.atomic():
        _store(made)


def _store(made: list[_Rows]) -> None:
    Occurrence.objects.bulk_create([one for found in made for one in found.dates], batch_size=_BATCH)
    EventTag.objects.bulk_create([one for found in made for one in found.tags], batch_size=_BATCH)
    tagged = [_tagged(one, tag) for found in made for one in found.dates for tag in found.tags]
    TaggedDate.objects.bulk_create(tagged, batch_size=_BATCH)
    IndexedEvent.objects.bulk_create([found.event for found in made], batch_size=_BATCH)


def _tagged(one: Occurrence, tag: EventTag) -> TaggedDate:
    return TaggedDate(date=one, key=tag.key, first_day=one.first_day, starts=one.starts)


class _Rows(NamedTuple):
    dates: list[Occurrence]
    tags: list[EventTag]
    event: IndexedEvent


def _rows(row: ReleasedPage) -> _Rows:
    content, today = row.shown(), offices.today()
    event = drafts.event_of(content)
    return _Rows(
        [_row(row, content, event, *one) for one in dates(event, today)],
        _tags(row, content, event),
        IndexedEvent(
            page=row,
            digest=row.digest,
            until=today + AHEAD + _SLACK,
            days_off=fingerprint(event.series.skip),
            shape=SHAPE,
        ),
    )


def dates(event: events.Event, today: date) -> list[tuple[events.Occurrence, tuple[date, date]]]:
    """Each date in sight with the days that it belongs to; none of what has more than anybody plans."""
    off = view.days_off() if event.series.skip else events.DaysOff()
    first = today - BACK
    try:
        found = events.occurrences(event, first, today + AHEAD + _SLACK, off)
    except events.TooMany:
        return []
    return [(one, days_of(one.start, one.end, all_day=one.event.all_day)) for one in found]


def in_sight(first: date, last: date) -> bool:
    """Whether the index knows all of these days."""
    today = offices.today()
    return first >= today - BACK and last <= today + AHEAD


def fingerprint(skip: Collection[events.Skip]) -> str:
    """Which days a series that leaves these out leaves out; "" when it leaves out none."""
    if not skip:
        return ""
    off = view.days_off()
    said = repr((sorted(skip), off.land, sorted(off.local), off.school))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def due() -> QuerySet[ReleasedPage]:
    """The released events whose dates are not in the index as they should be. One query."""
    wanted = {
        fingerprint(skip)
        for skip in ((events.Skip.HOLIDAYS,), (events.Skip.SCHOOL_HOLIDAYS,), tuple(events.Skip))
    }
    rows = ReleasedPage.objects.filter(kind="event", state=ReleasedPage.State.LIVE)
    return rows.filter(
        Q(indexed=None)
        | ~Q(indexed__shape=SHAPE)
        | ~Q(indexed__digest=F("digest"))
        | Q(indexed__until__lt=offices.today() + AHEAD)
        | (~Q(indexed__days_off="") & ~Q(indexed__days_off__in=wanted))
    ).order_by("pk")


def renew() -> set[str]:
    """Makes what is due, a batch at a time, and forgets what is over; returns the lists that show it."""
    stale: set[str] = set()
    for row in due()[:_BATCH]:
        stale |= keys_of(row) | {row.object_key}
        make(row)
    over = offices.today() - BACK
    Occurrence.objects.filter(first_day__lt=over, last_day__lt=over).delete()  # the first for its index
    return stale


def _row(
    row: ReleasedPage,
    content: Content,
    event: events.Event,
    one: events.Occurrence,
    days: tuple[date, date],
) -> Occurrence:
    when, first_last = view.when(event, one), days
    zone = ZoneInfo(one.event.zone)
    return Occurrence(
        page=row,
        digest=row.digest,
        recurrence=one.key.isoformat(),
        begins_at=clock.resolve_wall(one.start, zone),
        ends_at=clock.resolve_wall(one.end, zone),
        starts=one.start.isoformat(),
        ends=one.end.isoformat(),
        first_day=first_last[0],
        last_day=first_last[1],
        long=first_last[1] > first_last[0],
        all_day=when.all_day,
        status=when.status.value,
        title=when.title or content.title,
        place=(when.place or event.place).partition(", ")[0][:500],
        path=row.path,
        changed=when.changed,
    )


def would_be(content: Content) -> list[Occurrence]:
    """The dates that stood in the index if this were released; nothing is stored."""
    row, event = ReleasedPage(object_key=content.object_key, path=content.path), drafts.event_of(content)
    return [_row(row, content, event, *one) for one in dates(event, offices.today())]


def _tags(row: ReleasedPage, content: Content, event: events.Event) -> list[EventTag]:
    found: dict[str, str] = {}
    for name in event.categories:
        if slug := plain_slug(name)[:100]:
            found.setdefault(category_tag(slug), name)
    for one in event.access:
        found[f"access:{one}"] = ""
    if event.online:
        found[ONLINE] = ""
    if SAYS_FREE.search(event.price):
        found[FREE] = ""
    if slug := plain_slug(event.audience)[:100]:
        found[f"{AUDIENCE}{slug}"] = event.audience[:100]
    if key := content.extra.get("links", {}).get("place", ""):
        found[place_tag(key)] = ""
    return [EventTag(page=row, key=key, label=label) for key, label in found.items()]


def last_month() -> date:
    """The first day of the last month with a date in sight; this month without any."""
    today = offices.today()
    found: date | None = (
        Occurrence.objects.order_by(*(f"-{name}" for name in ORDER))
        .values_list("first_day", flat=True)
        .first()
    )
    return min(max(found or today, today), today + AHEAD).replace(day=1)


def pages_of(rows: Iterable[Occurrence]) -> frozenset[str]:
    """What a page with these dates is made of."""
    return frozenset(one.page_id for one in rows)
