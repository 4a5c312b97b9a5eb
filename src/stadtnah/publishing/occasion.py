"""What an event says where there is no room for all of it: in a post, in the subject of a mail. Of anything else, what it is called."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django.utils.text import capfirst

from stadtnah.kernel import clock
from stadtnah.kernel.text import clipped
from stadtnah.publishing.content import Content

# What somebody who does not see the page has to know of it.
_TOLD: Final = frozenset(
    {
        *("status", "status_note", "moved_from", "when", "repeats", "without", "changes", "zone", "place"),
        *("online", "access", "access_note", "audience", "price", "registration", "organiser"),
    }
)
_LONGEST: Final = 300  # characters of one fact; all of it stands on the page
# The states of schema.org in which something of what was announced no longer holds (`services.events`).
_POSTPONED, _ONLINE = "EventPostponed", "EventMovedOnline"
_LONG_RULE: Final = "nach einer Regel"  # how a rhythm begins that cannot be said in short
_SAYS_SO: Final = r"\s*(?:[:!.–-]|$)"


def headline(content: Content) -> str:
    """The title; of an event that is called off or moved, with that before it: „Fällt aus: Adventskonzert“."""
    return marked(content, content.title)


def marked(content: Content, text: str) -> str:
    """A text about it, with what became of it before it, unless the text begins with that itself („Fällt aus!“)."""
    state = content.detail.get("status", "").partition(",")[0] if content.is_event else ""
    if not (state and text) or re.match(re.escape(state) + _SAYS_SO, text.strip(), re.IGNORECASE):
        return text
    return f"{capfirst(state)}: {text}"


def reason(content: Content) -> str:
    """Why an event is called off or moved, as it was released; "" of any other."""
    said = content.detail if content.is_event else {}
    return said.get("status_note", "").strip() if said.get("status") else ""


def lead(content: Content) -> str:
    """The teaser; of an event that is called off or moved the reason, as what was announced of it no longer holds."""
    return reason(content) or content.teaser.strip()


def when(content: Content) -> str:
    """In one line; of a series its rhythm, as its first date may be long ago. "" of what is no event."""
    said = content.detail if content.is_event else {}
    planned = _rhythm(content) or said.get("when", "")
    if planned and _state(content) == _POSTPONED:
        unknown = capfirst(said["status"].partition(", ")[2])  # „neuer Termin noch nicht bekannt“
        return f"{unknown}, ursprünglich geplant: {planned}"
    return ", ".join(part for part in (planned, said.get("zone", "")) if part)


def when_and_where(content: Content) -> str:
    """As `when`, and the place."""
    where = "" if _state(content) == _ONLINE else content.detail.get("place", "")
    return ", ".join(part for part in (when(content), where if content.is_event else "") if part)


def told(content: Content, *, beside: str = "") -> list[str]:
    """Line by line, without what is already said `beside` them; nothing of what is no event."""
    if not content.is_event:
        return []
    facts = {key: (label, value) for key, label, value in content.details if key in _TOLD and value != beside}
    if rhythm := _rhythm(content):
        facts.pop("when", None)
        facts["repeats"] = (facts["repeats"][0], rhythm)
    if _state(content) == _POSTPONED:
        facts |= {key: ("Ursprünglich geplant", facts[key][1]) for key in ("when", "repeats") if key in facts}
    if _state(content) == _ONLINE:
        facts.pop("place", None)
    return [f"{label}: {clipped(value, _LONGEST)}" for label, value in facts.values()]


def _state(content: Content) -> str:
    return str(_event(content).get("status", ""))


def _event(content: Content) -> dict[str, Any]:
    found: dict[str, Any] = content.extra.get("event") or {}
    return found


def _rhythm(content: Content) -> str:
    """„jeden Dienstag, 19:30 bis 21:00 Uhr“; "" of a single date."""
    said = content.detail.get("repeats", "")
    if not said:
        return ""
    if said.startswith(_LONG_RULE):  # dates that are named there may be over by the time somebody reads them
        said = "mehrere Termine"
    return ", ".join(part for part in (said, _hours(_event(content))) if part)


def _hours(event: dict[str, Any]) -> str:
    if event.get("all_day") or "start" not in event:
        return ""
    start, end = (datetime.fromisoformat(event[name]) for name in ("start", "end"))
    if end <= start or end.date() != start.date():
        return clock.german_time(start)
    return f"{start:%H:%M} bis {clock.german_time(end)}"
