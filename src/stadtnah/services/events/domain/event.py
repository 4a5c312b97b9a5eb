"""What an event is: data that neither the CMS nor the database knows. Pure.

Times are wall times in the event's zone (`kernel.clock`): a choir that sings at 20:00 sings at 20:00 in summer and in winter. A whole day
begins at its midnight; the end of an event does not belong to it, so a whole day ends at the midnight after it (RFC 5545, section 3.6.1).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from stadtnah.services.events.domain.rule import Rule


class Status(StrEnum):
    """The states of schema.org's EventStatusType, all of them."""

    SCHEDULED = "EventScheduled"
    RESCHEDULED = "EventRescheduled"
    POSTPONED = "EventPostponed"
    MOVED_ONLINE = "EventMovedOnline"
    CANCELLED = "EventCancelled"


STATUS_WORDS: Final = {
    Status.SCHEDULED: "findet statt",
    Status.RESCHEDULED: "verlegt",
    Status.POSTPONED: "verschoben, neuer Termin noch nicht bekannt",
    Status.MOVED_ONLINE: "findet online statt",
    Status.CANCELLED: "fällt aus",
}


class Access(StrEnum):
    """What makes an event accessible."""

    WHEELCHAIR = "wheelchair"
    INDUCTION_LOOP = "induction-loop"
    SIGN_LANGUAGE = "sign-language"
    EASY_LANGUAGE = "easy-language"
    QUIET = "quiet"


# German, English.
_ACCESS_WORDS: Final = {
    Access.WHEELCHAIR: ("mit dem Rollstuhl zugänglich", "wheelchair accessible"),
    Access.INDUCTION_LOOP: ("Induktionsschleife (Hilfe beim Hören)", "hearing loop"),
    Access.SIGN_LANGUAGE: ("mit Gebärdensprache", "with sign language"),
    Access.EASY_LANGUAGE: ("in Leichter Sprache", "in easy-to-read language"),
    Access.QUIET: ("reizarm und ruhig", "quiet and low in stimuli"),
}


def access_word(access: Access, language: str = "de") -> str:
    """„mit dem Rollstuhl zugänglich“."""
    return _ACCESS_WORDS[access][language == "en"]


def access_list(named: Collection[Access], language: str = "de") -> list[str]:
    """As a list says it, each with a capital."""
    words = [access_word(one, language) for one in Access if one in named]
    return [f"{word[0].upper()}{word[1:]}" for word in words]


class Skip(StrEnum):
    """On which days a series does not take place by itself."""

    HOLIDAYS = "public-holidays"
    SCHOOL_HOLIDAYS = "school-holidays"


@dataclass(frozen=True, slots=True, order=True)
class Extra:
    """A date beside the rule (RDATE), with its own end."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """When an event takes place again.

    without: dates of the series left out; without_days: days on which it is left out at whatever time. An extra date is meant: no holiday leaves it out.
    """

    rules: tuple[Rule, ...] = ()
    extras: tuple[Extra, ...] = ()
    without: frozenset[datetime] = frozenset()
    without_days: frozenset[date] = frozenset()
    skip: frozenset[Skip] = frozenset()
    changes: tuple[Change, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether there is more than one date."""
        return bool(self.rules or self.extras)


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or a series of them. `zone`: name of its time zone (IANA)."""

    uid: str
    title: str
    start: datetime
    end: datetime
    zone: str
    all_day: bool = False
    sequence: int = 0
    description: str = ""
    place: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude (WGS 84)
    online: str = ""
    url: str = ""
    registration: str = ""
    status: Status = Status.SCHEDULED
    organiser: str = ""
    audience: str = ""
    price: str = ""
    categories: tuple[str, ...] = ()
    access: frozenset[Access] = frozenset()
    pictures: tuple[str, ...] = ()
    changed: datetime | None = None  # aware, UTC
    series: Series = Series()


@dataclass(frozen=True, slots=True)
class Change:
    """One date of a series that is different: `instead_of` is when it would have begun."""

    instead_of: datetime
    event: Event
