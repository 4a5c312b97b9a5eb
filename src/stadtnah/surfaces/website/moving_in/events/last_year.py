"""Events of a past year once more: chosen ones become drafts with their dates moved to the same weekday of the same month."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.events.looking import KIND
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun, hashed, source_key

_HALF = 7  # from July on the next year is planned
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Past:
    """An event of that year. done: it was copied already."""

    page: EventPage
    when: str
    then: str
    done: bool


def usual_year() -> int:
    """Whose events are wanted now: in autumn those of the year that ends."""
    today = clock.local(clock.now()).date()
    return today.year if today.month >= _HALF else today.year - 1


def of_year(year: int) -> list[Past]:
    """The events that began in that year, in their order; series that go on are left out. Two queries."""
    copied = set(_items(year).values_list("guid_hash", flat=True))
    found = []
    for page in _pages(year):
        event = drafts.event_of(page)
        if any(rule.until is None and rule.count is None for rule in event.series.rules):
            continue
        moved = _moved(page, event, year)
        found.append(Past(page, events.when(event), events.when(moved), hashed(moved.uid) in copied))
    return found


def start(year: int, chosen: set[int], *, by: User) -> ImportRun | None:
    """A run that copies them, waiting; None when nothing is chosen. Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    source = _source(year)
    run = ImportRun(source=source, title=source, kind=KIND, with_pictures=False, started_by=by)
    run.source_key, run.options = source_key(source, KIND, source), {"taking": True}
    rows = [
        _row(run, place, page, _moved(page, drafts.event_of(page), year))
        for place, page in enumerate((page for page in _pages(year) if page.pk in chosen), start=1)
    ]
    if not rows:
        return None
    run.total = len(rows)
    with transaction.atomic():
        run.save()
        FoundEvent.objects.bulk_create(rows, batch_size=200)
        audit.record("import.started", actor=by, subject=f"import:{run.pk}", data={"kind": run.kind})
    return run


def _pages(year: int) -> list[EventPage]:
    rows = (
        EventPage.objects.filter(first_day__year=year)
        .select_related("place")
        .order_by("first_day", "begins", "pk")
    )
    return list(rows[:_MOST])


def _moved(page: EventPage, event: events.Event, year: int) -> events.Event:
    return events.again(event, year + 1, f"{page.object_key}-{year + 1}")


def _source(year: int) -> str:
    return f"Veranstaltungen aus {year}"


def _items(year: int) -> QuerySet[ImportedItem]:
    key = source_key(_source(year), KIND, _source(year))
    return ImportedItem.objects.filter(source_key=key, page__isnull=False)


def _row(run: ImportRun, place: int, page: EventPage, event: events.Event) -> FoundEvent:
    return FoundEvent(
        run=run,
        position=place,
        title=event.title[:250],
        when=events.when(event)[:200],
        guid_hash=hashed(event.uid),
        plain=events.to_plain(event),
        twin=page,
        choice=FoundEvent.Choice.COPY,
    )
