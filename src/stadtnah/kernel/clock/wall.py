"""Moments and wall times.

A moment is an aware datetime in UTC; that is what is stored and compared. A wall time is a naive datetime
that means "as the clocks in the town show it"; that is what people type. `resolve_wall` is the only way
from the second to the first, so that the two nights with a clock change have one rule.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_ISO_WALL = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?", re.ASCII)
# Beyond these years a typing error is likelier than a plan, and arithmetic stays far from datetime's ends.
_YEARS = range(1900, 2200)
_SECOND = timedelta(seconds=1)


class WallTimeError(ValueError):
    """A text that is no wall time. Its message is German and meant for people."""


def now() -> datetime:
    """The present moment, aware, UTC."""
    return datetime.now(UTC)


def town_zone() -> ZoneInfo:
    """The town's time zone: STADTNAH_TIME_ZONE, Europe/Berlin when it is not set."""
    return ZoneInfo(getattr(settings, "STADTNAH_TIME_ZONE", "Europe/Berlin"))


def local(moment: datetime) -> datetime:
    """`moment` as the clocks in the town show it (aware). Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("local() needs an aware datetime; a wall time goes through resolve_wall()")
    return moment.astimezone(town_zone())


def as_shown(moment: datetime) -> datetime:
    """What the clocks in the town show: of a moment `local`, a wall time as it is."""
    return local(moment) if moment.tzinfo else moment


def ended_day(moment: datetime) -> date | None:
    """The day that ends here when the clocks show midnight, which as an end belongs to the day before; None at any other time."""
    shown = as_shown(moment)
    return None if shown.time() != time(0) else shown.date() - timedelta(days=1)


def resolve_wall(local_naive: datetime, zone: ZoneInfo | None = None) -> datetime:
    """The moment (aware, UTC) at which the clocks in `zone` (default: the town's) show `local_naive`.

    A wall time that does not exist (skipped in spring) becomes the first moment after the gap: what was
    planned for 02:30 happens at 03:00, when people's clocks have just passed it. A wall time that exists
    twice (autumn) becomes the first of the two, so nothing happens an hour late; `fold` is ignored.
    Raises ValueError for an aware datetime.
    """
    if local_naive.tzinfo is not None:
        raise ValueError("resolve_wall() needs a naive datetime")
    where = zone or town_zone()
    before = local_naive.replace(tzinfo=where, fold=0)
    after = local_naive.replace(tzinfo=where, fold=1)
    old, new = _offset(before), _offset(after)
    # PEP 495: inside a gap fold=0 carries the offset before the change, and only there it is the smaller.
    if old < new:
        return _first_with_offset(new, after.astimezone(UTC), before.astimezone(UTC), where)
    return before.astimezone(UTC)


def parse_wall(text: str) -> datetime:
    """A wall time (naive) out of ISO 8601: "2026-11-26T14:00", with a blank or seconds, or the date alone.

    The date alone means midnight. Raises WallTimeError for anything else, an offset or "Z" included: a
    wall time has none, and dropping it silently would move the time.
    """
    cleaned = text.strip()
    wrong = WallTimeError(
        f"„{cleaned[:40]}“ ist kein Zeitpunkt. Bitte geben Sie ihn so an: 2026-11-26T14:00 (ohne Zeitzone)."
    )
    if not _ISO_WALL.fullmatch(cleaned):
        raise wrong
    try:
        value = datetime.fromisoformat(cleaned)
    except ValueError:
        raise wrong from None
    if value.year not in _YEARS:
        raise WallTimeError(
            f"Das Jahr {value.year} liegt zu weit weg. Bitte prüfen Sie die Jahreszahl "
            f"({_YEARS.start} bis {_YEARS.stop - 1})."
        )
    return value


def _offset(value: datetime) -> timedelta:
    offset = value.utcoffset()
    assert offset is not None
    return offset


def _first_with_offset(offset: timedelta, low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first whole second in (low, high] at which `zone` has `offset`; changes fall on whole seconds."""
    low = low.replace(microsecond=0)
    high = high.replace(microsecond=0) + _SECOND
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(middle.astimezone(zone)) == offset:
            high = middle
        else:
            low = middle
    return high
