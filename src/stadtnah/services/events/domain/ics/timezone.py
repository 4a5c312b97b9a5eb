"""A time zone as VTIMEZONE (RFC 5545, section 3.6.5), made from the zone's own data. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_AHEAD: Final = 12  # years of changes that follow no simple rule
_ONE_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_SUNDAY: Final = 6


@lru_cache(maxsize=64)
def described(key: str, year: int) -> tuple[str, ...]:
    """The lines of a zone, valid from the beginning of `year`."""
    zone = ZoneInfo(key)
    begin = datetime(year - 1, 1, 1, tzinfo=UTC)
    changes = _changes(zone, begin, begin.replace(year=year + _AHEAD))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{key}"]
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for moment in changes:
        old, new = (moment - _SECOND).astimezone(zone), moment.astimezone(zone)
        kind = (_offset(old), _offset(new), new.tzname() or "", bool(new.dst()))
        groups.setdefault(kind, []).append((moment + _offset(old)).replace(tzinfo=None))
    if not groups:
        first = begin.astimezone(zone)
        groups[_offset(first), _offset(first), first.tzname() or "", False] = [datetime(1970, 1, 1)]  # noqa: DTZ001 - a wall time
    for (old_offset, new_offset, name, summer), walls in groups.items():
        part = "DAYLIGHT" if summer else "STANDARD"
        lines += [f"BEGIN:{part}", f"DTSTART:{walls[0]:%Y%m%dT%H%M%S}", *_again(walls)]
        lines += [
            f"TZOFFSETFROM:{_signed(old_offset)}",
            f"TZOFFSETTO:{_signed(new_offset)}",
            f"TZNAME:{name}",
            f"END:{part}",
        ]
    return (*lines, "END:VTIMEZONE")


def _again(walls: list[datetime]) -> list[str]:
    """By rule where the change is on the last Sunday of a month every year, as in the European Union; else one by one."""
    last = all(one.weekday() == _SUNDAY and one.day + 7 > monthrange(one.year, one.month)[1] for one in walls)
    alike = len({(one.month, one.time()) for one in walls}) == 1
    yearly = [one.year for one in walls] == list(range(walls[0].year, walls[0].year + len(walls)))
    if last and alike and yearly and len(walls) >= _AHEAD:
        return [f"RRULE:FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY=-1SU"]
    return [f"RDATE:{','.join(f'{one:%Y%m%dT%H%M%S}' for one in walls[1:])}"] if walls[1:] else []


def _changes(zone: ZoneInfo, low: datetime, end: datetime) -> list[datetime]:
    found = []
    while low < end:
        high = low + _ONE_DAY
        if _offset(low.astimezone(zone)) != _offset(high.astimezone(zone)):
            found.append(_between(zone, low, high))
        low = high
    return found


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second with the new offset."""
    before = _offset(low.astimezone(zone))
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(middle.astimezone(zone)) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _signed(offset: timedelta) -> str:
    seconds = int(abs(offset).total_seconds())
    rest = f"{seconds % 60:02d}" if seconds % 60 else ""
    return f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02d}{seconds // 60 % 60:02d}{rest}"
