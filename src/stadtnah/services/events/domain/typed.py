"""Days and times as people type them in a list, one a line, and back: „24.12.2026“, „14.12.2026 19:00–21:00“. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from stadtnah.services.events.domain.event import Extra
from stadtnah.services.events.domain.rule import YEARS

MOST: Final = 400  # lines; more days than these are a series of their own
_ONE_DAY: Final = timedelta(days=1)
_DAY: Final = r"(?:(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})|(\d{4})-(\d{2})-(\d{2}))"
_TIME: Final = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*Uhr)?"
_AT: Final = re.compile(rf"{_DAY}(?:(?:\s*,)?[\sT]+{_TIME})?", re.IGNORECASE)
_CLOCK: Final = re.compile(_TIME, re.IGNORECASE)
_TO: Final = re.compile(r"\s*(?:–|—|\bbis\b|(?<=[\d\sr])-(?=\s*\d{1,2}[:.]\d))\s*", re.IGNORECASE)


class TypedWrong(ValueError):
    """A line that is no day. Its message is German and names the line."""


def read_days(text: str) -> tuple[frozenset[datetime], frozenset[date]]:
    """(dates of a series with their time, whole days) on which it does not take place. Raises TypedWrong."""
    moments, days = set(), set()
    for line in _lines(text):
        moment, alone = _at(line, line)
        if alone:
            days.add(moment.date())
        else:
            moments.add(moment)
    return frozenset(moments), frozenset(days)


def write_days(moments: Iterable[datetime], days: Iterable[date]) -> str:
    """As `read_days` reads it."""
    rows = [(datetime.combine(day, time()), _day(day)) for day in days]
    rows += [(moment, f"{_day(moment)} {_clock(moment)}") for moment in moments]
    return "\n".join(line for _moment, line in sorted(rows))


def read_extras(text: str, start: datetime, end: datetime, *, all_day: bool) -> tuple[Extra, ...]:
    """Dates beside a rule. What a line does not say is as with the event. Raises TypedWrong."""
    return tuple(sorted({_extra(line, start, end, all_day=all_day) for line in _lines(text)}))


def write_extras(extras: Iterable[Extra], *, all_day: bool) -> str:
    """As `read_extras` reads it, with every end."""
    return "\n".join(_extra_line(extra, all_day=all_day) for extra in extras)


def _extra(line: str, start: datetime, end: datetime, *, all_day: bool) -> Extra:
    first, *rest = _TO.split(line, maxsplit=1)
    begin, alone = _at(first, line)
    span = end - start
    if all_day:
        begin = datetime.combine(begin.date(), time())
        last = _at(rest[0], line)[0] if rest else None
        after = datetime.combine(last.date(), time()) + _ONE_DAY if last else begin + span
    else:
        begin = datetime.combine(begin.date(), start.time()) if alone else begin
        after = _end(rest[0], begin, line) if rest else begin + span
    if after < begin:
        raise TypedWrong(f"„{line[:60]}“: Das Ende liegt vor dem Anfang.")
    return Extra(begin, after)


def _end(text: str, begin: datetime, line: str) -> datetime:
    clock = _CLOCK.fullmatch(text.strip())
    if clock is None:
        moment, alone = _at(text, line)
        if alone:
            raise TypedWrong(f"„{line[:60]}“: Bitte geben Sie beim Ende auch die Uhrzeit an.")
        return moment
    end = begin.replace(hour=0, minute=0, second=0) + _span(clock.groups(), line)
    return end if end >= begin else end + _ONE_DAY  # 22:00 to 02:00 ends on the next day


def _extra_line(extra: Extra, *, all_day: bool) -> str:
    if all_day:
        last = extra.end - _ONE_DAY
        return _day(extra.start) + (f" bis {_day(last)}" if last > extra.start else "")
    begins = f"{_day(extra.start)} {_clock(extra.start)}"
    same_day = extra.end.date() == extra.start.date()
    return (
        f"{begins}–{_clock(extra.end)}" if same_day else f"{begins} bis {_day(extra.end)} {_clock(extra.end)}"
    )


def _lines(text: str) -> list[str]:
    found = [line.strip(" ;,\t") for line in text.splitlines()]
    found = [line for line in found if line]
    if len(found) > MOST:
        raise TypedWrong(f"Es sind mehr als {MOST} Zeilen. Bitte legen Sie eine Serie dafür an.")
    return found


def _at(text: str, line: str) -> tuple[datetime, bool]:
    match = _AT.fullmatch(text.strip())
    if match is None:
        raise TypedWrong(
            f"„{line[:60]}“ ist kein Tag. Bitte schreiben Sie ihn so: 24.12.2026, eine Angabe je Zeile."
        )
    day, month, year, iso_year, iso_month, iso_day, *clock = match.groups()
    try:
        found = date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        found = date.min
    if found.year not in YEARS:
        raise TypedWrong(f"„{line[:60]}“: Diesen Tag gibt es nicht.")
    midnight = datetime.combine(found, time())
    return (midnight, True) if clock[0] is None else (midnight + _span(clock, line), False)


def _span(clock: Iterable[str | None], line: str) -> timedelta:
    hour, minute, second = (int(part or 0) for part in clock)
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):  # noqa: PLR2004 - of a clock
        raise TypedWrong(f"„{line[:60]}“: Diese Uhrzeit gibt es nicht.")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _day(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
