"""Events as a calendar file, strictly after RFC 5545: folded, escaped, every zone described. Pure.

What iCalendar has no property for stands in X-STADTNAH-… properties, so that our own export can be read again without a loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Change, Event, Series, Status
from stadtnah.services.events.domain.ics.one import OWN
from stadtnah.services.events.domain.ics.timezone import described
from stadtnah.services.events.domain.ics.values import escaped
from stadtnah.services.events.domain.occurrences import NOTHING_OFF, DaysOff, left_out, occurrences
from stadtnah.services.events.domain.rule import write_rule

_OCTETS: Final = 75  # of a line without its end (RFC 5545, section 3.1)
_AHEAD: Final = timedelta(
    days=3 * 366
)  # so far the days a series leaves out by itself are written one by one
_STATES: Final = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}


def write(
    events: Iterable[Event],
    *,
    name: str,
    stamp: datetime,
    off: DaysOff = NOTHING_OFF,
    refresh: timedelta | None = None,
    window: tuple[date, date] | None = None,
) -> bytes:
    """The file. stamp: when it was made (UTC); the same events at the same moment give the same bytes.

    refresh: how often whoever subscribes should ask for it anew (RFC 7986, section 5.7, and its older name).
    window: the days in which what a series leaves out by itself is written one by one; without one three years around `stamp`.
    """
    found = list(events)
    window = window or (stamp.date() - _AHEAD, stamp.date() + _AHEAD)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Stadtnah//Veranstaltungen//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    if refresh:
        hours = f"PT{max(1, int(refresh.total_seconds()) // 3600)}H"
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{hours}", f"X-PUBLISHED-TTL:{hours}"]
    for zone, year in sorted(_zones(found).items()):
        lines += described(zone, year)
    for event in found:
        lines += _event(event, event, None, stamp, off, window)
        for change in event.series.changes:
            lines += _event(change.event, event, change, stamp, off, window)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _zones(events: list[Event]) -> dict[str, int]:
    """Each zone that is named, and the first year that needs it."""
    found: dict[str, int] = {}
    for event in events:
        for one in (event, *(change.event for change in event.series.changes)):
            if not one.all_day and one.zone != "UTC":
                found[one.zone] = min(found.get(one.zone, one.start.year), one.start.year)
    return found


def _event(
    event: Event,
    master: Event,
    change: Change | None,
    stamp: datetime,
    off: DaysOff,
    window: tuple[date, date],
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(master.uid)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    if change:
        yield _times("RECURRENCE-ID", [change.instead_of], master)
    yield _times("DTSTART", [event.start], event)
    if event.end > event.start:
        yield _times("DTEND", [event.end], event)
    yield f"SEQUENCE:{event.sequence}"
    if not change:
        yield from _series(event, off, window)
    yield from _words(event)
    yield "END:VEVENT"


def _series(event: Event, off: DaysOff, window: tuple[date, date]) -> Iterator[str]:
    series, zone = event.series, ZoneInfo(event.zone)
    for rule in series.rules:
        yield f"RRULE:{write_rule(rule, zone, all_day=event.all_day)}"
    span = event.end - event.start
    if plain := [extra.start for extra in series.extras if extra.end - extra.start == span]:
        yield _times("RDATE", plain, event)
    for extra in series.extras:
        if extra.end - extra.start != span:
            yield (
                _times("RDATE;VALUE=PERIOD", [extra.start], event)
                + "/"
                + _times("", [extra.end], event).rpartition(":")[2]
            )
    if series.without:
        yield _times("EXDATE", sorted(series.without), event)
    if series.without_days:
        yield f"{OWN}WITHOUT-DAYS:{','.join(f'{day:%Y%m%d}' for day in sorted(series.without_days))}"
    if series.skip:
        yield f"{OWN}SKIP:{','.join(sorted(series.skip))}"
    first, last = window
    first = max(event.start.date(), first)
    computed = set(left_out(event, first, max(last, first + _AHEAD), off)) | set(
        _on_days(event, series.without_days)
    )
    if computed:
        yield _times(f"EXDATE;{OWN}BY-RULE=1", sorted(computed), event)


def _on_days(event: Event, days: Iterable[date]) -> Iterator[datetime]:
    """What would begin on days that are left out whole: other programs take out dates one by one only."""
    whole = replace(event, series=Series(rules=event.series.rules))
    for day in days:
        yield from (one.key for one in occurrences(whole, day, day) if one.key.date() == day)


def _words(event: Event) -> Iterator[str]:
    for name, text in (
        ("SUMMARY", event.title),
        ("DESCRIPTION", event.description),
        ("LOCATION", event.place),
        (f"{OWN}ORGANISER", event.organiser),
        (f"{OWN}AUDIENCE", event.audience),
        (f"{OWN}PRICE", event.price),
    ):
        if text:
            yield f"{name}:{escaped(text)}"
    if event.position:
        yield f"GEO:{event.position[0]};{event.position[1]}"
    for name, address in (
        ("URL", event.url),
        ("CONFERENCE;VALUE=URI", event.online),
        (f"{OWN}REGISTRATION;VALUE=URI", event.registration),
        *(("IMAGE;VALUE=URI", picture) for picture in event.pictures),
    ):
        if address:
            yield f"{name}:{''.join(address.splitlines())}"  # a line of its own would be a property of its own
    if event.categories:
        yield f"CATEGORIES:{','.join(map(escaped, event.categories))}"
    if event.access:
        yield f"{OWN}ACCESS:{','.join(sorted(event.access))}"
    yield f"STATUS:{_STATES.get(event.status, 'CONFIRMED')}"
    if event.status not in {Status.SCHEDULED, Status.CANCELLED}:
        yield f"{OWN}STATUS:{event.status}"
    if event.changed:
        yield f"LAST-MODIFIED:{event.changed:%Y%m%dT%H%M%SZ}"


def _times(name: str, moments: list[datetime], event: Event) -> str:
    if event.all_day:
        return f"{name};VALUE=DATE:{','.join(f'{moment:%Y%m%d}' for moment in moments)}"
    if event.zone == "UTC":
        return f"{name}:{','.join(f'{moment:%Y%m%dT%H%M%SZ}' for moment in moments)}"
    return f"{name};TZID={event.zone}:{','.join(f'{moment:%Y%m%dT%H%M%S}' for moment in moments)}"


def _folded(line: str) -> bytes:
    """At most 75 octets a line, no letter torn apart."""
    found, room, held = [], _OCTETS, b""
    for letter in line:
        raw = letter.encode()
        if len(held) + len(raw) > room:
            found.append(held)
            held, room = b"", _OCTETS - 1  # the blank of the fold counts
        held += raw
    return b"\r\n ".join([*found, held]) + b"\r\n"
