"""What others may call of the events service."""

from __future__ import annotations

from stadtnah.services.events.domain.event import (
    STATUS_WORDS,
    Access,
    Change,
    Event,
    Extra,
    Series,
    Skip,
    Status,
)
from stadtnah.services.events.domain.expand import TooMany
from stadtnah.services.events.domain.habit import CHOICES, RULE, Habit, habit_of, rule_of
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar
from stadtnah.services.events.domain.ics.read import Broken, Calendar, read
from stadtnah.services.events.domain.ics.write import write
from stadtnah.services.events.domain.occurrences import DaysOff, Occurrence, following, occurrences
from stadtnah.services.events.domain.plain import (
    difference,
    from_plain,
    to_plain,
    with_series,
    with_values,
)
from stadtnah.services.events.domain.programme import Programme, programme
from stadtnah.services.events.domain.report import report, school_holidays, with_skips
from stadtnah.services.events.domain.rule import DAYS, Rule, RuleWrong, read_rule, write_rule
from stadtnah.services.events.domain.say import day_words, say
from stadtnah.services.events.domain.typed import (
    TypedWrong,
    read_days,
    read_extras,
    write_days,
    write_extras,
)
from stadtnah.services.events.files import read_file
from stadtnah.services.events.printing import TYPES as PRINT_TYPES
from stadtnah.services.events.printing import printed

__all__ = [
    "CHOICES",
    "DAYS",
    "MAX_BYTES",
    "PRINT_TYPES",
    "RULE",
    "STATUS_WORDS",
    "Access",
    "Broken",
    "Calendar",
    "Change",
    "DaysOff",
    "Event",
    "Extra",
    "Habit",
    "NoCalendar",
    "Occurrence",
    "Programme",
    "Rule",
    "RuleWrong",
    "Series",
    "Skip",
    "Status",
    "TooMany",
    "TypedWrong",
    "day_words",
    "difference",
    "following",
    "from_plain",
    "habit_of",
    "occurrences",
    "printed",
    "programme",
    "read",
    "read_days",
    "read_extras",
    "read_file",
    "read_rule",
    "report",
    "rule_of",
    "say",
    "school_holidays",
    "to_plain",
    "with_series",
    "with_skips",
    "with_values",
    "write",
    "write_days",
    "write_extras",
    "write_rule",
]
