"""The one rule: what licence and consents allow on a day. Pure.

A consent is free, given for named ends, and can be withdrawn at any time as easily as it was given (Art. 7 GDPR; § 22 KunstUrhG asks for
it before a likeness is shown). So a picture may be shown where the licence and each person on it allow it, and as long as all of them do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

SOON: Final = timedelta(days=30)


class Use(StrEnum):
    """Where a picture may be used."""

    WEBSITE = "website"
    SOCIAL = "social"
    PRINT = "print"


class State(StrEnum):
    """How a picture stands."""

    UNKNOWN = "unknown"  # something is not said: the licence, or who is on it
    FREE = "free"
    SOON = "soon"
    ENDED = "ended"


class Cause(StrEnum):
    """Why it may not be shown."""

    LICENCE_OVER = "licence_over"
    LICENCE_REVOKED = "licence_revoked"
    CONSENT_OVER = "consent_over"
    CONSENT_REVOKED = "consent_revoked"
    LICENCE_NARROW = "licence_narrow"
    CONSENT_NARROW = "consent_narrow"


@dataclass(frozen=True, slots=True)
class Grant:
    """One yes: of whoever holds the rights, or of a person on the picture. until: the last day; None: no end.

    revoked: the day from which it does not hold any more.
    """

    uses: frozenset[Use]
    until: date | None = None
    revoked: date | None = None

    def ended(self, today: date) -> bool:
        """Whether it does not hold any more; on its last day it still does."""
        return self.revoked is not None or (self.until is not None and self.until < today)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is allowed on a day. until: the last day on which all of it holds; since: the day from which it does not."""

    state: State
    uses: frozenset[Use]
    until: date | None = None
    cause: Cause | None = None
    since: date | None = None
    narrowed: Cause | None = None  # who leaves a use out, when not all are covered

    def covers(self, use: Use) -> bool:
        """Whether the picture may be used there."""
        return use in self.uses

    def why_not(self, use: Use) -> Cause | None:
        """Why it may not be used there; None when it may."""
        return None if self.covers(use) else self.cause or self.narrowed


UNKNOWN: Final = Verdict(State.UNKNOWN, frozenset(Use))


def judged(licence: Grant | None, consents: Iterable[Grant], today: date, *, complete: bool) -> Verdict:
    """The verdict for a day of the town. licence: None when nothing is said of it. complete: it is said who is on it, or that nobody is."""
    people = list(consents)
    grants = [(one, True) for one in people] + ([(licence, False)] if licence else [])
    over = [(_since(grant), _cause(grant, of_person)) for grant, of_person in grants if grant.ended(today)]
    if over:
        since, cause = min(over)
        return Verdict(State.ENDED, frozenset(), cause=cause, since=since)
    uses = frozenset(Use).intersection(*(grant.uses for grant, _of_person in grants))
    until = min((grant.until for grant, _of_person in grants if grant.until), default=None)
    narrowed = _narrowed(people, uses)
    if until is not None and until - today <= SOON:
        return Verdict(State.SOON, uses, until, narrowed=narrowed)
    state = State.FREE if licence is not None and complete else State.UNKNOWN
    return Verdict(state, uses, until, narrowed=narrowed)


def _narrowed(people: list[Grant], uses: frozenset[Use]) -> Cause | None:
    if uses == frozenset(Use):
        return None
    of_people = frozenset(Use).intersection(*(grant.uses for grant in people))
    return Cause.CONSENT_NARROW if of_people != frozenset(Use) else Cause.LICENCE_NARROW


def _since(grant: Grant) -> date:
    over = grant.until + timedelta(days=1) if grant.until else None
    days = [day for day in (grant.revoked, over) if day]
    return min(days)


def _cause(grant: Grant, of_person: bool) -> Cause:  # noqa: FBT001 - said by the one caller
    # What was revoked after it had run out anyway ran out.
    if grant.revoked is not None and grant.revoked == _since(grant):
        return Cause.CONSENT_REVOKED if of_person else Cause.LICENCE_REVOKED
    return Cause.CONSENT_OVER if of_person else Cause.LICENCE_OVER
