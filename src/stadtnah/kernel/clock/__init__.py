"""Time: the moment, the town's wall clock, and how people and feeds read it."""

from stadtnah.kernel.clock.chosen import chosen_wall
from stadtnah.kernel.clock.english import ENGLISH_MONTHS, english_date, english_datetime, english_end
from stadtnah.kernel.clock.stamps import rfc822, rfc3339
from stadtnah.kernel.clock.wall import WallTimeError, local, now, parse_wall, resolve_wall, town_zone
from stadtnah.kernel.clock.words import (
    GERMAN_MONTHS,
    german_date,
    german_datetime,
    german_duration,
    german_end,
    german_short,
    german_time,
)

__all__ = [
    "ENGLISH_MONTHS",
    "GERMAN_MONTHS",
    "WallTimeError",
    "chosen_wall",
    "english_date",
    "english_datetime",
    "english_end",
    "german_date",
    "german_datetime",
    "german_duration",
    "german_end",
    "german_short",
    "german_time",
    "local",
    "now",
    "parse_wall",
    "resolve_wall",
    "rfc822",
    "rfc3339",
    "town_zone",
]
