"""How dates, times and spans read in German (in English: `english`). One home; templates and messages use nothing else.

An aware datetime is shown as the town's clocks show it, a naive one is a wall time and shown as it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from stadtnah.kernel.clock.wall import as_shown, ended_day

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def german_date(day: date) -> str:
    """„Donnerstag, 26. November 2026“."""
    shown = as_shown(day) if isinstance(day, datetime) else day
    return f"{_DAYS[shown.weekday()]}, {shown.day}. {GERMAN_MONTHS[shown.month - 1]} {shown.year}"


def german_time(moment: datetime) -> str:
    """„14:00 Uhr“."""
    return f"{as_shown(moment):%H:%M} Uhr"


def german_datetime(moment: datetime) -> str:
    """„Donnerstag, 26. November 2026, 14:00 Uhr“."""
    return f"{german_date(moment)}, {german_time(moment)}"


def german_end(moment: datetime) -> str:
    """When something ends: midnight belongs to the day before, „Dienstag, 8. Dezember 2026, 24:00 Uhr“."""
    day = ended_day(moment)
    return f"{german_date(day)}, 24:00 Uhr" if day else german_datetime(moment)


def german_short(moment: datetime) -> str:
    """„Do., 26.11., 14:00 Uhr“: for lists and subjects, where the year is clear."""
    shown = as_shown(moment)
    return f"{_DAYS[shown.weekday()][:2]}., {shown.day}.{shown.month}., {german_time(moment)}"


def german_duration(span: timedelta) -> str:
    """„etwa 3 Minuten“, minutes up to one and a half hours, hours up to one and a half days, then days.

    Under a minute, and for a negative span (a clock that was set back): „weniger als eine Minute“.
    """
    seconds = span.total_seconds()
    if seconds < _MINUTE:
        return "weniger als eine Minute"
    if seconds < 1.5 * _MINUTE:
        return "etwa eine Minute"
    minutes = _rounded(seconds, _MINUTE)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"etwa {minutes} Minuten"
    if seconds < 1.5 * _HOUR:
        return "etwa eine Stunde" if minutes == 60 else f"etwa {minutes} Minuten"  # noqa: PLR2004 - as above
    if _rounded(seconds, _HOUR) < 36:  # noqa: PLR2004 - a day and a half
        return f"etwa {_rounded(seconds, _HOUR)} Stunden"
    return f"etwa {_rounded(seconds, _DAY)} Tage"


def _rounded(seconds: float, unit: int) -> int:
    # Half upwards: Python's round() goes to the even neighbour, which reads like a jump back.
    return int(seconds / unit + 0.5)
