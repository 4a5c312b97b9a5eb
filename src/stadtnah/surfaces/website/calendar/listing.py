"""The lists below /veranstaltungen/: what comes next, today, this weekend, weeks, months, categories. Read from the index alone."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from stadtnah.surfaces.website.calendar import index, reading
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.calendar.occurrence import Occurrence
from stadtnah.surfaces.website.offices import view as offices

NEXT: Final = 40  # dates on the first page
OF_CATEGORY: Final = 60
PER_DAY: Final = 20  # of one day in a month; the others stand in the search
WEEKS: Final = 9
CATEGORIES: Final = 24  # that have a list of their own
TODAY: Final = f"{EVENTS}heute/"
WEEKEND: Final = f"{EVENTS}wochenende/"
_ONE_DAY: Final = timedelta(days=1)
LAST: Final = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what takes place on it. more: how many are not shown."""

    day: date
    rows: list[Occurrence]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table. inside: whether it is of this month."""

    day: date
    number: int
    inside: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of dates. name: „next“, „today“, „weekend“, „week“, „month“, „category“; first, last: its days.

    later: the list of the month in which a list that is cut off goes on.
    """

    name: str
    path: str
    first: date
    last: date
    days: list[Day]
    uses: frozenset[str]
    label: str = ""
    previous: str = ""
    next: str = ""
    later: str = ""
    table: tuple[tuple[Cell, ...], ...] = ()

    @property
    def count(self) -> int:
        """How many dates there are."""
        return sum(len(day.rows) + day.more for day in self.days)


def month_path(first: date) -> str:
    """The list of a month."""
    return f"{EVENTS}monat/{first:%Y-%m}/"


def week_path(day: date) -> str:
    """The list of a week."""
    year, week, _weekday = day.isocalendar()
    return f"{EVENTS}woche/{year}-W{week:02}/"


def category_path(slug: str) -> str:
    """The list of a category."""
    return f"{EVENTS}rubrik/{slug}/"


def is_list(path: str) -> bool:
    """Whether a list may stand there; what costs a query is asked afterwards."""
    below = path.removeprefix(EVENTS) if path.startswith(EVENTS) else path
    return path in {EVENTS, TODAY, WEEKEND} or below.startswith(("monat/", "woche/", "rubrik/"))


def months() -> list[date]:
    """The first days of the months from this one to the last with a date."""
    found, last = [offices.today().replace(day=1)], index.last_month()
    while found[-1] < last:
        found.append(_after(found[-1]))
    return found


def weeks() -> list[date]:
    """The Mondays of this week and the next."""
    monday = offices.today() - timedelta(days=offices.today().weekday())
    return [monday + timedelta(days=7 * number) for number in range(WEEKS)]


def paths() -> set[str]:
    """Every list there should be; none before the first event."""
    if not reading.anything():
        return set()
    found = {EVENTS, TODAY, WEEKEND, *map(month_path, months()), *map(week_path, weeks())}
    return found | {category_path(slug) for slug, _label in categories()}


def categories() -> list[tuple[str, str]]:
    """(slug, label) of the categories that have a list."""
    return reading.categories()[:CATEGORIES]


def at(path: str) -> Listing | None:
    """The list at this address; None when there is none."""
    if not path.startswith(EVENTS):
        return None
    today = offices.today()
    if path == EVENTS:
        return upcoming()
    if path == TODAY:
        return _days("today", path, today, today)
    if path == WEEKEND:
        return _days("weekend", path, *weekend())
    for monday in weeks():
        if path == week_path(monday):
            return _week(monday)
    for first in months():
        if path == month_path(first):
            return _month(first)
    return _category(path)


def weekend() -> tuple[date, date]:
    """The next Saturday and Sunday; on a Sunday this one."""
    today = offices.today()
    sunday = today + timedelta(days=6 - today.weekday())
    return max(today, sunday - _ONE_DAY), sunday


def upcoming(count: int = NEXT) -> Listing:
    """What comes next."""
    today = offices.today()
    found = reading.between(today, LAST, most=count + 1)
    rows, rest = found[:count], found[count:]
    last = max((row.first_day for row in rows), default=today)
    later = max(rest[0].first_day, today) if rest else LAST
    return Listing(
        "next",
        EVENTS,
        today,
        last,
        by_day(rows, today),
        _uses(rows),
        later=month_path(later.replace(day=1)) if later <= today + index.AHEAD else "",
    )


def _category(path: str) -> Listing | None:
    slug = path.removeprefix(f"{EVENTS}rubrik/").strip("/")
    known = dict(categories())
    if path != category_path(slug) or slug not in known:
        return None
    today = offices.today()
    wanted = reading.Filters((index.category_tag(slug),))
    rows = reading.between(today, LAST, most=OF_CATEGORY, filters=wanted)
    last = max((row.first_day for row in rows), default=today)
    uses = _uses(rows) | {index.category_key(slug)}
    return Listing("category", path, today, last, by_day(rows, today), uses, label=known[slug])


def _days(name: str, path: str, first: date, last: date) -> Listing:
    days = _each(first, last)
    uses = _pages(days) | {index.month_key(first), index.month_key(last), offices.day_use()}
    return Listing(name, path, first, last, days, uses)


def _week(monday: date) -> Listing:
    every, sunday = weeks(), monday + timedelta(days=6)
    found = _days("week", week_path(monday), monday, sunday)
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    return replace(
        found,
        previous=week_path(before) if before in every else "",
        next=week_path(after) if after in every else "",
    )


def _month(first: date) -> Listing:
    every, after = months(), _after(first)
    last, before = after - _ONE_DAY, (first - _ONE_DAY).replace(day=1)
    days = _each(first, last)
    uses = _pages(days) | {index.month_key(first)}
    if first == every[0]:
        uses |= {offices.day_use()}
    if first == every[-1]:  # there may be a next one
        uses |= {index.LIST}
    return Listing(
        "month",
        month_path(first),
        first,
        last,
        days,
        uses,
        previous=month_path(before) if before in every else "",
        next=month_path(after) if after in every else "",
        table=_table(first, {one.day: len(one.rows) + one.more for one in days}),
    )


def _table(first: date, counts: dict[date, int]) -> tuple[tuple[Cell, ...], ...]:
    today = offices.today()
    return tuple(
        tuple(Cell(day, counts.get(day, 0) if day.month == first.month else 0, day.month == first.month, day == today) for day in week)
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )  # fmt: skip


def _each(first: date, last: date) -> list[Day]:
    """The days from today on, each with its first dates."""
    today = offices.today()
    start = max(first, today)
    if start > last:
        return []
    found, numbers = reading.of_days(_stretch(start, last), most=PER_DAY)
    return [Day(day, rows, numbers[day] - len(rows)) for day, rows in found.items()]


def _stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def by_day(rows: Iterable[Occurrence], first: date) -> list[Day]:
    """Each date on the first of its days that is shown."""
    found: dict[date, list[Occurrence]] = {}
    for row in rows:
        found.setdefault(max(row.first_day, first), []).append(row)
    return [Day(day, found[day]) for day in sorted(found)]


def _pages(days: Iterable[Day]) -> frozenset[str]:
    return frozenset().union(*(index.pages_of(day.rows) for day in days))


def _uses(rows: list[Occurrence]) -> frozenset[str]:
    return index.pages_of(rows) | {index.LIST, offices.day_use()}


def _after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
