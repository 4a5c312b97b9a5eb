"""A rule of recurrence (RRULE of RFC 5545, section 3.3.10) as data, read from its text and written again. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.kernel.clock import resolve_wall

FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEARS: Final = range(1900, 2200)  # as kernel.clock: beyond them a typing error is likelier than a plan
_LONGEST: Final = 2_000  # characters of a rule; the longest that a calendar program writes has some hundred
_MOST: Final = 10_000  # of INTERVAL and COUNT; a daily series for 27 years
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_STAMP: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(Z)?)?", re.ASCII)
# Part, field, highest value, whether it counts from the end as well, whether 0 is one.
_LISTS: Final = {
    "BYSECOND": ("seconds", 60, False),
    "BYMINUTE": ("minutes", 59, False),
    "BYHOUR": ("hours", 23, False),
    "BYMONTHDAY": ("month_days", 31, True),
    "BYYEARDAY": ("year_days", 366, True),
    "BYWEEKNO": ("weeks", 53, True),
    "BYMONTH": ("months", 12, False),
    "BYSETPOS": ("positions", 366, True),
}
_FROM_ONE: Final = {"BYMONTH"}


class RuleWrong(ValueError):
    """A rule that cannot be carried out. Its message is German and names the part."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When something recurs. `until` is a wall time of the event's zone and belongs to the series.

    days: (which one in its month or year, 0 for every; weekday from Monday = 0).
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    seconds: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str, zone: ZoneInfo, *, all_day: bool) -> Rule:
    """The rule of an event in `zone`. Raises RuleWrong."""
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq not in FREQUENCIES:
        raise RuleWrong(f"Die Wiederholung „{text[:60]}“ nennt keinen Takt (FREQ).")
    fields: dict[str, Any] = {"freq": freq}
    for name, value in parts.items():
        if name in _LISTS:
            field, highest, signed = _LISTS[name]
            fields[field] = _numbers(name, value, highest, signed=signed)
        elif name == "BYDAY":
            fields["days"] = _days(value)
        elif name == "WKST":
            fields["week_start"] = _days(value)[0][1]
        elif name == "UNTIL":
            fields["until"] = _until(value, zone, all_day=all_day)
        elif name in {"INTERVAL", "COUNT"}:
            fields[name.lower()] = _number(name, value)
        elif not name.startswith("X-"):
            raise RuleWrong(f"Die Wiederholung enthält „{name[:20]}“. Das kennen wir nicht.")
    return _sound(Rule(**fields))


def write_rule(rule: Rule, zone: ZoneInfo, *, all_day: bool) -> str:
    """The text of a rule; `read_rule` gives the same rule again."""
    parts = [f"FREQ={rule.freq}"]
    if rule.until is not None:
        parts.append(f"UNTIL={_until_text(rule.until, zone, all_day=all_day)}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    for name, (field, _highest, _signed) in _LISTS.items():
        if values := getattr(rule, field):
            parts.append(f"{name}={','.join(map(str, values))}")
    if rule.days:
        parts.append(f"BYDAY={','.join(f'{nth or str()}{DAYS[day]}' for nth, day in rule.days)}")
    if rule.week_start:
        parts.append(f"WKST={DAYS[rule.week_start]}")
    return ";".join(parts)


def read_stamp(text: str) -> tuple[datetime, bool, bool] | None:
    """(naive time, whether it is a day alone, whether it is UTC) of a date or date-time; None when it is neither."""
    match = _STAMP.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        midnight = datetime.combine(date(int(year), int(month), int(day)), time())
        if int(year) not in YEARS or int(minute or 0) > 59 or int(second or 0) > 60 or int(hour or 0) > 24:  # noqa: PLR2004 - of a clock; :60 is a leap second
            return None
    except ValueError:
        return None
    if hour is None:
        return midnight, True, False
    # 24:00 is written by some as the end of a day; a leap second is the one before it.
    span = timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59))
    return midnight + span, False, bool(utc)


def _parts(text: str) -> dict[str, str]:
    if len(text) > _LONGEST:
        raise RuleWrong("Die Wiederholung ist zu lang, um von einem Kalender zu stammen.")
    found: dict[str, str] = {}
    for part in text.upper().replace(" ", "").removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if not equals or not value or name in found:
            raise RuleWrong(f"Die Wiederholung ist nicht zu verstehen: „{part[:40]}“.")
        found[name] = value
    return found


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()) or not 1 <= int(value[:9]) <= _MOST:
        raise RuleWrong(f"Die Wiederholung: {name} muss zwischen 1 und 10.000 liegen, nicht „{value[:20]}“.")
    return int(value)


def _numbers(name: str, value: str, highest: int, *, signed: bool) -> tuple[int, ...]:
    found = set()
    lowest = -highest if signed else int(name in _FROM_ONE)
    for one in value.split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", one, re.ASCII) or not lowest <= int(one) <= highest:
            raise RuleWrong(f"Die Wiederholung: „{one[:20]}“ gibt es bei {name} nicht.")
        if signed and not int(one):
            raise RuleWrong(f"Die Wiederholung: 0 gibt es bei {name} nicht.")
        found.add(min(int(one), 59) if name == "BYSECOND" else int(one))
    return tuple(sorted(found))


def _days(value: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for one in value.split(","):
        match = _DAY.fullmatch(one)
        if not match or abs(int(match[1] or 0)) > 53 or (match[1] and not int(match[1])):  # noqa: PLR2004 - weeks of a year
            raise RuleWrong(f"Die Wiederholung: „{one[:20]}“ ist kein Wochentag.")
        found.add((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(sorted(found, key=lambda day: (day[1], day[0])))


def _until(value: str, zone: ZoneInfo, *, all_day: bool) -> datetime:
    """As a wall time. A day alone is meant to its end, whatever the event is; an instant in UTC is one of the zone's clocks."""
    stamp = read_stamp(value)
    if stamp is None:
        raise RuleWrong(f"Die Wiederholung: „{value[:20]}“ ist kein Zeitpunkt (UNTIL).")
    moment, day_alone, utc = stamp
    if all_day:
        return datetime.combine(moment.date(), time())
    if day_alone:
        return moment + timedelta(hours=23, minutes=59, seconds=59)
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0) if utc else moment


def _until_text(until: datetime, zone: ZoneInfo, *, all_day: bool) -> str:
    if all_day:
        return f"{until:%Y%m%d}"
    return f"{resolve_wall(until, zone):%Y%m%dT%H%M%SZ}"


def _sound(rule: Rule) -> Rule:
    """What RFC 5545 forbids: refused where nobody can say what was meant, left out where it has no meaning."""
    numbered = any(nth for nth, _day in rule.days)
    if numbered and rule.freq == "YEARLY" and rule.weeks:
        raise RuleWrong("Die Wiederholung nennt zugleich Kalenderwochen und gezählte Wochentage.")
    if numbered and rule.freq not in {"YEARLY", "MONTHLY"}:
        rule = replace(rule, days=tuple(sorted({(0, day) for _nth, day in rule.days})))
    if (
        rule.positions
        and not any(getattr(rule, field) for field, _h, _s in _LISTS.values() if field != "positions")
        and not rule.days
    ):
        raise RuleWrong("Die Wiederholung zählt (BYSETPOS), sagt aber nicht was.")
    return rule
