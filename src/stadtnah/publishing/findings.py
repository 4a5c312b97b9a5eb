"""What a check has to say: an error stops the submission, a hint does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark, in German, that says what to do. `where` names the field or channel it belongs to.

    where: "title", "teaser", "body", "hero", "place", "validity", "hashtags", "notice", "links", "details", "when", "channel:<account key>", "message", "field:<its id in the editor>".
    code: stable, kebab-case ("alt-missing"); `excerpt` is the text it is about, for highlighting.
    picture: the digest of the picture it is about, so that the same remark of several channels can be said once.
    about: the key of something else that it names, so that a screen can lead there.
    nth: which of several places with the same words, from 0.
    """

    level: Level
    code: str
    where: str
    text: str
    excerpt: str = ""
    picture: str = ""
    about: str = ""
    nth: int = 0


def error(code: str, where: str, text: str, excerpt: str = "", *, picture: str = "", nth: int = 0) -> Finding:
    """A finding that stops the submission."""
    return Finding(Level.ERROR, code, where, text, excerpt, picture, nth=nth)


def hint(code: str, where: str, text: str, excerpt: str = "", *, about: str = "") -> Finding:
    """A finding that only speaks up."""
    return Finding(Level.HINT, code, where, text, excerpt, about=about)
