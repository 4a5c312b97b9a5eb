"""Dates and spans in the interface language; how they read has its home in `kernel.clock`."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from stadtnah.kernel import clock
from stadtnah.kernel.text import grouped

_HOURS: Final = re.compile(r"\d[\d:.]*(?: Uhr)?\s*(?:–|-|bis)\s*\d[\d:.]*(?: Uhr)?|\d[\d:.]* Uhr")


@lru_cache(maxsize=500)  # the foot of every page says the same
def hours(text: str) -> SafeString:
    """Opening hours as HTML; a range such as „8:00 bis 12:00 Uhr“ stays in one line, also on the narrowest screen."""
    parts, end = [], 0
    for match in _HOURS.finditer(text):
        parts += [escape(text[end : match.start()]), format_html('<span class="span">{}</span>', match[0])]
        end = match.end()
    return format_html("{}" * (len(parts) + 1), *parts, escape(text[end:]))


def german() -> bool:
    """Whether the page being made is German."""
    return (translation.get_language() or "de").startswith("de")


def day(value: date | datetime | str) -> str:
    """„26. November 2026“, "26 November 2026"."""
    shown = _shown(value)
    if german():
        return f"{shown.day}. {clock.GERMAN_MONTHS[shown.month - 1]} {shown.year}"
    return f"{shown.day} {clock.ENGLISH_MONTHS[shown.month - 1]} {shown.year}"


def moment(value: date | datetime | str) -> str:
    """With the weekday, and the time unless it is midnight."""
    shown = _shown(value)
    if isinstance(shown, datetime) and (shown.hour or shown.minute):
        return (clock.german_datetime if german() else clock.english_datetime)(shown)
    return (clock.german_date if german() else clock.english_date)(shown)


def end(value: date | datetime | str) -> str:
    """As `moment`, for the end of something: midnight belongs to the day before, a day alone is meant whole."""
    shown = _shown(value)
    if not isinstance(shown, datetime) or (isinstance(value, str) and "T" not in value):
        return moment(value)
    return (clock.german_end if german() else clock.english_end)(shown)


def number(value: int) -> str:
    """„1.234“, "1,234"."""
    return grouped(value, "." if german() else ",")


def month(value: str) -> str:
    """„November 2026“ for "2026-11"."""
    year, number = value.split("-")
    names = clock.GERMAN_MONTHS if german() else clock.ENGLISH_MONTHS
    return f"{names[int(number) - 1]} {year}"


def machine(value: date | datetime | str) -> str:
    """For the datetime attribute of <time>."""
    shown = _shown(value)
    if isinstance(shown, datetime):
        return (
            shown.isoformat(timespec="minutes")
            if shown.tzinfo is None
            else shown.isoformat(timespec="seconds")
        )
    return shown.isoformat()


def _shown(value: date | datetime | str) -> date | datetime:
    if isinstance(value, str):
        return clock.parse_wall(value)
    if isinstance(value, datetime) and value.tzinfo:
        return clock.local(value)
    return value
