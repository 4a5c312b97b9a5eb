"""Days and times as people write them in German tables. Pure; what cannot be read raises NotReadable with a German reason.

„3.12.2026“, „Do., 3. Dezember 2026“, „3.–5.12.2026“, „30.11. bis 2.12.2026“, „2026-12-03 19:30“, numbers of a spreadsheet;
„19 Uhr“, „19.30“, „ab 19 Uhr“, „19–22 Uhr“, „ganztägig“. A day before the month, as in Germany, unless a whole column says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from stadtnah.services.events.domain.ics.values import Unreadable
from stadtnah.services.events.domain.rule import YEARS

_MONTHS: Final = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_OTHER_MONTHS: Final = {"mar": 3, "mae": 3, "mrz": 3, "may": 5, "oct": 10, "dec": 12, "jän": 1, "fev": 2}
_WEEKDAY: Final = re.compile(
    r"(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)s?\b"
    r"\.?\s*(?:[-–/]|bis|und)?\s*)+,?\s*(?:den |dem |der )?",
    re.IGNORECASE,
)
_DASH: Final = r"\s*(?:-|–|—|bis(?: zum)?|to|\+|u\.|und|&|/)\s*"
_NAME: Final = r"[A-Za-zÄÖÜäöü]{3,9}"
# Two digits before „Uhr“ or minutes are a time: „3.12. 19 Uhr“ names no year.
_YEAR: Final = r"(\d{4}|'?\d{2})(?!\d|\s*(?:[Uu]hr|h\b|[:.]\d))"
_DAY: Final = rf"(\d{{1,2}})(?:\.\s*|\s+)(?:(\d{{1,2}})\.?|({_NAME})\.?)"  # of a month, by number or name
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_SLASHES: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", re.ASCII)
_ONE: Final = re.compile(rf"{_DAY}\s*{_YEAR}", re.ASCII)
_TWO: Final = re.compile(rf"{_DAY}\s*(?:{_YEAR})?{_DASH}{_DAY}\s*{_YEAR}", re.ASCII)
_DAYS: Final = re.compile(rf"(\d{{1,2}})\.?{_DASH}{_DAY}\s*{_YEAR}", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d+))?", re.ASCII)
_FRACTION: Final = re.compile(r"0[.,](\d{2,17})", re.ASCII)
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:\s*(?:[:.,h]|uhr)\s*(\d{1,2})(?:[:.]\d{2}(?:[.,]\d{1,6})?)?)?\s*(?:h\b|uhr)?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*uhr)?",
    re.IGNORECASE | re.ASCII,
)
_BARE: Final = re.compile(r"([01]\d|2[0-4])([0-5]\d)\s*(?:uhr|h)?", re.IGNORECASE | re.ASCII)
_OPENING: Final = re.compile(r"(?:ab|von|um|ca\.?|circa|gegen|from|at|beginn:?|uhrzeit:?)\s+", re.IGNORECASE)
_OPEN_END: Final = re.compile(
    r"\s*(?:\(?open end\)?|-|–|…|\.\.\.|bis (?:open end|offen|ende offen))\s*$", re.IGNORECASE
)
_UNTIL: Final = re.compile(r"\s*(?:-|–|—|\bbis\b|\bto\b)\s*(?:ca\.?\s*)?", re.IGNORECASE)
_WHOLE_DAY: Final = frozenset(
    ["ganztägig", "ganztags", "ganztag", "ganzer tag", "den ganzen tag", "all day", "allday", "ganztaegig"]
)
_EPOCH: Final = date(
    1899, 12, 30
)  # of the numbers of Excel's 1900 system from March 1900 on (ECMA-376, part 1, 18.17.4)
_ONE_DAY: Final = timedelta(days=1)
_LONGEST: Final = 120  # characters of a cell that may be a time


class NotReadable(Unreadable):
    """A day or time nobody can be sure of. Its message is German and names the value."""


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, and what stands behind them: the time. apart: two days („3. und 4.“) and not a stretch of them."""

    first: date
    last: date
    rest: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, since midnight, and its end. `all_day`: said so."""

    begin: timedelta | None = None
    end: timedelta | None = None
    all_day: bool = False


def read_days(text: str, *, month_first: bool = False) -> Days:
    """The days of a cell. Raises NotReadable."""
    cleaned = _plain(text)
    if not cleaned:
        raise NotReadable("ist leer")
    if match := _SERIAL.fullmatch(cleaned):
        return _serial(match)
    cleaned = _WEEKDAY.sub("", cleaned)
    for pattern, of in ((_TWO, _two), (_DAYS, _several), (_ISO, _iso), (_ONE, _one)):
        if match := pattern.match(cleaned):
            found = of(match)
            return replace(
                _with_rest(found, cleaned[match.end() :]), apart=found[0] < found[1] and _apart(match[0])
            )
    if match := _SLASHES.match(cleaned):
        day, month = (int(match[1]), int(match[2])) if not month_first else (int(match[2]), int(match[1]))
        only = _date(day, month, match[3])
        return _with_rest((only, only), cleaned[match.end() :])
    if re.match(_DAY, cleaned, re.ASCII):
        raise NotReadable(f"„{cleaned[:40]}“ nennt kein Jahr")
    raise NotReadable(f"„{cleaned[:40]}“ ist kein Datum")


def month_first(texts: list[str]) -> bool:
    """Whether a column writes the month before the day: some value can be read in no other way, none in the German way alone."""
    pairs = [
        (int(match[1]), int(match[2]))
        for text in texts
        if (match := _SLASHES.match(_WEEKDAY.sub("", _plain(text))))
    ]
    return any(second > 12 for _first, second in pairs) and all(first <= 12 for first, _second in pairs)  # noqa: PLR2004 - months


def read_clock(text: str) -> Clock:
    """The time of a cell, perhaps with its end; nothing where nothing stands. Raises NotReadable."""
    cleaned = _plain(text).strip(" ,;()")
    if not cleaned or cleaned in {"-", "–", "?"}:
        return Clock()
    if cleaned.casefold() in _WHOLE_DAY:
        return Clock(all_day=True)
    if match := _FRACTION.fullmatch(cleaned):
        return Clock(begin=_of_fraction(match[1]))
    bare = _OPEN_END.sub("", _OPENING.sub("", cleaned)).strip()
    begin, *others = _UNTIL.split(bare)
    if len(others) > 1:
        raise NotReadable(f"„{cleaned[:40]}“ ist keine Uhrzeit")
    end = _moment(others[0], cleaned) if others else None
    # „7–9 pm“: the half of the day holds for both.
    half = re.search(r"[ap]\.?m\.?$", others[0], re.IGNORECASE) if others else None
    if half and not re.search(r"[ap]\.?m\.?$", begin, re.IGNORECASE):
        begin = f"{begin} {half[0]}"
    return Clock(begin=_moment(begin, cleaned), end=end)


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("\xa0", " ").replace("\u202f", " ").split())


def _moment(text: str, whole: str) -> timedelta:
    cleaned = text.strip()
    match = _CLOCK.fullmatch(cleaned)
    if bare := _BARE.fullmatch(cleaned):
        return timedelta(hours=int(bare[1]), minutes=int(bare[2]))
    if not match or not cleaned:
        raise NotReadable(f"„{whole[:40]}“ ist keine Uhrzeit")
    hour, minutes, half = int(match[1]), match[2] or "0", (match[3] or "").lower().replace(".", "")
    # A spreadsheet makes the number 19.3 of „19.30“.
    minute = int(minutes) * (10 if len(minutes) == 1 else 1)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99  # noqa: PLR2004 - a clock with two halves
    if hour > 24 or minute > 59 or (hour == 24 and minute):  # noqa: PLR2004 - a clock
        raise NotReadable(f"„{whole[:40]}“ gibt es auf keiner Uhr")
    return timedelta(hours=hour, minutes=minute)


def _with_rest(days: tuple[date, date], rest: str) -> Days:
    first, last = days
    if last < first:
        raise NotReadable(f"Das Ende ({last:%d.%m.%Y}) liegt vor dem Anfang ({first:%d.%m.%Y})")
    cleaned = re.sub(r"^[T,;|/\s]+", "", rest)
    if cleaned.startswith(("(", "-", "–")) and not re.match(r"[-–(]\s*\d", cleaned):
        cleaned = ""
    return Days(first, last, cleaned)


def _serial(match: re.Match[str]) -> Days:
    day = _EPOCH + timedelta(days=int(match[1]))
    if day.year not in range(1970, 2101):
        raise NotReadable(f"„{match[0][:40]}“ ist kein Datum")
    if not (match[2] or "").strip("0"):
        return Days(day, day)
    minutes = _of_fraction(match[2]) // timedelta(minutes=1)
    return Days(day, day, f"{minutes // 60:02}:{minutes % 60:02}")


def _of_fraction(digits: str) -> timedelta:
    return timedelta(minutes=round(float(f"0.{digits}") * 1_440))


def _iso(match: re.Match[str]) -> tuple[date, date]:
    found = _date(int(match[3]), int(match[2]), match[1])
    return found, found


def _one(match: re.Match[str]) -> tuple[date, date]:
    found = _date(int(match[1]), _month(match[2], match[3]), match[4])
    return found, found


def _two(match: re.Match[str]) -> tuple[date, date]:
    last = _date(int(match[5]), _month(match[6], match[7]), match[8])
    day, month = int(match[1]), _month(match[2], match[3])
    # „30.12. bis 2.1.2027“ begins in the year before.
    year = match[4] or str(last.year - (month > last.month))
    return _date(day, month, year), last


def _several(match: re.Match[str]) -> tuple[date, date]:
    last = _date(int(match[2]), _month(match[3], match[4]), match[5])
    first = _date(int(match[1]), last.month, str(last.year))
    if _apart(match[0]) and last - first != _ONE_DAY:
        raise NotReadable(f"„{match[0][:40]}“ nennt einzelne Tage. Bitte eine Zeile je Tag")
    return first, last


def _apart(text: str) -> bool:
    return bool(re.search(r"\+|u\.|und|&|/", text)) and not re.search(r"-|–|—|bis|to", text)


def _month(number: str | None, name: str | None) -> int:
    if number:
        return int(number)
    start = (name or "").casefold()[:3]
    month = _OTHER_MONTHS.get(start) or (_MONTHS.index(start) + 1 if start in _MONTHS else 0)
    if not month:
        raise NotReadable(f"„{name}“ ist kein Monat")
    return month


def _date(day: int, month: int, year: str) -> date:
    digits = year.lstrip("'")
    full = int(digits) if len(digits) == 4 else 2000 + int(digits)  # noqa: PLR2004 - written out
    try:
        found = date(full, month, day)
    except ValueError:
        raise NotReadable(f"Den {day}.{month}.{full} gibt es nicht") from None
    if found.year not in YEARS:
        raise NotReadable(f"Das Jahr {full} ist nicht gemeint")
    return found


def wall(day: date, since_midnight: timedelta) -> datetime:
    """The wall time: 24:00 is the midnight after the day."""
    return datetime.combine(day, time()) + since_midnight
