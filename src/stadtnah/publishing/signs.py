"""Signs that nobody sees and no channel should carry: what was typed is what is read, and what is released."""

from __future__ import annotations

import unicodedata
from typing import Final, TypeVar, cast

# They turn the order of what follows (UAX #9), so an approver could read something else than the bytes say.
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES: Final = "\r\n\v\f\x85\u2028\u2029"

# Marks that turn the direction too, but that texts in Arabic or Hebrew letters need: kept there, and shown (`named`).
_MARKS: Final = {
    "\u200e": "von links nach rechts",
    "\u200f": "von rechts nach links",
    "\u061c": "arabische Marke",
}
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
# No width, no meaning. The soft hyphen and the joiners of scripts and emoji (U+00AD, U+200C, U+200D) stay.
_NOTHING: Final = "\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
# Letters and variants of Han signs (Unicode 23.4) that nobody sees: whole sentences could hide in them.
_TAGS: Final = (range(0xE0000, 0xE0080), range(0xE0100, 0xE01F0))

T = TypeVar("T")


def plain(text: str) -> str:
    """The text without control signs and without signs that turn the direction; every line break is a line feed."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    turns = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT and sign not in _MARKS for sign in text)
    return "".join(_plain_sign(sign) for sign in text if turns or sign not in _MARKS)


def named(text: str) -> str:
    """The text with the marks that nobody sees written out, for whoever releases it."""
    return "".join(f"⟨{_MARKS[sign]}⟩" if sign in _MARKS else sign for sign in text)


def _plain_sign(sign: str) -> str:
    if sign in _NOTHING or any(ord(sign) in some for some in _TAGS) or ord(sign) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - no characters (Unicode 23.7)
        return ""
    if sign in _LINES:
        return "\n"
    if sign == "\t":
        return sign
    return "" if sign in _TURNING or unicodedata.category(sign) in {"Cc", "Cs"} else sign


def plain_value(value: T) -> T:
    """The same for every text in a JSON value, keys included."""
    found: object = value
    if isinstance(value, str):
        found = plain(value)
    elif isinstance(value, list):
        found = [plain_value(one) for one in value]
    elif isinstance(value, dict):
        found = {plain_value(key): plain_value(one) for key, one in value.items()}
    return cast("T", found)
