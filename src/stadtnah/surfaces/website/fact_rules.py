"""What a municipality, a district or a member community may say about itself: one rule for each fact."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from stadtnah.kernel.text import clipped
from stadtnah.kernel.town.api import Town
from stadtnah.surfaces.website import theme

_REQUIRED: Final = {
    "name": "Bitte geben Sie den Namen an, zum Beispiel: Stadt Erlenfurt.",
    "short_name": "Bitte geben Sie an, wie man kurz sagt, zum Beispiel: Erlenfurt.",
    "colour": "Bitte geben Sie eine Farbe an, zum Beispiel: #14532d.",
    "accent": "Bitte geben Sie eine Farbe an, zum Beispiel: #0b6e8a.",
}
_MOST_HOURS: Final = 14
_LONGEST_DAY, _LONGEST_TIMES, _QUOTED = 80, 160, 60  # characters


def problem(name: str, value: str) -> str:
    """What is wrong with this value of a field of `Town`, German; "" when nothing is."""
    if not value:
        return _REQUIRED.get(name, "")
    longest: int = getattr(Town._meta.get_field(name), "max_length", 0)  # noqa: SLF001 - Django's public way to its fields
    if name in {"colour", "accent"}:
        return theme.colour_problem(value.lower())
    if len(value) > longest:
        return f"Das ist zu lang; möglich sind {longest} Zeichen."
    if name == "postcode" and not re.fullmatch(r"[0-9]{5}", value):
        return "Eine Postleitzahl hat fünf Ziffern."
    if name == "mail":
        try:
            validate_email(value)
        except ValidationError:
            return "Das ist keine E-Mail-Adresse. Bitte prüfen Sie, ob etwas fehlt, zum Beispiel das @."
    return ""


def hours(text: str) -> tuple[list[list[str]], str]:
    """Lines such as "Montag: 8–12 Uhr" as pairs, and what is wrong: every line in question, as typed."""
    rows: list[list[str]] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        day, _colon, when = (part.strip() for part in line.partition(":"))
        # A line that begins with a time ("8:00 bis 12:00") has a colon, but no day.
        if day and when and not day.isdecimal() and len(day) <= _LONGEST_DAY and len(when) <= _LONGEST_TIMES:
            rows.append([day, when])
        elif line.strip():
            wrong.append(f"Zeile {number} („{clipped(line.strip(), _QUOTED)}“)")
    if wrong:
        said = "Bitte schreiben Sie je Zeile den Tag, einen Doppelpunkt und die Zeiten, zum Beispiel „Montag: 8–12 Uhr“."
        return [], f"{', '.join(wrong)}: {said}"
    return (rows, "") if len(rows) <= _MOST_HOURS else ([], f"Möglich sind {_MOST_HOURS} Zeilen.")
