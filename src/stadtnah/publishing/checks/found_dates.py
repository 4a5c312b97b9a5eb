"""Finds calendar dates in German text: „Do., 3.12.“, „3. bis 5. Dezember 2026“, „28.12.–3.1.2027“, 2026-12-03."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stadtnah.publishing.checks.calendar_words import DAY, MONTH, month_number, weekday_number

_NAMED = re.compile(
    rf"(?<![\w.,§])(\d{{1,2}})\.\s{{0,2}}({MONTH})(?:\s{{1,2}}([12]\d{{3}})(?!\d)|\s?[’'](\d\d)(?!\d))?"
)
_NUMERIC = re.compile(
    r"(?<![\w.,§:/])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?([12]\d{3})(?!\d)|(\d\d)(?![\d:]|[.,]\d))?(?!\d|[.,]\d)"
)
_ISO = re.compile(r"(?<![\w.-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_NO_DATE = re.compile(
    r"(?i)(?:§|\bnr\.?|\bpunkt|\bziff(?:er|\.)|\bkap(?:itel|\.)|\babschnitt|\babs\.|\bversion|\btop|\bdin|\banlage|\bnummer|\btelefon|\btel\.)\s*$"
)
_ARTICLE = r"(?:(?:dem|den|der|am|vom|zum)\s{1,2})?"
_DAY_BEFORE = re.compile(rf"({DAY})(?:,|\s?\()?\s{{0,2}}{_ARTICLE}$")
_DAY_BEHIND = re.compile(rf"\s?\(({DAY})\)|,\s(?:ein|einem|einen)\s({DAY})")
_LINK = r"(?:und|bis|oder|sowie|u\.|–|-|/|,|&)"
_PARTIAL = re.compile(
    rf"(?<![\w.,§])(\d{{1,2}})\.[\s,]{{0,2}}({_LINK})(?:\s(?:zum|am))?\s{{0,2}}(?:{DAY}[,]?\s{{0,2}})?{_ARTICLE}$"
)
_JOINED = re.compile(rf"^[\s,]{{0,2}}({_LINK})(?:\s(?:zum|am))?\s{{0,2}}(?:{DAY}[,]?\s{{0,2}})?{_ARTICLE}$")
_RANGE = frozenset(("bis", "–", "-"))
_WINDOW = 48  # characters that a weekday and an article can take up
_CENTURY_AHEAD = 20  # two digits mean at most so many years from now
_RECENT = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Found:
    """A date as written. `year` is resolved, None for an impossible day; `stated` says that it was written out.

    `value` is None when there is no such day. `to`: the end of the range that this date begins.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    stated: bool
    two_digits: bool = False
    weekday: int | None = None
    joined: bool = False  # goes on to the next date: "und", "bis"
    opens_range: bool = False
    value: date | None = None
    to: date | None = None


def find_dates(text: str, today: date, years: Mapping[tuple[int, int], int] | None = None) -> list[Found]:
    """All dates of a passage, in order.

    A date without a year takes it from the date it is joined to, else from `years` ((day, month) -> year as stated
    elsewhere in the message), else it is the next one from `today` on. When a weekday is given that fits the same
    date within the last half year, that one is meant.
    """
    if not any(sign in text for sign in "0123456789"):
        return []
    found = _with_partials(text, _whole(text, today))
    found = [
        _joined_to_next(text, item, found[at + 1] if at + 1 < len(found) else None)
        for at, item in enumerate(found)
    ]
    return _resolved(found, today, years or {})


def stated_years(found: list[Found]) -> dict[tuple[int, int], int]:
    """(day, month) -> year for the dates that bear one."""
    return {(item.day, item.month): item.year for item in found if item.stated and item.year is not None}


def _whole(text: str, today: date) -> list[Found]:
    found = [
        Found(m.start(), m.end(), int(m[1]), month_number(m[2]), *_year(m[3], m[4], today))
        for m in _NAMED.finditer(text)
    ]
    for m in _NUMERIC.finditer(text):
        month = int(m[2])
        if _NO_DATE.search(text[max(0, m.start() - 12) : m.start()]) or (month > 12 and not m[3]):  # noqa: PLR2004
            continue
        found.append(Found(m.start(), m.end(), int(m[1]), month, *_year(m[3], m[4], today)))
    found += [
        Found(m.start(), m.end(), int(m[3]), int(m[2]), int(m[1]), stated=True)
        for m in _ISO.finditer(text)
        if 1900 <= int(m[1]) < 2200  # noqa: PLR2004 - else it is some number
    ]
    found.sort(key=lambda item: item.start)
    return [_with_weekday(text, item) for item in found]


def _year(four: str | None, two: str | None, today: date) -> tuple[int | None, bool, bool]:
    """(year, stated, two digits)."""
    if four:
        return int(four), True, False
    if two:
        year = 2000 + int(two)
        return (year if year <= today.year + _CENTURY_AHEAD else year - 100), True, True
    return None, False, False


def _with_weekday(text: str, item: Found) -> Found:
    before = _DAY_BEFORE.search(text[max(0, item.start - _WINDOW) : item.start])
    if before:
        start = item.start - min(_WINDOW, item.start) + before.start(1)
        return replace(item, start=start, weekday=weekday_number(before[1]))
    behind = _DAY_BEHIND.match(text, item.end)
    if behind:
        return replace(item, end=behind.end(), weekday=weekday_number(behind[1] or behind[2]))
    return item


def _with_partials(text: str, found: list[Found]) -> list[Found]:
    """Adds the days that borrow month and year from the date behind them: the 3 of „3. bis 5. Dezember“."""
    result: list[Found] = []
    floor = 0
    for item in found:
        partials: list[Found] = []
        first = item
        while match := _PARTIAL.search(text[max(floor, first.start - _WINDOW) : first.start]):
            at = max(floor, first.start - _WINDOW) + match.start(1)
            part = Found(at, at + len(match[1]) + 1, int(match[1]), item.month, item.year, item.stated)
            part = replace(
                _with_weekday(text, part), joined=True, opens_range=match[2] in _RANGE, end=part.end
            )
            partials.append(part)
            first = part
        result += [*reversed(partials), item]
        floor = item.end
    return result


def _joined_to_next(text: str, item: Found, following: Found | None) -> Found:
    if following is None or item.joined or following.start - item.end > _WINDOW:
        return item
    link = _JOINED.search(text[item.end : following.start])
    return replace(item, joined=True, opens_range=link[1] in _RANGE) if link else item


def _resolved(found: list[Found], today: date, years: Mapping[tuple[int, int], int]) -> list[Found]:
    result: list[Found] = []
    following: Found | None = None
    for item in reversed(found):
        resolved = item
        if item.year is None:
            year = years.get((item.day, item.month))
            if item.joined and following and following.value:
                resolved = _at_or_before(item, following)
            elif year is not None:
                resolved = replace(item, year=year, value=_date(year, item.month, item.day))
            else:
                resolved = _next(item, today)
        else:
            resolved = replace(item, value=_date(item.year, item.month, item.day))
        if item.opens_range and following:
            resolved = replace(resolved, to=following.to or following.value)
        result.append(resolved)
        following = resolved
    result.reverse()
    return _after_stated(result)


def _after_stated(found: list[Found]) -> list[Found]:
    """„28. Dezember 2026 bis 3. Januar“: the second date comes after the first, whatever today is."""
    for at in range(1, len(found)):
        start, item = found[at - 1], found[at]
        if start.opens_range and start.stated and start.value and not item.stated and item.value:
            year = start.value.year + ((item.month, item.day) < (start.month, start.day))
            found[at] = replace(item, year=year, value=_date(year, item.month, item.day))
            found[at - 1] = replace(start, to=found[at].value)
    return found


def _at_or_before(item: Found, following: Found) -> Found:
    limit = following.value
    if limit is None or following.year is None:
        return item
    year = following.year - ((item.month, item.day) > (following.month, following.day))
    return replace(item, year=year, stated=following.stated, value=_date(year, item.month, item.day))


def _next(item: Found, today: date) -> Found:
    upcoming = [
        day
        for year in range(today.year, today.year + 9)
        if (day := _date(year, item.month, item.day)) and day >= today
    ]
    if not upcoming:
        return item
    last = _date(upcoming[0].year - 1, item.month, item.day)
    fits_last = last and last >= today - _RECENT and last.weekday() == item.weekday
    value = last if last and fits_last and upcoming[0].weekday() != item.weekday else upcoming[0]
    return replace(item, year=value.year, value=value)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
