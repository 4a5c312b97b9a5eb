"""Signs that nobody sees and no channel should carry: what was typed is what is read, and what is released."""

from __future__ import annotations

import unicodedata
from typing import Final, TypeVar, cast

# They turn the order of what follows (UAX #9), so an approver could read something else than the bytes say.
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES: Final = "\r\n\v\f\x85\u2028\u2029"

T = TypeVar("T")


def plain(text: str) -> str:
    """The text without control signs and without signs that turn the direction; every line break is a line feed."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
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
