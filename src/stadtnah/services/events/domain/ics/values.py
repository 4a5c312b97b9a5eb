"""Single values of a calendar: text, times, durations, positions. Pure; what cannot be read raises Unreadable with a German reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.ics.lines import Line
from stadtnah.services.events.domain.rule import read_stamp

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST_ADDRESS: Final = 2_000


class Unreadable(ValueError):
    """A value that cannot be read. Its message is German and names the field."""


def text_of(value: str) -> str:
    """TEXT without its escapes (RFC 5545, section 3.3.11); a break of a line is a backslash and an n."""
    plain = _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return plain.strip()


def escaped(text: str) -> str:
    """As TEXT of a calendar; `text_of` gives the text again."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def list_of(value: str) -> list[str]:
    """A list of TEXT: a comma divides unless it is escaped."""
    found: list[str] = [""]
    for piece in re.split(r"(\\.|,)", value, flags=re.DOTALL):
        if piece == ",":
            found.append("")
        else:
            found[-1] += piece
    return [text for one in found if (text := text_of(one))]


class Wall:
    """Reads times as wall times of one zone: that of the event."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def read(self, text: str, said: ZoneInfo | None, field: str) -> tuple[datetime, bool]:
        """(wall time, whether it is a day alone) of a value whose parameters say `said`; None: no zone, meant as the clocks show."""
        stamp = read_stamp(text)
        if stamp is None:
            shown = f"„{text[:30]}“ ist kein" if text.strip() else "Es fehlt der"
            raise Unreadable(f"{field}: {shown} Zeitpunkt zwischen 1900 und 2199.")
        moment, day_alone, utc = stamp
        source = UTC if utc else said
        if day_alone or source is None or source == self.zone:
            return moment, day_alone
        return moment.replace(tzinfo=source).astimezone(self.zone).replace(tzinfo=None, fold=0), False


def duration_of(text: str) -> timedelta:
    """RFC 5545, section 3.3.6; „-P10H“ without its T, as some programs write it, is understood as well."""
    cleaned = text.strip()
    match = _DURATION.fullmatch(cleaned) or _DURATION.fullmatch(
        re.sub(r"P(?=\d+[HS])", "PT", cleaned, flags=re.IGNORECASE)
    )
    if not match or not any(match.groups()[1:]):
        raise Unreadable(f"Dauer: „{text[:30]}“ ist keine.")
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if match[1] == "-" and span:
        raise Unreadable("Dauer: Sie ist kleiner als null, das Ende läge vor dem Anfang.")
    return span


def moment_of(text: str) -> datetime | None:
    """An instant (aware, UTC) as in LAST-MODIFIED; None when it is none."""
    stamp = read_stamp(text)
    return stamp[0].replace(tzinfo=UTC) if stamp and not stamp[1] else None


def day_of(text: str) -> date | None:
    """A day alone; None when it is none."""
    stamp = read_stamp(text)
    return stamp[0].date() if stamp and stamp[1] else None


def position_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of GEO; None when there is none, or the 0;0 of a program that does not know."""
    parts = re.split(r"[;,]", text.strip())
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return None
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 - of the globe; NaN is outside
    return (latitude, longitude) if inside and (latitude or longitude) else None


def address_of(text: str) -> str:
    """An address of the web, "" for anything else: a link must not do what a click does not say."""
    cleaned = text_of(text) if "\\" in text else text.strip()
    try:
        parts = urlsplit(cleaned)
        fine = (
            parts.scheme.lower() in {"http", "https"}
            and bool(parts.hostname)
            and len(cleaned) <= _LONGEST_ADDRESS
        )
    except ValueError:
        return ""
    return cleaned if fine and not re.search(r"[\s<>\"]", cleaned) else ""


def dates_of(lines: list[Line]) -> list[tuple[Line, str]]:
    """Every single value of EXDATE and RDATE lines with the line it stands in."""
    return [(line, one.strip()) for line in lines for one in line.value.split(",") if one.strip()]


def midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return datetime.combine(moment.date(), time())


def digest(parts: Iterable[str]) -> str:
    """A short name made of texts, the same at every reading."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
