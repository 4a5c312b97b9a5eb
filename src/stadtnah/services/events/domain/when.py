"""When an event is, in words: its first date with begin and end. What recurs says `say`. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from stadtnah.kernel import clock

_ONE_DAY = timedelta(days=1)


class Timed(Protocol):
    """What has a begin and an end: an event, or a date of one."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def all_day(self) -> bool: ...


def when(event: Timed, language: str = "de") -> str:
    """„Samstag, 5. Dezember 2026, 19:30 bis 22:00 Uhr“."""
    return _english(event) if language == "en" else _german(event)


def _german(event: Timed) -> str:
    start, end = event.start, event.end
    if event.all_day:
        last = (end - _ONE_DAY).date()
        first = clock.german_date(start.date())
        return f"{first if last <= start.date() else f'{first} bis {clock.german_date(last)}'}, ganztägig"
    if end <= start:
        return clock.german_datetime(start)
    if end.date() == start.date():
        return f"{clock.german_date(start)}, {start:%H:%M} bis {clock.german_time(end)}"
    return f"{clock.german_datetime(start)} bis {clock.german_end(end)}"


def _english(event: Timed) -> str:
    start, end = event.start, event.end
    if event.all_day:
        last = (end - _ONE_DAY).date()
        first = clock.english_date(start.date())
        return f"{first if last <= start.date() else f'{first} to {clock.english_date(last)}'}, all day"
    if end <= start:
        return clock.english_datetime(start)
    if end.date() == start.date():
        return f"{clock.english_date(start)}, {start:%H:%M} to {end:%H:%M}"
    return f"{clock.english_datetime(start)} to {clock.english_end(end)}"
