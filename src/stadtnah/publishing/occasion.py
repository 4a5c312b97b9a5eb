"""What an event says where there is no room for all of it: in a post, in the subject of a mail. Of anything else, what it is called."""

from __future__ import annotations

from typing import Final

from django.utils.text import capfirst

from stadtnah.publishing.content import Content

# What somebody who does not see the page has to know of it.
_TOLD: Final = frozenset(
    {
        *("status", "status_note", "moved_from", "when", "repeats", "without", "changes", "zone", "place"),
        *("online", "access", "access_note", "audience", "price", "registration", "organiser"),
    }
)


def headline(content: Content) -> str:
    """The title; of an event that is called off or moved, with that before it: „Fällt aus: Adventskonzert“."""
    return marked(content, content.title)


def marked(content: Content, text: str) -> str:
    """A text about it, with what became of it before it, unless the text says so itself."""
    state = content.detail.get("status", "") if content.is_event else ""
    return (
        f"{capfirst(state)}: {text}" if state and text and state.casefold() not in text.casefold() else text
    )


def reason(content: Content) -> str:
    """Why an event is called off or moved, as it was released; "" of any other."""
    said = content.detail if content.is_event else {}
    return said.get("status_note", "").strip() if said.get("status") else ""


def lead(content: Content) -> str:
    """The teaser; of an event that is called off or moved the reason, as what was announced of it no longer holds."""
    return reason(content) or content.teaser.strip()


def when_and_where(content: Content) -> str:
    """In one line; of a series its rhythm, as its first date may be long ago. "" of what is no event."""
    said = content.detail if content.is_event else {}
    parts = (said.get("repeats") or said.get("when", ""), said.get("zone", ""), said.get("place", ""))
    return ", ".join(part for part in parts if part)


def told(content: Content, *, beside: str = "") -> list[str]:
    """Line by line, without what is already said `beside` them; nothing of what is no event."""
    if not content.is_event:
        return []
    return [f"{label}: {value}" for key, label, value in content.details if key in _TOLD and value != beside]
