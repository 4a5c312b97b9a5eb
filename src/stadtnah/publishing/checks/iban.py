"""Finds IBANs in text and checks them (ISO 13616, ISO 7064 mod 97-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Lengths by country from the IBAN registry of SWIFT: SEPA and neighbours.
_LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GI": 23, "GL": 18, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}  # fmt: skip
_OPENING = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(_LENGTHS)})[ \u00a0\u202f]?\d\d(?=[ \u00a0\u202f.\-]?[0-9A-Z])", re.IGNORECASE
)
_GAPS = frozenset(" \u00a0\u202f\u2009.-")


@dataclass(frozen=True, slots=True)
class Iban:
    """An account number as written, and in one piece; `valid` says that its check digits fit."""

    start: int
    end: int
    number: str
    valid: bool


def find_ibans(text: str) -> Iterator[Iban]:
    """Every IBAN, with gaps or without. With wrong check digits only German ones, which are digits throughout."""
    for match in _OPENING.finditer(text):
        number, end = _collect(text, match.start())
        if not number:
            continue
        valid = is_valid(number)
        if valid or (number.startswith("DE") and number[2:].isdecimal()):
            yield Iban(match.start(), end, number, valid)


def is_valid(number: str) -> bool:
    """Whether the check digits of an IBAN in one piece, upper case, fit."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _collect(text: str, start: int) -> tuple[str, int]:
    """As many signs as the country has, over single gaps; nothing when it breaks off or goes on."""
    length = _LENGTHS[text[start : start + 2].upper()]
    signs: list[str] = []
    at, gap = start, False
    while at < len(text) and len(signs) < length:
        sign = text[at].upper()
        if sign.isascii() and sign.isalnum():
            signs.append(sign)
            gap = False
        elif sign in _GAPS and not gap:
            gap = True
        else:
            break
        at += 1
    goes_on = at < len(text) and text[at].isascii() and text[at].isalnum()
    return ("".join(signs), at) if len(signs) == length and not goes_on else ("", start)
