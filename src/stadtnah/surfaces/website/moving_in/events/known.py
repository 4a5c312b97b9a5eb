"""What of a file is here already: taken over before, of the same name, or probably the same event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun, hashed

_AROUND = timedelta(days=2)
_MOST = 20_000  # pages that are compared


def rows(run: ImportRun, found: list[events.Event]) -> list[FoundEvent]:
    """A row for each event. One that is probably here is proposed to be left out."""
    names = {hashed(event.uid): event for event in found}
    before = set(
        ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False).values_list(
            "guid_hash", flat=True
        )
    )
    fresh = [event for name, event in names.items() if name not in before]
    twins = twins_of(fresh)
    return [
        FoundEvent(
            run=run,
            title=event.title[:250],
            when=events.when(event),
            guid_hash=name,
            plain=events.to_plain(event),
            known=name in before,
            twin_id=twins.get(event.uid),
            choice=FoundEvent.Choice.SKIP if event.uid in twins else FoundEvent.Choice.NEW,
        )
        for name, event in names.items()
    ]


def broken(run: ImportRun, calendar: events.Calendar) -> list[FoundEvent]:
    """A row for each that nobody can read, with its reason."""
    return [
        FoundEvent(run=run, position=one.position, title=one.title[:250], reason_de=one.reason, guid_hash="")
        for one in calendar.broken
    ]


def twins_of(found: list[events.Event]) -> dict[str, int]:
    """By the name of an event the page that has the same name, or is probably the same event. Two queries, whatever their number."""
    if not found:
        return {}
    pages = list(_near(found))
    by_uid = {page.uid: page.pk for page in pages if page.uid}
    same = {event.uid: by_uid[event.uid] for event in found if event.uid in by_uid}
    known = [(drafts.event_of(page), page.pk) for page in pages]
    keys = {id(event): key for event, key in known}
    others = [event for event in found if event.uid not in same]
    pairs = events.twins_between(others, [event for event, _key in known])
    return same | {pair.one.uid: keys[id(pair.other)] for pair in reversed(pairs)}


def _near(found: list[events.Event]) -> Iterable[EventPage]:
    """Pages that may be one of these: around the same days, or series."""
    first = min(event.start for event in found).date() - _AROUND
    last = max(max(event.end for event in found).date() + _AROUND, first)
    near = Q(first_day__gte=first, first_day__lte=last) | ~Q(rrule="") | ~Q(extra_dates="")
    return EventPage.objects.filter(near).select_related("place").order_by("-pk")[:_MOST]
