"""Two entries of one event as one: what the kept one lacks is taken from the other. Pure.

Nothing that stands there is replaced: which of two prices is right, a person has to say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stadtnah.services.events.domain.event import Event

_TEXTS: Final = ("description", "place", "online", "url", "registration", "organiser", "audience", "price")


def merged(kept: Event, other: Event) -> Event:
    """`kept` with what only `other` says; categories, pictures and what makes it accessible of both."""
    texts = {name: getattr(kept, name) or getattr(other, name) for name in _TEXTS}
    same_begin = (kept.start, kept.all_day, kept.zone) == (other.start, other.all_day, other.zone)
    return replace(
        kept,
        **texts,
        end=other.end if same_begin and kept.end == kept.start else kept.end,
        position=kept.position or other.position,
        categories=tuple(dict.fromkeys([*kept.categories, *other.categories])),
        pictures=tuple(dict.fromkeys([*kept.pictures, *other.pictures])),
        access=kept.access | other.access,
    )
