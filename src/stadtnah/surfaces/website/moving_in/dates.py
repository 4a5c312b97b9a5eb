"""Dates as German municipal websites really write them.

RFC 822 with the wrong weekday or German names, ISO 8601 with and without a zone, „05.03.2024, 14:30 Uhr“,
„5. März 2024“, seconds since 1970. A time without a zone is the town's wall time. The weekday is ignored: where
it disagrees with the date, the date was computed and the weekday typed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from stadtnah.kernel.clock import resolve_wall

_MONTHS = {
    **dict.fromkeys(("jan", "jän"), 1),
    "feb": 2,
    **dict.fromkeys(("mar", "mär", "mae", "mrz"), 3),
    "apr": 4,
    **dict.fromkeys(("may", "mai"), 5),
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    **dict.fromkeys(("oct", "okt"), 10),
    "nov": 11,
    **dict.fromkeys(("dec", "dez"), 12),
}
# Only zones a German feed can mean; the American ones of RFC 822 are there because templates copy them.
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 120),
    "EST": -300,
    "EDT": -240,
    "PST": -480,
    "PDT": -420,
}
_TIME = r"(?:[T ,]\s{0,3}(?:um )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?: ?Uhr)?)?"
_ZONE = r" ?([+-]\d{2}:?\d{2}|[A-Z]{1,4})?(?: ?\([A-Za-z ]{1,30}\))?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})(?:-(\d{{1,2}}))?{_TIME}{_ZONE}")
_NUMBERS = re.compile(rf"(\d{{1,2}})[./](\d{{1,2}})[./](\d{{4}}|\d{{2}}){_TIME}{_ZONE}")
_NAMED = re.compile(rf"(\d{{1,2}})\.?[ -]([A-Za-zäÄ]{{3,9}})\.?[ -](\d{{4}}|\d{{2}}){_TIME}{_ZONE}")
_WEEKDAY = re.compile(r"^[A-Za-z]{2,10}[.,]{1,2} ?")
_STAMP = re.compile(r"\d{9,10}|\d{12,13}")
_YEARS = range(1990, 2101)


def moment(value: str, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """The moment (aware, UTC) a foreign text means, and a German note when it cannot be read.

    An empty text and WordPress's „0000-00-00 00:00:00“ are no date and no complaint: (None, "").
    """
    cleaned = " ".join(value.replace("\xa0", " ").split())[:80]
    if not cleaned or cleaned.startswith("0000-00-00"):
        return None, ""
    try:
        found = _read(cleaned, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        return None, f"Datum ‚{cleaned[:40]}‘ ist nicht lesbar – der Entwurf trägt kein Datum."
    if found.year not in _YEARS:
        return None, f"Datum ‚{cleaned[:40]}‘ ist nicht glaubhaft – der Entwurf trägt kein Datum."
    return found, ""


def _read(value: str, zone: ZoneInfo) -> datetime | None:
    if _STAMP.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10] if len(value) > 10 else value), UTC)  # noqa: PLR2004 - digits
    bare = _WEEKDAY.sub("", value)
    if match := _ISO.fullmatch(bare):
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    elif match := _NUMBERS.fullmatch(bare):
        day, month, year = int(match[1]), int(match[2]), _year(match[3])
    elif match := _NAMED.fullmatch(bare):
        day, month, year = int(match[1]), _MONTHS.get(match[2].lower()[:3], 0), _year(match[3])
    else:
        return None
    hour, minute, second = (int(match[group] or 0) for group in (4, 5, 6))
    # „24:00 Uhr“ is the end of the day; a leap second is the last one.
    rest = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    if rest > timedelta(days=1) or minute > 59:  # noqa: PLR2004 - minutes of an hour
        return None
    return _placed(datetime(year, month, day) + rest, match[7], zone)  # noqa: DTZ001 - the zone comes next


def _placed(wall: datetime, name: str | None, zone: ZoneInfo) -> datetime | None:
    if not name:
        return resolve_wall(wall, zone)
    if name in _ZONES:
        minutes = _ZONES[name]
    elif name[0] in "+-":
        digits = name[1:].replace(":", "")
        minutes = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if name[0] == "-" else 1)
    else:
        return None
    return wall.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC)


def _year(digits: str) -> int:
    # RFC 2822, 4.3: two digits below 50 are this century.
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - the rule above
