"""How dates and times read in English, form by form as in German (`words`)."""

from __future__ import annotations

from datetime import date, datetime

from stadtnah.kernel.clock.wall import as_shown, ended_day

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def english_date(day: date) -> str:
    """As in "Thursday, 26 November 2026"."""
    shown = as_shown(day) if isinstance(day, datetime) else day
    return f"{_DAYS[shown.weekday()]}, {shown.day} {ENGLISH_MONTHS[shown.month - 1]} {shown.year}"


def english_datetime(moment: datetime) -> str:
    """As in "Thursday, 26 November 2026, 14:00"."""
    return f"{english_date(moment)}, {as_shown(moment):%H:%M}"


def english_end(moment: datetime) -> str:
    """When something ends: midnight belongs to the day before, "Tuesday, 8 December 2026, midnight"."""
    day = ended_day(moment)
    return f"{english_date(day)}, midnight" if day else english_datetime(moment)
