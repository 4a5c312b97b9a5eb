"""What speaks up while an event is written, and how it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.text import counted
from stadtnah.publishing.checks.context import Remark
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import clashes, drafts, view

WRONG: Final = True
ODD: Final = False
_WHERE: Final = "details"
_NEXT: Final = 5
_LONG: Final = timedelta(days=60)


def check(content: Content, now: datetime) -> Iterator[Remark]:
    """What is wrong stops the submission, what is odd does not. now: as the town's clocks show."""
    event = drafts.event_of(content)
    if event.end < event.start:
        yield Remark(WRONG, _WHERE, "Das Ende liegt vor dem Beginn. Bitte prüfen Sie Tage und Uhrzeiten.")
        return
    yield from _dates(event, now)
    yield from _facts(event, content)
    yield from clashes.check(event, content, now)


def over(content: Content, moment: datetime) -> bool:
    """Whether nobody can come any more at a moment; of what cannot be counted the check speaks."""
    try:
        return events.over(drafts.event_of(content), moment, view.days_off())
    except events.TooMany:
        return False


def told(page: Any) -> list[str]:
    """How the program understands the dates, for whoever types them: the sentence, the next dates."""
    event = drafts.event_of(page)
    try:
        said = events.say(event, event.start.date(), view.days_off())
        found = events.following(event, max(event.start.date(), view.now().date()), _NEXT, view.days_off())
    except events.TooMany as problem:
        return [str(problem)]
    lines = [f"Wann: {events.when(event)}."]
    if said:
        lines.append(f"Wiederholung: {said}.")
    if said and found:
        days = " · ".join(clock.german_date(one.start.date()) for one in found)
        lines.append(f"Die nächsten Termine: {days}.")
    if number := events.asked_for_reminders([page.object_key]).get(page.object_key, 0):
        people = counted(number, "Mensch möchte", "Menschen möchten")
        lines.append(
            f"{people} erinnert werden. Wird eine Absage oder Verlegung freigegeben, geht eine E-Mail dorthin."
        )
    return lines


def _dates(event: events.Event, now: datetime) -> Iterator[Remark]:
    off = view.days_off()
    try:
        every = events.following(event, event.start.date(), 1, off)
        coming = events.following(event, max(event.start.date(), now.date()), 1, off)
    except events.TooMany as problem:
        yield Remark(WRONG, _WHERE, str(problem))
        return
    if not every:
        yield Remark(
            WRONG,
            _WHERE,
            "Aus Regel und Ausnahmen ergibt sich kein einziger Termin. Bitte prüfen Sie beides.",
        )
    elif not coming:
        yield Remark(ODD, _WHERE, "Alle Termine liegen in der Vergangenheit. Bitte prüfen Sie das Jahr.")
    yield from _exceptions(event, off)
    if events.Skip.SCHOOL_HOLIDAYS in event.series.skip and not any(
        last >= now.date() for _first, last in off.school
    ):
        said = "Für die kommende Zeit sind keine Schulferien eingetragen. Bitte ergänzen Sie sie auf der Seite „Veranstaltungen“."
        yield Remark(ODD, _WHERE, said)
    if not event.series.repeats and event.end - event.start > _LONG:
        said = "Die Veranstaltung dauert länger als zwei Monate. Ist es eine Serie einzelner Termine?"
        yield Remark(ODD, _WHERE, said)


def _exceptions(event: events.Event, off: events.DaysOff) -> Iterator[Remark]:
    """Exceptions that concern no date of the series: a slip of the pen, most likely."""
    series = event.series
    bare = events.Series(rules=series.rules, extras=series.extras)
    plain = events.with_series(event, bare)
    wanted = {moment.date() for moment in series.without} | set(series.without_days)
    wanted |= {change.instead_of.date() for change in series.changes}
    strays = [day for day in sorted(wanted)[:60] if not events.occurrences(plain, day, day, off)]
    if strays:
        days = ", ".join(events.day_words(day) for day in strays[:5])
        what = counted(len(strays), "Ausnahme betrifft", "Ausnahmen betreffen")
        yield Remark(ODD, _WHERE, f"{what} keinen Termin der Serie: {days}. Bitte prüfen Sie die Tage.")


def _facts(event: events.Event, content: Content) -> Iterator[Remark]:
    if not event.place and not event.online:
        yield Remark(
            WRONG, _WHERE, "Der Ort fehlt. Geben Sie an, wo es stattfindet, oder die Adresse im Netz."
        )
    if event.status is events.Status.MOVED_ONLINE and not event.online:
        yield Remark(WRONG, _WHERE, "Die Veranstaltung findet online statt, aber die Adresse im Netz fehlt.")
    said = content.detail
    if event.status in {events.Status.RESCHEDULED, events.Status.POSTPONED} and "moved_from" not in said:
        yield Remark(
            ODD, _WHERE, "Geben Sie an, wann die Veranstaltung ursprünglich war, damit niemand umsonst kommt."
        )
    if not content.teaser and not content.blocks:
        yield Remark(
            ODD,
            "teaser",
            "Es gibt noch keinen Text. Schreiben Sie in ein, zwei Sätzen, was man erwarten kann.",
        )
    if not event.organiser:
        yield Remark(ODD, _WHERE, "Es steht nicht da, wer veranstaltet.")
