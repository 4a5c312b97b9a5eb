"""What a calendar file holds, in German sentences, for whoever wants to know before it is taken over. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from stadtnah.kernel.clock import german_date, german_datetime
from stadtnah.kernel.text import counted
from stadtnah.services.events.domain import twins
from stadtnah.services.events.domain.event import STATUS_WORDS, Event, Skip, Status
from stadtnah.services.events.domain.expand import TooMany
from stadtnah.services.events.domain.ics.read import Calendar
from stadtnah.services.events.domain.occurrences import DaysOff, following
from stadtnah.services.events.domain.say import day_words, say
from stadtnah.services.events.domain.waste import as_waste_calendar

_SHOWN: Final = 20
_ONE_DAY: Final = timedelta(days=1)
_OTHERS: Final = {"VTODO": "Aufgaben", "VJOURNAL": "Notizen", "VFREEBUSY": "belegte Zeiten"}


def with_skips(event: Event, skip: frozenset[Skip]) -> Event:
    """A series that also leaves out these days; what takes place once stays as it is."""
    if not event.series.rules:
        return event
    return replace(event, series=replace(event.series, skip=event.series.skip | skip))


def school_holidays(calendar: Calendar) -> tuple[tuple[date, date], ...]:
    """First and last day of each holiday in a calendar of school holidays, as the Länder publish them."""
    found = {
        (event.start.date(), max(event.start.date(), (event.end - timedelta(seconds=1)).date()))
        for event in calendar.events
    }
    return tuple(sorted(found))


def report(calendar: Calendar, today: date, off: DaysOff, other: Calendar | None = None) -> list[str]:
    """A sentence a line: what is in it, what the series mean, what is there twice, what was put aside and why, what was odd.

    other: a calendar whose events may be the same.
    """
    series = [event for event in calendar.events if event.series.repeats]
    found = f"{counted(len(calendar.events), 'Termin', 'Termine')}, davon {counted(len(series), 'Serie', 'Serien')}"
    lines = [f"„{calendar.name}“: {found}." if calendar.name else f"{found}."]
    lines += _stretch(calendar)
    lines += _waste(calendar)
    lines += _listed("Serien", [_series(event, today, off) for event in series])
    if told := [event for event in calendar.events if event.status is not Status.SCHEDULED]:
        lines += _listed(
            "Absagen und Änderungen",
            [f"„{event.title}“, {_begin(event)}: {STATUS_WORDS[event.status]}" for event in told],
        )
    lines += _listed("Vermutlich doppelt", [_pair(pair) for pair in twins.within(calendar.events)])
    if other:
        found_there = [_pair(pair) for pair in twins.between(calendar.events, other.events)]
        lines += _listed("Vermutlich auch im anderen Kalender", found_there, always=True)
    if calendar.repeated:
        lines.append(f"Gleiche Kopien und ältere Fassungen ausgelassen: {calendar.repeated}.")
    lines += _listed(
        "Beiseitegelegt",
        [
            f"{calendar.unit} {one.position}{f' „{one.title}“' if one.title else ''}: {one.reason}"
            for one in calendar.broken
        ],
        always=True,
    )
    notes = [f"{number} × {note}" for note, number in calendar.notes.most_common()]
    notes += [
        f"{number} × {_OTHERS.get(name, name)}: nicht gelesen"
        for name, number in sorted(calendar.others.items())
    ]
    return lines + _listed("Hinweise", notes)


def _stretch(calendar: Calendar) -> Iterator[str]:
    if calendar.events:
        first = min(event.start for event in calendar.events)
        last = max(event.start for event in calendar.events)
        yield f"Erster Anfang: {german_date(first.date())}. Letzter Anfang: {german_date(last.date())}. Zeitzone: {calendar.zone}."


def _waste(calendar: Calendar) -> Iterator[str]:
    found = as_waste_calendar(calendar.events)
    if found is None:
        return
    yield f"Abfallarten: {', '.join(f'{kind} ({number})' for kind, number in found.kinds.most_common())}."
    if found.open:
        yield f"Nicht zugeordnet: {', '.join(f'„{title}“ ({number})' for title, number in found.open.most_common(5))}."


def _series(event: Event, today: date, off: DaysOff) -> str:
    try:
        said, coming = say(event, today, off), following(event, today, 1, off)
    except TooMany as problem:  # other years may have more dates than those that were tried when it was read
        return f"„{event.title}“, {_begin(event)}: {problem}"
    none = "kein Termin in den nächsten zwei Jahren"
    ahead = f"nächster Termin {day_words(coming[0].start)}" if coming else none
    return f"„{event.title}“, {_begin(event)}: {said} ({ahead})"


def _pair(pair: twins.Twins) -> str:
    titles = (
        f"„{pair.one.title}“ und „{pair.other.title}“"
        if pair.one.title != pair.other.title
        else f"„{pair.one.title}“"
    )
    place = pair.one.place or pair.other.place
    return f"{german_date(pair.day)}: {titles}{f', {place}' if place else ''}"


def _begin(event: Event) -> str:
    if not event.all_day:
        return german_datetime(event.start)
    last = (event.end - _ONE_DAY).date()
    return german_date(event.start.date()) + (
        f" bis {german_date(last)}" if last > event.start.date() else ""
    )


def _listed(head: str, sentences: list[str], *, always: bool = False) -> list[str]:
    if not sentences:
        return [f"{head}: keine."] if always else []
    more = len(sentences) - _SHOWN
    shown = [f"  {one}" for one in sentences[:_SHOWN]]
    return [f"{head}: {len(sentences)}.", *shown, *([f"  … und {more} weitere."] if more > 0 else [])]
