"""The programme out of the JSON that a printing program gets, and what all of them say about an entry."""

from __future__ import annotations

import json
import sys

from stadtnah.services.events.domain.programme import Entry, Programme, Section


def asked() -> Programme:
    """What this program shall print."""
    raw = json.load(sys.stdin.buffer)
    sections = tuple(
        Section(
            section["heading"],
            tuple(
                Entry(**{**entry, "facts": tuple((label, text) for label, text in entry["facts"])})
                for entry in section["entries"]
            ),
        )
        for section in raw.pop("sections")
    )
    return Programme(**raw, sections=sections)


def mark(entry: Entry) -> str:
    """„Fällt aus“, as a sentence begins."""
    return entry.mark[:1].upper() + entry.mark[1:]


def where(entry: Entry) -> str:
    """Time and place in one line."""
    return " · ".join(filter(None, (entry.time, entry.place)))
