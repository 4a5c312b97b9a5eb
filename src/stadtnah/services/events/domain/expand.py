"""The wall times of a rule in a stretch of time. Pure, and bounded: it never looks further than the stretch.

Written here and not taken from python-dateutil, which looks on to the year 9999 for a date that never comes (30 February by the
second) and cannot be stopped; there it is the oracle of the tests. Each frequency is a row of periods, each period a set of days and
times that the BY… parts expand or limit (RFC 5545, section 3.3.10, the table „BYxxx rule part“).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from stadtnah.services.events.domain.rule import YEARS, Rule

BUDGET: Final = 100_000  # periods and moments that are looked at; a daily series from 1900 takes 46,000
_STEPS: Final = {"HOURLY": 3_600, "MINUTELY": 60, "SECONDLY": 1}
_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


class TooMany(ValueError):
    """The rule gives more dates than anybody plans. Its message is German."""

    def __init__(self) -> None:
        super().__init__("Die Serie ergibt viel zu viele Termine. Bitte prüfen Sie Takt und Ende.")


class _Purse:
    def __init__(self) -> None:
        self.left = BUDGET

    def pay(self, price: int) -> None:
        self.left -= price
        if self.left < 0:
            raise TooMany


def starts(rule: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """When a series that begins at `start` begins again, from `first` to `last`, in order. Raises TooMany.

    A COUNT counts from `start`. Of a day that clocks skip or show twice nothing is said here: these are wall times.
    """
    last = min(last, rule.until) if rule.until else last
    rule, purse = _with_implied(rule, start), _Purse()
    seen = 0
    for moments in _periods(rule, start, start if rule.count else max(start, first), last, purse):
        for moment in _chosen(moments, rule.positions):
            if moment < start:
                continue
            if moment > last:
                return
            seen += 1
            if rule.count is not None and seen > rule.count:
                return
            if moment >= first:
                yield moment


def _with_implied(rule: Rule, start: datetime) -> Rule:
    """What the rule does not say comes from the first date (RFC 5545: „derived from the DTSTART property“)."""
    if not (rule.weeks or rule.year_days or rule.month_days or rule.days):
        if rule.freq == "YEARLY":
            rule = replace(rule, months=rule.months or (start.month,), month_days=(start.day,))
        elif rule.freq == "MONTHLY":
            rule = replace(rule, month_days=(start.day,))
        elif rule.freq == "WEEKLY":
            rule = replace(rule, days=((0, start.weekday()),))
    step = _STEPS.get(rule.freq, 86_400)
    return replace(
        rule,
        hours=rule.hours or (() if step <= 3_600 else (start.hour,)),  # noqa: PLR2004 - seconds of an hour
        minutes=rule.minutes or (() if step <= 60 else (start.minute,)),  # noqa: PLR2004 - of a minute
        seconds=rule.seconds or (() if step <= 1 else (start.second,)),
    )


def _chosen(moments: list[datetime], positions: tuple[int, ...]) -> list[datetime]:
    if not positions:
        return moments
    size = len(moments)
    places = {place - 1 if place > 0 else size + place for place in positions}
    return [moments[place] for place in sorted(places) if 0 <= place < size]


def _periods(
    rule: Rule, start: datetime, first: datetime, last: datetime, purse: _Purse
) -> Iterator[list[datetime]]:
    """The set of each period, from the one in which `first` lies (or one before it) to the one of `last`."""
    if rule.freq in _STEPS:
        yield from _short(rule, start, first, last, purse)
        return
    times = _times(rule, purse)
    for days in _spans(rule, start.date(), first.date(), last.date()):
        purse.pay(1 + len(days) // _WEEK)
        matching = [day for day in days if _fits(rule, day)]
        purse.pay(len(matching) * len(times))
        yield [datetime.combine(day, at) for day in matching for at in times]


def _times(rule: Rule, purse: _Purse) -> list[time]:
    purse.pay(len(rule.hours) * len(rule.minutes) * len(rule.seconds) // 10)
    return [
        time(hour, minute, second)
        for hour in rule.hours
        for minute in rule.minutes
        for second in rule.seconds
    ]


def _spans(rule: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    """The days of each period of a rule by days, weeks, months or years."""
    step = rule.interval
    if rule.freq == "YEARLY":
        begin = start.year + _skipped(first.year - start.year, step)
        for year in range(begin, min(last.year, YEARS.stop - 1) + 1, step):
            yield _days_from(date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days)
    elif rule.freq == "MONTHLY":
        origin = start.year * 12 + start.month - 1
        begin = origin + _skipped(first.year * 12 + first.month - 1 - origin, step)
        for number in range(begin, last.year * 12 + last.month, step):
            year, month = divmod(number, 12)
            yield _days_from(date(year, month + 1, 1), monthrange(year, month + 1)[1])
    else:
        length = _WEEK if rule.freq == "WEEKLY" else 1
        anchor = start - timedelta(days=(start.weekday() - rule.week_start) % _WEEK if length == _WEEK else 0)
        day = anchor + timedelta(days=_skipped((first - anchor).days, step * length))
        while day <= last:
            yield _days_from(day, length)
            day += timedelta(days=step * length)


def _skipped(distance: int, step: int) -> int:
    """The largest multiple of the step that does not pass the distance."""
    return max(0, distance // step * step)


def _days_from(day: date, number: int) -> list[date]:
    return [day + timedelta(days=ahead) for ahead in range(number)]


def _short(
    rule: Rule, start: datetime, first: datetime, last: datetime, purse: _Purse
) -> Iterator[list[datetime]]:
    """By the hour, minute or second: days that do not fit are passed over in one step."""
    step = _STEPS[rule.freq] * rule.interval
    origin = start.replace(minute=0, second=0) if rule.freq == "HOURLY" else start
    origin = start.replace(second=0) if rule.freq == "MINUTELY" else origin
    moment = origin + timedelta(seconds=_skipped(int((first - origin).total_seconds()), step))
    while moment <= last:
        purse.pay(1)
        if not _fits(rule, moment.date()):
            midnight = datetime.combine(moment.date() + _ONE_DAY, time())
            behind = int((midnight - origin).total_seconds())
            moment = origin + timedelta(seconds=-(-behind // step) * step)
            continue
        if (moments := _within(rule, moment)) and moments[0] <= last:
            purse.pay(len(moments))
            yield moments
        moment += timedelta(seconds=step)


def _within(rule: Rule, moment: datetime) -> list[datetime]:
    if rule.hours and moment.hour not in rule.hours:
        return []
    if rule.freq == "HOURLY":
        return [
            moment.replace(minute=minute, second=second) for minute in rule.minutes for second in rule.seconds
        ]
    if rule.minutes and moment.minute not in rule.minutes:
        return []
    if rule.freq == "MINUTELY":
        return [moment.replace(second=second) for second in rule.seconds]
    return [] if rule.seconds and moment.second not in rule.seconds else [moment]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.year_days:
        number, year = day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365  # noqa: PLR2004 - February
        if not {number, number - year - 1} & set(rule.year_days):
            return False
    if rule.weeks and not _week_numbers(day, rule.week_start) & set(rule.weeks):
        return False
    return not rule.days or _weekday_fits(rule, day, length)


def _weekday_fits(rule: Rule, day: date, length: int) -> bool:
    if (0, day.weekday()) in rule.days:
        return True
    wanted = {nth for nth, weekday in rule.days if weekday == day.weekday()}
    if not wanted:
        return False
    number = day.day
    if rule.freq == "YEARLY" and not rule.months:
        number = day.timetuple().tm_yday
        length = 366 if monthrange(day.year, 2)[1] == 29 else 365  # noqa: PLR2004 - February
    return bool({(number - 1) // _WEEK + 1, -((length - number) // _WEEK) - 1} & wanted)


def _week_numbers(day: date, week_start: int) -> set[int]:
    """The number of its week from the front and from the end; week 1 is the first with four days of the year (ISO 8601, any first day)."""
    middle = day - timedelta(days=(day.weekday() - week_start) % _WEEK) + timedelta(days=3)
    number = (middle.timetuple().tm_yday - 1) // _WEEK + 1
    end = date(middle.year, 12, 28)  # always in the last week
    last = end - timedelta(days=(end.weekday() - week_start) % _WEEK) + timedelta(days=3)
    weeks = (last.timetuple().tm_yday - 1) // _WEEK + 1
    return {number, number - weeks - 1}
