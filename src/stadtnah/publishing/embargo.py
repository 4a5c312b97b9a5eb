"""A text under embargo (Sperrfrist) goes out at that time, on every channel, and nothing of it before.

The time stands in the released content, so it cannot be another one than what the municipality saw. Nobody gets the text ahead of
it: once it is in a mailbox, nothing can hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.publishing.states import Kind

KEY: Final = "embargo"  # in `Content.extra`: a wall time of the town


def of(content: Content) -> str:
    """The wall time before which nothing may be public; "" without one."""
    return str(content.extra.get(KEY, ""))


def ends(content: Content) -> datetime | None:
    """The moment when it ends; None without one. Raises WallTimeError."""
    wall = of(content)
    return clock.resolve_wall(clock.parse_wall(wall), clock.town_zone()) if wall else None


def not_before(body: Mapping[str, Any], moment: datetime) -> datetime:
    """When a snapshot may leave that somebody wants out at `moment`: whatever way led there, never before its embargo ends.

    A withdrawal has no text that could be under one.
    """
    if body["kind"] != Kind.MESSAGE.value:
        return moment
    return max(moment, ends(Content.from_json(body["content"])) or moment)


def chosen(body: Mapping[str, Any]) -> datetime | None:
    """The moment a snapshot was released for, out of its own bytes; None means at once."""
    wish = body["send_at"]
    return clock.resolve_wall(clock.parse_wall(wish["wall"]), ZoneInfo(wish["zone"])) if wish else None


def too_early(body: Mapping[str, Any]) -> bool:
    """Whether the released time is still to come, whatever stands in tables that can be written to."""
    now = clock.now()
    return not_before(body, chosen(body) or now) > now


def holds(content: Content) -> bool:
    """Whether it is still under embargo."""
    until = ends(content)
    return until is not None and until > clock.now()


def said(content: Content) -> str:
    """„Sperrfrist bis Donnerstag, 26. November 2026, 14:00 Uhr“; "" without one that holds."""
    until = ends(content)
    return f"Sperrfrist bis {clock.german_datetime(until)}" if until and holds(content) else ""


def problem(content: Content, moment: datetime) -> str:
    """Why this content cannot go out at this moment, in German; "" when it can."""
    until = ends(content)
    if until is None or moment >= until or not holds(content):
        return ""
    return (
        f"Für diesen Text gilt eine Sperrfrist bis {clock.german_datetime(until)}. Vorher geht er auf keinem Kanal hinaus. "
        "Bitte wählen Sie diesen Zeitpunkt oder einen späteren."
    )
