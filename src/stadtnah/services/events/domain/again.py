"""An event of a past year, once more: at the same place in its month. Pure.

„Das zweite Wochenende im Juli“ is how a town plans, not the same date: the second Saturday becomes the second Saturday. A fifth one,
where there is none, becomes the last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from stadtnah.services.events.domain.event import Event, Extra, Series, Status

_WEEK: Final = 7


def same_weekday(day: date, year: int) -> date:
    """The day of another year that is the same weekday of the same month, counted from its begin."""
    first = date(year, day.month, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % _WEEK + (day.day - 1) // _WEEK * _WEEK)
    return found if found.month == day.month else found - timedelta(days=_WEEK)


def again(event: Event, year: int, uid: str) -> Event:
    """The event in another year: every date of it moved by as much. What was cancelled takes place; single changes were those of that year."""
    span = same_weekday(event.start.date(), year) - event.start.date()
    series = event.series
    moved = Series(
        rules=tuple(replace(rule, until=rule.until and rule.until + span) for rule in series.rules),
        extras=tuple(Extra(one.start + span, one.end + span) for one in series.extras),
        skip=series.skip,
    )
    return replace(
        event,
        uid=uid,
        start=event.start + span,
        end=event.end + span,
        sequence=0,
        changed=None,
        status=Status.SCHEDULED,
        series=moved,
    )
