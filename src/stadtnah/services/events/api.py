"""What others may call of the events service."""

from __future__ import annotations

from stadtnah.services.events.domain.event import Event, Skip
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar
from stadtnah.services.events.domain.ics.read import Broken, Calendar, read
from stadtnah.services.events.domain.ics.write import write
from stadtnah.services.events.domain.occurrences import DaysOff, Occurrence, occurrences
from stadtnah.services.events.domain.programme import Programme, programme
from stadtnah.services.events.domain.report import report, school_holidays, with_skips
from stadtnah.services.events.domain.say import say
from stadtnah.services.events.files import read_file
from stadtnah.services.events.printing import TYPES as PRINT_TYPES
from stadtnah.services.events.printing import printed

__all__ = [
    "MAX_BYTES",
    "PRINT_TYPES",
    "Broken",
    "Calendar",
    "DaysOff",
    "Event",
    "NoCalendar",
    "Occurrence",
    "Programme",
    "Skip",
    "occurrences",
    "printed",
    "programme",
    "read",
    "read_file",
    "report",
    "say",
    "school_holidays",
    "with_skips",
    "write",
]
