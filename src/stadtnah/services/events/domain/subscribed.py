"""What reading a foreign calendar does to what is known of it: the whole rule, in one place. Pure.

A calendar may make and update drafts that nobody has touched; everything else is a question to a person. Nothing is ever deleted here: an
event that is missing may be called off, over there on another page, or lost by a broken program. So many missing at once are one question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from stadtnah.services.events.domain.event import Event
from stadtnah.services.events.domain.plain import to_plain

WHOLE: Final = ""  # the name of the question about the calendar as a whole
_MANY: Final = 3  # fewer missing events are asked about one by one
_NOT_SAID: Final = frozenset(
    {"uid", "sequence", "changed"}
)  # programs change these without changing the event


class Ask(StrEnum):
    """What a person is asked."""

    CHANGED = "changed"  # the source changed what somebody here has worked on
    GONE = "gone"  # it stands no longer in the calendar
    TWIN = "twin"  # new, but probably here already
    EMPTY = "empty"  # all of it, or most, is missing at once


class Said(StrEnum):
    """What a person answered about a calendar that is empty at once; it holds until the calendar is whole again."""

    NOTHING = ""
    WAIT = "wait"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Known:
    """An event of the calendar that was taken over.

    digest: of what the source said last. here: there is a page of it; else somebody deleted or refused it. ours: somebody edited it since, or gave it to the municipality. gone: it was missing
    before, and a person decided. over: its last date is past.
    """

    digest: str
    here: bool = True
    ours: bool = False
    gone: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """An event that stands in the calendar now. twin: probably the same as another one here."""

    digest: str
    twin: bool = False


@dataclass(slots=True)
class Plan:
    """take: drafts to be made or updated. ask: the questions that are open afterwards. settled: open ones that no longer are any. back: those that were missing, and are there again."""

    take: set[str] = field(default_factory=set)
    ask: dict[str, Ask] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    said: Said = Said.NOTHING


def plan(
    known: Mapping[str, Known],
    seen: Mapping[str, Seen],
    asked: Mapping[str, Ask],
    *,
    whole: bool = True,
    unreadable: Collection[str] = (),
    said: Said = Said.NOTHING,
) -> Plan:
    """What is to be done. asked: the questions that are open. whole: the file was read to its end, so what is missing is missing. unreadable: names of events that are there and cannot be read."""
    found = Plan(said=said)
    for name, one in seen.items():
        _there(name, one, known.get(name), found)
    missing = {
        name
        for name, one in known.items()
        if one.here and not one.gone and not one.over and name not in seen and name not in unreadable
    }
    unclear = missing if not whole else _missing(missing, known, seen, found)
    keeps = {name for name in asked if name in unclear or name in unreadable}
    if not whole:  # of half a file nothing can be said about what is missing in it
        keeps |= {name for name, kind in asked.items() if kind in {Ask.EMPTY, Ask.TWIN} and name not in seen}
    found.ask.update({name: kind for name, kind in asked.items() if name in keeps and name not in found.ask})
    found.settled = set(asked) - set(found.ask)
    return found


def parts(event: Event) -> dict[str, str]:
    """As `parts_of`, of an event."""
    return parts_of(to_plain(event))


def parts_of(plain: Mapping[str, Any]) -> dict[str, str]:
    """A short hash of each thing an event says (`to_plain`): enough to see what changed, nothing of what it says."""
    return {
        name: hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
        for name, value in plain.items()
        if name not in _NOT_SAID
    }


def digest_of(given: Mapping[str, str]) -> str:
    """One name for all parts."""
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """What the source says differently now."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def _there(name: str, one: Seen, before: Known | None, found: Plan) -> None:
    if before is None:
        if one.twin:
            found.ask[name] = Ask.TWIN
        else:
            found.take.add(name)
        return
    if not before.here:
        return
    if before.gone:
        found.back.add(name)
    if one.digest == before.digest:
        return
    if before.ours:
        found.ask[name] = Ask.CHANGED
    else:
        found.take.add(name)


def _missing(
    missing: set[str], known: Mapping[str, Known], seen: Mapping[str, Seen], found: Plan
) -> Iterable[str]:
    """Asks about them; returns those of which nothing is said for now."""
    expected = sum(one.here and not one.gone and not one.over for one in known.values())
    at_once = bool(missing) and (not seen or (len(missing) >= _MANY and 2 * len(missing) > expected))
    if not at_once:
        found.said = Said.NOTHING
    elif found.said != Said.EACH:
        if found.said == Said.NOTHING:
            found.ask[WHOLE] = Ask.EMPTY
        return missing
    found.ask.update(dict.fromkeys(missing, Ask.GONE))
    return ()
