"""A reading of a subscribed calendar against what is known of it: drafts for the run, questions for people. The rule is `events.plan`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.events import known as already
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun, hashed
from stadtnah.surfaces.website.moving_in.subscribed import words
from stadtnah.surfaces.website.moving_in.subscribed.models import Question, Subscription

SETTLED: Final = "settled"  # the answer of a question that answered itself


@dataclass(slots=True)
class _Known:
    """What was taken over of a calendar, in a constant number of queries."""

    items: dict[str, ImportedItem]
    pages: dict[int, EventPage]
    submitted: set[str]

    @classmethod
    def of(cls, run: ImportRun) -> _Known:
        rows = ImportedItem.objects.filter(source_key=run.source_key).exclude(state=ImportedItem.State.BROKEN)
        pages = EventPage.objects.filter(pk__in=rows.values("page_id")).select_related("place")
        return cls(
            {row.guid_hash: row for row in rows},
            {page.pk: page for page in pages},
            publishing.laid_before(rows.values("object_key")),
        )

    def page(self, name: str) -> EventPage | None:
        row = self.items.get(name)
        return self.pages.get(row.page_id) if row and row.page_id else None

    def told(self, name: str, *, seen: bool, today: date) -> events.Known:
        row, page = self.items[name], self.page(name)
        if page is None:
            return events.Known("", here=False)
        edited = page.latest_revision_id != row.revision_id
        return events.Known(
            events.digest_of(row.parts) if row.parts else "",
            ours=edited or row.object_key in self.submitted or hashed(page.uid) != name,
            gone=row.state == ImportedItem.State.GONE,
            over=not seen and is_over(drafts.event_of(page), today),
        )


def follow(one: Subscription, calendar: events.Calendar) -> bool:
    """Keeps what is to be done as one step; whether the run has something to take over. The caller saves `one`."""
    known = _Known.of(one.run)
    found = {hashed(event.uid): event for event in calendar.events}
    today = clock.local(clock.now()).date()
    twins = already.twins_of([event for name, event in found.items() if name not in known.items])
    adopted = _adopted(known, found)
    asked = dict(one.questions.filter(answer="").values_list("guid_hash", "kind"))
    plan = events.plan(
        {name: known.told(name, seen=name in found, today=today) for name in known.items},
        {
            name: events.Seen(events.digest_of(events.parts(event)), twin=event.uid in twins)
            for name, event in found.items()
        },
        {name: events.Ask(kind) for name, kind in asked.items()},
        whole=not calendar.cut and all(broken.uid for broken in calendar.broken),
        unreadable={hashed(broken.uid) for broken in calendar.broken if broken.uid},
        said=events.Said(one.said),
    )
    one.said = plan.said.value
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=one.run_id)
        _questions(one, plan, known, found, twins)
        _back(known, plan.back)
        ImportedItem.objects.bulk_update(adopted, ["parts"], batch_size=200)
        return _to_take(run, plan.take, found, calendar)


def _adopted(known: _Known, found: dict[str, events.Event]) -> list[ImportedItem]:
    """Those that came by a single reading of this address before: what stands there now is what they are compared with from here on."""
    rows = [row for name, row in known.items.items() if row.page_id and not row.parts and name in found]
    for row in rows:
        row.parts = events.parts(found[row.guid_hash])
    return rows


def is_over(event: events.Event, today: date) -> bool:
    """Whether its last date is past."""
    if not event.series.repeats:
        return events.last_day(event.start, event.end, all_day=event.all_day) < today
    try:
        return not events.following(event, today, 1)
    except events.TooMany:
        return False


def _questions(
    one: Subscription,
    plan: events.Plan,
    known: _Known,
    found: dict[str, events.Event],
    twins: dict[str, int],
) -> None:
    rows = {row.guid_hash: row for row in one.questions.select_for_update().filter(answer="")}
    settled = [row.pk for name, row in rows.items() if name in plan.settled]
    one.questions.filter(pk__in=settled).update(answer=SETTLED, answered_at=clock.now(), plain={}, changes=[])
    fresh = []
    for name, kind in plan.ask.items():
        before = rows.get(name)
        if before is not None and before.kind == kind and name not in found:
            continue  # nothing new is known of it
        row = before or Question(subscription=one, guid_hash=name)
        row.kind = kind.value
        _tell(row, known, found.get(name), twins)
        if before is None:
            fresh.append(row)
        else:
            row.save()
    Question.objects.bulk_create(fresh, batch_size=200, ignore_conflicts=True)


def _tell(row: Question, known: _Known, event: events.Event | None, twins: dict[str, int]) -> None:
    """What a question says."""
    page = known.page(row.guid_hash)
    row.plain, row.changes = {}, []
    if row.kind == events.Ask.EMPTY:
        row.title, row.number = "", sum(item.page_id is not None for item in known.items.values())
        return
    shown = event or (drafts.event_of(page) if page else None)
    if shown is None:
        return
    row.title, row.when = shown.title[:250], events.when(shown)[:200]
    row.page_id = page.pk if page else None
    if event is None:
        return
    row.plain = events.to_plain(event)
    if row.kind == events.Ask.TWIN:
        row.page_id = twins.get(event.uid)
    elif page is not None:
        draft = page.get_latest_revision_as_object()
        now = events.parts_of(row.plain)
        names = events.changed_parts(known.items[row.guid_hash].parts, now)
        row.title = page.title[:250]
        row.changes = words.differences(drafts.event_of(draft), event, names)


def _back(known: _Known, names: Iterable[str]) -> None:
    """Those that were missing, and are there again."""
    rows = [known.items[name].pk for name in names]
    ImportedItem.objects.filter(pk__in=rows).update(state=ImportedItem.State.KEPT, reason_de="")


def _to_take(
    run: ImportRun, names: set[str], found: dict[str, events.Event], calendar: events.Calendar
) -> bool:
    """What the run takes over: the drafts that are new or may be updated, and what was put aside."""
    broken = {hashed(f"broken\n{one.position}\n{one.title[:250]}") for one in calendar.broken}
    aside = ImportedItem.objects.filter(source_key=run.source_key, state=ImportedItem.State.BROKEN)
    if not names and broken == set(aside.values_list("guid_hash", flat=True)):
        return False
    rows = [
        FoundEvent(
            run=run,
            title=event.title[:250],
            when=events.when(event)[:200],
            guid_hash=name,
            plain=events.to_plain(event),
        )
        for name, event in found.items()
        if name in names
    ]
    for place, row in enumerate(rows, start=1):
        row.position = place
    begin(run, [*rows, *already.broken(run, calendar)], total=len(rows))
    return True


def begin(run: ImportRun, rows: list[FoundEvent], *, total: int) -> None:
    """Lets a run take these over. Within a transaction that holds its row."""
    run.events.all().delete()
    FoundEvent.objects.bulk_create(rows, batch_size=200)
    values: dict[str, Any] = {"options": {**run.options, "taking": True}, "total": total, "done": 0}
    values |= {"stop_requested": False, "error_de": "", "finished_at": None}
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.WAITING, **values)
