"""Which time zone a calendar means, whatever it calls it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Microsoft's names of the zones that calendars of German municipalities are written in, and their neighbours (Unicode CLDR, windowsZones).
_WINDOWS: Final = {
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "romance standard time": "Europe/Paris",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "e. europe standard time": "Europe/Chisinau",
    "fle standard time": "Europe/Kiev",
    "gtb standard time": "Europe/Bucharest",
    "eastern standard time": "America/New_York",
    "utc": "UTC",
    "coordinated universal time": "UTC",
    "(utc+01:00) amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "(utc+01:00) amsterdam, berlin, bern, rom, stockholm, wien": "Europe/Berlin",
    "mitteleuropäische zeit": "Europe/Berlin",
    "westeuropäische normalzeit": "Europe/Berlin",
    "mitteleuropäische normalzeit": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "cest": "Europe/Berlin",
}
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)


@lru_cache(maxsize=256)
def zone_called(name: str) -> ZoneInfo | None:
    """The zone of this name; None when there is none.

    Blanks and quotes around it are forgiven, Microsoft's names are known, and of a path as in
    „/freeassociation.sourceforge.net/Europe/Berlin“ the end counts (RFC 5545, section 3.2.19).
    """
    name = " ".join(name.strip().strip("\"'").split())
    known = _WINDOWS.get(name.lower())
    if known:
        return ZoneInfo(known)
    parts = name.strip("/").split("/")
    for candidate in ("/".join(parts[-number:]) for number in (len(parts), 3, 2)):
        if len(candidate) < 60 and _NAME.fullmatch(candidate):  # noqa: PLR2004 - the longest name has 32
            try:
                return ZoneInfo(candidate)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return None
