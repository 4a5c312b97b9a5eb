"""The warning that something is in the way of an event: read from the index of dates, from what waits to be moderated and from drafts.

Three queries, each bounded, whatever the number of events and dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Q, When

from stadtnah.kernel.text import counted
from stadtnah.publishing.checks.context import Remark
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts, view
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.calendar.occurrence import Occurrence

_WHERE: Final = "when"
_DATES: Final = 26  # of a series: half a year of a weekly one
_RELEASED, _HANDED_IN, _DRAFTS = 120, 60, 60
_NAMED: Final = 3
HANDED_IN: Final = "handed-in:"


def check(event: events.Event, content: Content, now: datetime) -> Iterator[Remark]:
    """Hints, none that stops anything; a person knows whether two events share a place."""
    place = str(content.extra.get("links", {}).get("place", ""))
    clashes = found(event, now, place=place, but=content.object_key)
    for clash in clashes[:_NAMED]:
        yield Remark(wrong=False, where=_WHERE, text=words(clash), about=clash.other.about)
    if (more := len(clashes) - _NAMED) > 0:
        what = counted(more, "weitere Veranstaltung steht", "weitere Veranstaltungen stehen")
        yield Remark(wrong=False, where=_WHERE, text=f"{what} dem Termin im Weg.")


def words(clash: events.Clash) -> str:
    """A sentence that names the other event with its date, and what to do."""
    other = clash.other
    said = f"{events.when(other.event)} ({other.where})"
    if not other.about.startswith(
        HANDED_IN
    ):  # a title that nobody has looked at yet stays on the screen of moderation
        said = f"„{other.event.title}“, {said}"
    if clash.why is events.Why.TWIN:
        return f"Vermutlich ist die Veranstaltung schon da: {said}. Bitte prüfen Sie, ob sie doppelt ist."
    if clash.why is events.Why.PLACE:
        return f"Zur gleichen Zeit ist am gleichen Ort schon etwas: {said}. Bitte prüfen Sie Zeit und Ort."
    return f"Am gleichen Abend ist schon etwas für dieselben Leute („{clash.shared}“): {said}. Bitte prüfen Sie, ob sich beides stört."


def found(event: events.Event, now: datetime, *, place: str = "", but: str = "") -> list[events.Clash]:
    """What clashes with its dates to come. now: as the town's clocks show; place: its key in the register; but: the key of the event itself."""
    if event.status in {events.Status.CANCELLED, events.Status.POSTPONED}:
        return []
    off = view.days_off() if event.series.skip else events.DaysOff()
    try:
        coming = events.following(event, max(event.start.date(), now.date()), _DATES, off)
    except events.TooMany:
        return []
    dates = [events.date_of(one) for one in coming]
    if not dates:
        return []
    days = {one.start.date() for one in dates}
    return events.clashes(dates, place, [*_released(dates, but), *_drafts(days, but), *_handed_in(days, but)])


def _released(dates: list[events.Event], but: str) -> list[events.Other]:
    """Dates of released events around these."""
    wanted = Q(first_day__in={day for one in dates if (day := events.evening(one))})
    for begin, end in map(events.span_of, dates):
        wanted |= Q(begins_at__lt=end + events.TWINS_AROUND, ends_at__gt=begin - events.TWINS_AROUND)
    rows = Occurrence.objects.filter(wanted).exclude(page=but).select_related("page")
    return [_other(row) for row in rows.order_by("begins_at", "pk")[:_RELEASED]]


def _other(row: Occurrence) -> events.Other:
    content = row.page.shown()
    event = drafts.event_of(content)
    one = events.date_of(events.Occurrence(row.start, row.end, row.start, event))
    said: dict[str, Any] = {"title": row.title, "status": row.status, "all_day": row.all_day}
    if row.place and row.place != event.place.partition(", ")[0]:  # a single date somewhere else
        said |= {"place": row.place, "position": None}
    one = events.with_values(one, said)
    place = str(content.extra.get("links", {}).get("place", ""))
    return events.Other(one, place, "im Kalender", content.object_key)


def _drafts(days: set[date], but: str) -> list[events.Other]:
    """Drafts that nobody released yet: those that begin on these days, and then series, the youngest first."""
    rows = EventPage.objects.filter(Q(first_day__in=days) | ~Q(rrule=""), live=False)
    if but and not but.startswith(HANDED_IN):
        rows = rows.exclude(uuid=UUID(but.partition(":")[2]))
    here = Case(When(first_day__in=days, then=0), default=1)
    return [
        events.Other(one, page.place.object_key if page.place else "", "Entwurf", page.object_key)
        for page in rows.select_related("place").order_by(here, "-first_day", "pk")[:_DRAFTS]
        for one in _on(drafts.event_of(page), days)
    ]


def _handed_in(days: set[date], but: str) -> list[events.Other]:
    rows = events.inbox(events.UNDECIDED).filter(ends_on__gte=min(days))[:_HANDED_IN]
    return [
        events.Other(one, "", "gemeldet, noch nicht übernommen", key)
        for row in rows
        if (key := f"{HANDED_IN}{row.pk}") != but
        for one in _on(events.event_of_submission(row), days)
    ]


def _on(event: events.Event, days: set[date]) -> list[events.Event]:
    """Its dates on these days."""
    try:
        return [events.date_of(one) for day in sorted(days) for one in events.occurrences(event, day, day)]
    except events.TooMany:
        return []
