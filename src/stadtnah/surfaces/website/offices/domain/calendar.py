"""A plan out of released content: its week, seasons and exceptions, with the Land's holidays and the town's closing days. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from stadtnah.kernel.land.holidays import holidays
from stadtnah.surfaces.website.offices.domain.hours import CLOSED, HORIZON, Day, Deviation, Plan, Season

# Key of a usual closing day: month, day, German, English name. They are no holidays by law.
CLOSING_DAYS: Final = {
    "christmas_eve": (12, 24, "Heiligabend", "Christmas Eve"),
    "new_years_eve": (12, 31, "Silvester", "New Year’s Eve"),
}
AHEAD: Final = HORIZON + timedelta(
    days=30
)  # a page that was not made anew for a while still looks a year ahead


@dataclass(frozen=True, slots=True)
class Closings:
    """What holds for all offices of a town. days: keys of CLOSING_DAYS; local: holidays that only it has."""

    land: str
    days: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()


def plan_of(hours: Mapping[str, Any], closings: Closings, today: date, *, english: bool = False) -> Plan:
    """The plan as it stands around `today`: holidays from yesterday to a year ahead. `hours`: as content keeps it."""
    week = tuple(Day.of_codes(codes) for codes in hours["week"])
    seasons = tuple(
        Season(
            date.fromisoformat(one["first"]),
            date.fromisoformat(one["last"]),
            tuple(Day.of_codes(codes) for codes in one["week"]),
            one["name"],
            one["yearly"],
        )
        for one in hours["seasons"]
    )
    deviations = tuple(
        Deviation(
            date.fromisoformat(one["first"]),
            date.fromisoformat(one["last"]),
            Day.of_codes(one["hours"]),
            one["reason"],
        )
        for one in hours["exceptions"]
    )
    bare = Plan(week, seasons, deviations)
    mode = str(hours["on_holidays"])
    return (
        bare
        if mode == "open"
        else replace(bare, closings=_closed(bare, closings, today, mode, english=english))
    )


def _closed(
    plan: Plan, closings: Closings, today: date, mode: str, *, english: bool
) -> dict[date, tuple[str, Day]]:
    """A holiday closes an office or makes it keep Sunday's hours; a usual closing day closes it."""
    first, last = today - timedelta(days=1), today + AHEAD
    found: dict[date, tuple[str, Day]] = {}
    for year in range(first.year, last.year + 1):
        for key, (month, day, german, other) in CLOSING_DAYS.items():
            if key in closings.days:
                found[date(year, month, day)] = (other if english else german, CLOSED)
        for holiday in holidays(closings.land, year, closings.local):
            name = holiday.english if english else holiday.name
            sunday = holiday.day + timedelta(days=6 - holiday.day.weekday())
            hours = plan.usual(sunday) if mode == "sunday" else CLOSED
            found[holiday.day] = (name, hours)
    return {day: said for day, said in found.items() if first <= day <= last}


def for_browser(plan: Plan, today: date, zone: str) -> dict[str, Any]:
    """What the script in the reader's browser counts with: everything up to a day, so that it needs no rule of its own."""
    first, last = today - timedelta(days=1), today + AHEAD
    days: dict[str, list[str]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        hours = plan.on(day)
        if hours != plan.usual(day):
            days[day.isoformat()] = _spans(hours)
    return {
        "zone": zone,
        "until": last.isoformat(),
        "week": [_spans(day) for day in plan.week],
        "seasons": [
            {"first": a.isoformat(), "last": b.isoformat(), "week": [_spans(day) for day in season.week]}
            for season in plan.seasons
            for a, b in _dated(season, first, last)
        ],
        "days": days,
    }


def _spans(day: Day) -> list[str]:
    return replace(day, appointment=False).codes()


def _dated(season: Season, first: date, last: date) -> list[tuple[date, date]]:
    """The days it is in force within the time that is looked at, as whole stretches."""
    if not season.yearly:
        return [(season.first, season.last)] if season.last >= first else []
    found: list[tuple[date, date]] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if season.holds(day):
            if found and found[-1][1] == day - timedelta(days=1):
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
    return found
