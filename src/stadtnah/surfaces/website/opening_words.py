"""Opening hours as the town writes them („Montag und Dienstag: 8–12 Uhr“), read for machines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS: Final = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_NAMES: Final = {
    **{name: number for number, name in enumerate(_DAYS)},
    **{name[:2]: number for number, name in enumerate(_DAYS)},
    **{f"{name}s": number for number, name in enumerate(_DAYS)},
    "sonnabend": 5,
}
_TIME: Final = r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?"
_SPAN: Final = re.compile(rf"{_TIME}\s*(?:–|—|-|bis)\s*{_TIME}", re.IGNORECASE)
_TO: Final = re.compile(r"\s*(?:–|—|-|\bbis\b)\s*", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:,|;|/|&|\bund\b|\bu\.)\s*", re.IGNORECASE)
_NOTHING_MORE: Final = re.compile(r"(?:\b(?:von|und|sowie|uhr)\b|[\s,;/&.])*", re.IGNORECASE)
_CLOSED: Final = re.compile(r"\bgeschlossen\b|\bvereinbarung\b|\btermin", re.IGNORECASE)
_MIDNIGHT: Final = 24


class Open(NamedTuple):
    """On these days (English names, as schema.org has them) from `opens` to `closes`, "08:00"."""

    days: tuple[str, ...]
    opens: str
    closes: str


def spans(rows: Iterable[Sequence[str]]) -> list[Open]:
    """What (day, times) rows say. Empty as soon as one row is not understood: half of it would say „closed“ where it is open."""
    found: list[Open] = []
    for day, times in rows:
        days, hours = _days(day), _hours(times)
        if days is None or hours is None:
            return []
        found += [Open(days, opens, closes) for opens, closes in hours]
    return found


def _days(text: str) -> tuple[str, ...] | None:
    found: list[int] = []
    for part in filter(None, _AND.split(text.strip().strip(".:"))):
        ends = [_NAMES.get(word.strip(" .").casefold()) for word in _TO.split(part)]
        if len(ends) > 2 or None in ends:  # noqa: PLR2004 - from, to
            return None
        first, last = ends[0], ends[-1]
        assert first is not None
        assert last is not None
        found += range(first, (last if last >= first else last + 7) + 1)
    return tuple(WEEK[number % 7] for number in dict.fromkeys(found)) or None


def _hours(text: str) -> list[tuple[str, str]] | None:
    """Each span of a day; [] when it is closed or by appointment; None when it says something else."""
    found = [(_clock(a, b), _clock(c, d)) for a, b, c, d in _SPAN.findall(text)]
    rest = _SPAN.sub(" ", text)
    if not found:
        return [] if _CLOSED.search(rest) else None
    if not _NOTHING_MORE.fullmatch(rest) or any(not (a and b) or a >= b for a, b in found):
        return None
    return found


def _clock(hour: str, minute: str) -> str:
    if int(hour) > _MIDNIGHT or int(minute or 0) > 59:  # noqa: PLR2004 - minutes
        return ""
    return "23:59" if int(hour) == _MIDNIGHT else f"{int(hour):02}:{minute or '00'}"
