"""Several people translate the same version: nobody's text takes another's place unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

Texts = Mapping[str, str]


def mark(text: str) -> str:
    """Names what a field showed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def merged(stored: Texts, typed: Texts, seen: Texts) -> tuple[dict[str, str], dict[str, str]]:
    """(what is kept, what somebody else wrote meanwhile where something else was typed), each by German text.

    seen: the mark of what the form showed; a text without one is taken as it was typed.
    """
    kept: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for text, given in typed.items():
        there = stored.get(text, "")
        shown = seen.get(text, mark(there))
        if mark(there) == shown or given == there:
            kept[text] = given
        elif mark(given) == shown:
            kept[text] = there
        else:
            kept[text], clashes[text] = there, there
    return {text: given for text, given in kept.items() if given}, clashes
