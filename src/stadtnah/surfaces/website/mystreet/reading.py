"""A waste calendar file as days with titles, and what its titles mean: where the services of events and of streets meet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.services.events import api as events

_BACK: Final = timedelta(days=31)
_AHEAD: Final = timedelta(days=731)
LARGEST: Final = 5_000_000  # bytes

Dated = list[tuple[date, str]]
Aside = list[tuple[str, str]]


class NotRead(ValueError):
    """Why nothing of the file can be used, German."""


def read(data: bytes, today: date, zone: ZoneInfo) -> tuple[Dated, Aside]:
    """The days from a month ago to two years ahead, and what was put aside with its reason. Raises NotRead."""
    if len(data) > LARGEST:
        raise NotRead("Diese Datei ist zu groß; möglich sind 5 MB.")
    try:
        found = events.read(data, zone)
    except events.NoCalendar as wrong:
        raise NotRead(str(wrong)) from wrong
    days: Dated = []
    aside: Aside = [(one.title or "ohne Titel", one.reason) for one in found.broken]
    for event in found.events:
        if event.status == events.Status.CANCELLED:
            aside.append((event.title, "Dieser Termin ist in der Datei als abgesagt gekennzeichnet."))
            continue
        dates = events.occurrences(event, today - _BACK, today + _AHEAD)
        days += [(one.start.date(), one.event.title) for one in dates]
        if not dates:
            aside.append((event.title, f"Liegt nicht zwischen {today - _BACK:%d.%m.%Y} und {today + _AHEAD:%d.%m.%Y}."))  # fmt: skip
    return days, aside


def understand(title: str) -> list[str]:
    """The keys of what is collected; nothing when the title does not say."""
    return [kind.name.lower() for kind in events.kinds_of(title)]
