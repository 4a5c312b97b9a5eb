"""What others may call of the events service."""

from __future__ import annotations

from stadtnah.services.events.domain.event import Event, Skip
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar
from stadtnah.services.events.domain.ics.read import Broken, Calendar, read
from stadtnah.services.events.domain.ics.write import write
from stadtnah.services.events.domain.occurrences import DaysOff, Occurrence, occurrences
from stadtnah.services.events.domain.report import report, school_holidays, with_skips
from stadtnah.services.events.domain.say import say

__all__ = [
    "MAX_BYTES",
    "Broken",
    "Calendar",
    "DaysOff",
    "Event",
    "NoCalendar",
    "Occurrence",
    "Skip",
    "occurrences",
    "read",
    "report",
    "say",
    "school_holidays",
    "with_skips",
    "write",
]
