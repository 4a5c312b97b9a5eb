"""The calendars of `make corpus`: what each file holds, what was put aside and why, and whether two independent programs mean the same dates.

The dates of 2026 and 2027 are compared with those that recurring-ical-events finds in the file as it stands, without the events that
were put aside, and in our export of it. Where that library cannot read the file, only the export is compared.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from stadtnah.services.events import api

ENDINGS = {".ics", ".ical", ".icalendar"}
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
COUNTED = ("items", "read", "series", "changed", "quarantined", "repeated", "dates", "different")
REASONS_SHOWN = 3
TOWN = ZoneInfo("Europe/Berlin")


@dataclass
class Line:
    """What became of one calendar. different: dates that only one of the two programs finds."""

    name: str
    items: int = 0
    read: int = 0
    series: int = 0
    changed: int = 0
    quarantined: int = 0
    repeated: int = 0
    dates: int = 0
    different: int = 0
    seconds: float = 0.0
    unread_by_oracle: str = ""
    reasons: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    crash: str = ""


def taken(path: Path, name: str) -> Line:
    line, begun = Line(name), time.perf_counter()
    try:
        _take(path.read_bytes(), line)
    except api.NoCalendar as problem:
        line.reasons[str(problem)] += 1
    except Exception as problem:  # noqa: BLE001 - the next file must be tried; the table names the crash
        line.crash = f"{type(problem).__name__}: {problem}"[:200]
    line.seconds = line.seconds or time.perf_counter() - begun
    return line


def _take(data: bytes, line: Line) -> None:
    begun = time.perf_counter()
    found = api.read(data, TOWN)
    line.seconds = time.perf_counter() - begun
    line.items, line.read, line.quarantined = found.total, len(found.events), len(found.broken)
    line.series = sum(1 for event in found.events if event.series.repeats)
    line.changed, line.repeated = found.changes, found.repeated
    line.reasons.update(re.sub(r"\d+", "N", one.reason) for one in found.broken)
    line.notes = found.notes
    ours = _ours(found.events)
    line.dates = sum(ours.values())
    again = api.write(found.events, name=found.name, stamp=datetime(2026, 11, 29, tzinfo=UTC))
    if api.read(again, TOWN).events != found.events:
        raise AssertionError("our own export is not read as it was written")
    exported = _theirs(again, set())
    line.different = _apart(ours, exported)
    try:
        as_it_stands = _theirs(data, {one.position for one in found.broken})
    except Exception as problem:  # noqa: BLE001 - the other program may fail as it likes; it is named
        line.unread_by_oracle = type(problem).__name__
    else:
        line.different += _apart(ours, as_it_stands)


def _apart(one: Counter[Any], other: Counter[Any]) -> int:
    return sum(((one - other) + (other - one)).values())


def _ours(events: list[api.Event]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for occurrence in (one for event in events for one in api.occurrences(event, FIRST, LAST)):
        zone = TOWN if occurrence.event.all_day else ZoneInfo(occurrence.event.zone)
        found[occurrence.start.replace(tzinfo=zone).astimezone(UTC), occurrence.event.title] += 1
    return found


def _theirs(data: bytes, without: set[int]) -> Counter[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    for position in sorted(without, reverse=True):
        calendar.subcomponents.remove(events[position - 1])
    found: Counter[Any] = Counter()
    for one in recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(days=1)):
        value = one["DTSTART"].dt
        # A whole day whose end has a time is a moment to that library, and a title that is there twice is a list.
        moment = (
            value
            if isinstance(value, datetime)
            else datetime(value.year, value.month, value.day, tzinfo=TOWN)
        )
        title = one["SUMMARY"][0] if isinstance(one["SUMMARY"], list) else one["SUMMARY"]
        key = (moment if moment.tzinfo else moment.replace(tzinfo=TOWN)).astimezone(UTC)
        found[key, str(title).strip().replace("\n", " ")] += 1
    return found


def table(lines: list[Line]) -> None:
    head = ("Termine", "gelesen", "Serien", "geändert", "Quarant.", "Kopien", "2026–27", "anders", "Sek.")
    print(f"{'Kalender':<66} " + " ".join(f"{one:>8}" for one in head))
    for line in lines:
        name = line.name if len(line.name) <= 66 else f"…{line.name[-65:]}"
        print(
            f"{name:<66} "
            + " ".join(f"{getattr(line, one):>8}" for one in COUNTED)
            + f" {line.seconds:>8.2f}"
        )
        if line.crash:
            print(f"    ABSTURZ {line.crash}")
        for reason, count in line.reasons.most_common(REASONS_SHOWN):
            print(f"    {count} × beiseitegelegt: {reason}")
        for note, count in line.notes.most_common(REASONS_SHOWN):
            print(f"    {count} × {note}")
        if line.unread_by_oracle:
            print(
                f"    Gegenprobe nur am bereinigten Kalender: das andere Programm liest die Datei nicht ({line.unread_by_oracle})."
            )


def summary(lines: list[Line]) -> str:
    reasons: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for line in lines:
        reasons.update(line.reasons)
        notes.update(line.notes)
    return json.dumps(
        {
            "corpus": "calendar",
            "files": len(lines),
            **{name: sum(getattr(line, name) for line in lines) for name in COUNTED},
            "seconds": round(sum(line.seconds for line in lines), 2),
            "crashed": sum(1 for line in lines if line.crash),
            "unread_by_oracle": sum(1 for line in lines if line.unread_by_oracle),
            "reasons": dict(reasons.most_common(10)),
            "notes": dict(notes.most_common(10)),
        },
        ensure_ascii=False,
    )
