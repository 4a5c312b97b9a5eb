"""What others may call of the events service."""

from __future__ import annotations

from stadtnah.services.events.domain.again import again
from stadtnah.services.events.domain.clashes import AROUND as TWINS_AROUND
from stadtnah.services.events.domain.clashes import Clash, Other, Why, date_of, evening
from stadtnah.services.events.domain.clashes import found as clashes
from stadtnah.services.events.domain.clashes import span as span_of
from stadtnah.services.events.domain.councils import is_session
from stadtnah.services.events.domain.event import (
    STATUS_WORDS,
    Access,
    Change,
    Event,
    Extra,
    Series,
    Skip,
    Status,
    access_list,
    access_word,
)
from stadtnah.services.events.domain.expand import TooMany
from stadtnah.services.events.domain.habit import CHOICES, RULE, Habit, habit_of, rule_of
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar
from stadtnah.services.events.domain.ics.read import Broken, Calendar, read
from stadtnah.services.events.domain.ics.values import Unreadable
from stadtnah.services.events.domain.ics.write import write
from stadtnah.services.events.domain.letters import told
from stadtnah.services.events.domain.merge import merged
from stadtnah.services.events.domain.night import end_at, is_slip
from stadtnah.services.events.domain.occurrences import (
    DaysOff,
    Occurrence,
    following,
    last_day,
    occurrences,
    over,
)
from stadtnah.services.events.domain.plain import difference, from_plain, to_plain, with_series, with_values
from stadtnah.services.events.domain.programme import Programme, programme
from stadtnah.services.events.domain.reminders import LOOK_AHEAD, Told, remind
from stadtnah.services.events.domain.reminders import asked as asked_for_reminders
from stadtnah.services.events.domain.reminders import follow as follow_event
from stadtnah.services.events.domain.reminders import mails_of as reminder_mails_of
from stadtnah.services.events.domain.reminders import watched as watched_events
from stadtnah.services.events.domain.reminding import Announced
from stadtnah.services.events.domain.report import report, school_holidays, with_skips
from stadtnah.services.events.domain.rule import DAYS, Rule, RuleWrong, read_rule, write_rule
from stadtnah.services.events.domain.say import day_words, say
from stadtnah.services.events.domain.schema import dated, from_things
from stadtnah.services.events.domain.submissions import (
    OPEN,
    UNDECIDED,
    NotSaidError,
    TakenError,
    accept,
    ask,
    inbox,
    refuse,
    settle,
    tell_public,
    trust,
    waiting,
)
from stadtnah.services.events.domain.submissions import event as event_of_submission
from stadtnah.services.events.domain.subscribed import (
    WHOLE,
    Ask,
    Known,
    Plan,
    Said,
    Seen,
    digest_of,
    parts,
    parts_of,
    plan,
)
from stadtnah.services.events.domain.subscribed import changed as changed_parts
from stadtnah.services.events.domain.table.cells import Table
from stadtnah.services.events.domain.table.columns import FIELDS, Matching, problem_of, proposed
from stadtnah.services.events.domain.table.rows import from_table
from stadtnah.services.events.domain.twins import between as twins_between
from stadtnah.services.events.domain.twins import within as twins_within
from stadtnah.services.events.domain.typed import TypedWrong, read_days, read_extras, write_days, write_extras
from stadtnah.services.events.domain.waste import Waste, kinds_of
from stadtnah.services.events.domain.when import when
from stadtnah.services.events.files import is_calendar, read_file, table_of
from stadtnah.services.events.form import read_day
from stadtnah.services.events.models import Club, Letter, Submission
from stadtnah.services.events.printing import TYPES as PRINT_TYPES
from stadtnah.services.events.printing import printed
from stadtnah.services.events.reminder_site import ask as ask_reminder
from stadtnah.services.events.reminder_site import unknown as no_such_event

REPORT_PATH = "/veranstaltungen/melden/"
REMIND_PATH = "/veranstaltungen/erinnern/"

__all__ = [
    "CHOICES",
    "DAYS",
    "FIELDS",
    "LOOK_AHEAD",
    "MAX_BYTES",
    "OPEN",
    "PRINT_TYPES",
    "REMIND_PATH",
    "REPORT_PATH",
    "RULE",
    "STATUS_WORDS",
    "TWINS_AROUND",
    "UNDECIDED",
    "WHOLE",
    "Access",
    "Announced",
    "Ask",
    "Broken",
    "Calendar",
    "Change",
    "Clash",
    "Club",
    "DaysOff",
    "Event",
    "Extra",
    "Habit",
    "Known",
    "Letter",
    "Matching",
    "NoCalendar",
    "NotSaidError",
    "Occurrence",
    "Other",
    "Plan",
    "Programme",
    "Rule",
    "RuleWrong",
    "Said",
    "Seen",
    "Series",
    "Skip",
    "Status",
    "Submission",
    "Table",
    "TakenError",
    "Told",
    "TooMany",
    "TypedWrong",
    "Unreadable",
    "Waste",
    "Why",
    "accept",
    "access_list",
    "access_word",
    "again",
    "ask",
    "ask_reminder",
    "asked_for_reminders",
    "changed_parts",
    "clashes",
    "date_of",
    "dated",
    "day_words",
    "difference",
    "digest_of",
    "end_at",
    "evening",
    "event_of_submission",
    "follow_event",
    "following",
    "from_plain",
    "from_table",
    "from_things",
    "habit_of",
    "inbox",
    "is_calendar",
    "is_session",
    "is_slip",
    "kinds_of",
    "last_day",
    "merged",
    "no_such_event",
    "occurrences",
    "over",
    "parts",
    "parts_of",
    "plan",
    "printed",
    "problem_of",
    "programme",
    "proposed",
    "read",
    "read_day",
    "read_days",
    "read_extras",
    "read_file",
    "read_rule",
    "refuse",
    "remind",
    "reminder_mails_of",
    "report",
    "rule_of",
    "say",
    "school_holidays",
    "settle",
    "span_of",
    "table_of",
    "tell_public",
    "to_plain",
    "told",
    "trust",
    "twins_between",
    "twins_within",
    "waiting",
    "watched_events",
    "when",
    "with_series",
    "with_skips",
    "with_values",
    "write",
    "write_days",
    "write_extras",
    "write_rule",
]
