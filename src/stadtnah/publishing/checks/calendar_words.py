"""German weekdays and months as people write them."""

from __future__ import annotations

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_LONG_DAYS = {"sonnabend": 5} | {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_SHORT_DAYS = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}

# With the time of day ("Samstagabend") and the habit ("montags"); abbreviations only with a capital.
LONG_DAY = rf"(?i:{'|'.join(_LONG_DAYS)})(?:(?:vor|nach)?mittag|abend|morgen|nacht|früh)?"
SHORT_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?"
DAY = rf"\b(?:{LONG_DAY}\b|{SHORT_DAY})"

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)} | {
    "jänner": 1, "feber": 2, "jan": 1, "feb": 2, "febr": 2, "mrz": 3, "mär": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
_FULL = tuple(name for name in _MONTH_NUMBERS if len(name) > 4 or name in {"mai", "juni", "juli", "märz"})  # noqa: PLR2004
_SHORT = tuple(sorted(set(_MONTH_NUMBERS) - set(_FULL), key=len, reverse=True))
MONTH = rf"(?:(?i:{'|'.join(_FULL)})\b(?!-)|(?i:{'|'.join(_SHORT)})\b(?!-)\.?)"


def weekday_number(written: str) -> int:
    """0 for Monday to 6 for Sunday, from anything that DAY matches."""
    lowered = written.lower().rstrip(".")
    if lowered in _SHORT_DAYS:
        return _SHORT_DAYS[lowered]
    return next(number for name, number in _LONG_DAYS.items() if lowered.startswith(name))


def month_number(written: str) -> int:
    """1 to 12, from anything that MONTH matches."""
    return _MONTH_NUMBERS[written.lower().rstrip(".")]
