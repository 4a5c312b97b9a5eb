"""The public pages: every street from A to Z, and a page with its calendar for each collection area.

A street is a place on the page of its area (`#ahornweg`): browsers keep that part of an address to themselves, so nobody but the reader
knows the street. All is made from the released plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from stadtnah.kernel import clock
from stadtnah.kernel.land.holidays import Holiday, holidays
from stadtnah.kernel.town import api as towns
from stadtnah.services.events import api as events
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.api import Area, Kind, Plan, Shift, Side, Street, Stretch
from stadtnah.surfaces.website import kinds, lists, words
from stadtnah.surfaces.website.addresses import plain_slug, sort_key
from stadtnah.surfaces.website.calendar import files
from stadtnah.surfaces.website.calendar import view as calendar_view
from stadtnah.surfaces.website.kinds import Sheet
from stadtnah.surfaces.website.mystreet import around, news
from stadtnah.surfaces.website.mystreet.release import USE
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.service_list import Entry, lettered

PATH: Final = "/meine-strasse/"
FILE: Final = "abfuhr.ics"
EVERYTHING: Final = "alles.ics"  # with events, sessions and road works; there also while there are none, so that nobody's subscription breaks
_NEXT: Final = 6  # days
_YEAR_IS_DUE: Final = 11  # from this month on people ask for the next year
_STAMP: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - the same dates give the same bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A street, or a part of it, on the page of its area."""

    name: str
    district: str
    stretch: Stretch
    anchor: str

    @property
    def numbers(self) -> str:
        """„Hausnummern 1 bis 49“ in the language of the page; "" for the whole street."""
        return said_numbers(self.stretch)

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"{path_of(self.stretch.area)}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what is collected, and why it is not the usual one."""

    day: date
    kinds: list[Kind]
    shift: Shift | None = None
    holiday: Holiday | None = None

    @property
    def because(self) -> str:
        """The holiday that moved it, in the language of the page."""
        if self.holiday is None:
            return ""
        return self.holiday.name if words.german() else self.holiday.english

    @property
    def names(self) -> str:
        """„Restmüll, Papier“."""
        return ", ".join(kind.name for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month."""

    key: str
    days: list[Day]


@dataclass(frozen=True, slots=True)
class Habit:
    """A kind with its rhythm, when it has one."""

    kind: Kind
    rhythm: streets.Rhythm | None

    @property
    def said(self) -> str:
        """„meist dienstags, alle 2 Wochen“; "" without a rhythm."""
        if self.rhythm is None:
            return ""
        weekday = _weekdays()[self.rhythm.weekday]
        if self.rhythm.weeks == 1:
            return _("mostly on %(weekday)s, every week") % {"weekday": weekday}
        return _("mostly on %(weekday)s, every %(weeks)s weeks") % {
            "weekday": weekday,
            "weeks": self.rhythm.weeks,
        }


def path_of(area: str) -> str:
    """The page of an area."""
    return f"{PATH}{area}/"


def _plan() -> Plan:
    return lists.once("waste plan", streets.released)


def _places(plan: Plan) -> list[Place]:
    return lists.once("places of streets", lambda: places(plan.streets))


def paths() -> set[str]:
    """The pages there should be."""
    plan = _plan()
    return {PATH, *(path_of(area.code) for area in plan.areas)} if plan.areas else set()


def at(path: str) -> Sheet | None:
    """What is shown there."""
    if not path.startswith(PATH):
        return None
    plan = _plan()
    if path == PATH and plan.areas:
        return _index(plan)
    area = next((one for one in plan.areas if path == path_of(one.code)), None)
    return _area(area, plan) if area else None


def places(found: Iterable[Street]) -> list[Place]:
    """Every stretch with an anchor of its own."""
    taken: Counter[str] = Counter()
    made = []
    for street in found:
        name = plain_slug(street.name) or "strasse"
        for one in street.stretches:
            anchor = name if one.first is None else f"{name}-{one.first}{_SIDE_SIGNS[Side(one.side)]}"
            taken[anchor] += 1
            if taken[anchor] > 1:
                anchor = f"{anchor}-{plain_slug(street.district)}".strip("-")
                taken[anchor] += 1
                anchor = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
            made.append(Place(street.name, street.district, one, anchor))
    return made


_SIDE_SIGNS: Final = {Side.ALL: "", Side.ODD: "u", Side.EVEN: "g"}


def said_numbers(one: Stretch) -> str:
    """Which house numbers, in the language of the page; "" for the whole street."""
    if one.first is None:
        return ""
    span = (
        _("House numbers from %(first)s") % {"first": one.first}
        if one.last is None
        else _("House numbers %(first)s to %(last)s") % {"first": one.first, "last": one.last}
    )
    side = {Side.ODD: _("odd"), Side.EVEN: _("even")}.get(Side(one.side), "")
    return f"{span}, {side}" if side else span


def _index(plan: Plan) -> Sheet:
    found = _places(plan)
    several = Counter(one.name for one in found if one.stretch.first is None)
    names: dict[str, Place] = {one.path: one for one in found}
    entries = [
        Entry(one.name, one.path, of=one.district if several[one.name] > 1 and not one.numbers else "")
        for one in found
    ]
    context = {
        "letters": lettered(entries),
        "places": names,
        "areas": [(area, path_of(area.code)) for area in plan.areas],
        "number": len(found),
    }
    return Sheet("website/my_streets.html", context, frozenset({USE}))


def _area(area: Area, plan: Plan) -> Sheet:
    today = view.today()
    known = {kind.key: kind for kind in plan.kinds}
    days = _days(area, known)
    coming = [one for one in days if one.day >= today]
    habits = [
        Habit(kind, streets.rhythm(one.day for one in area.collections if one.kind == kind.key))
        for kind in plan.kinds
        if any(one.kind == kind.key for one in area.collections)
    ]
    here = [one for one in _places(plan) if one.stretch.area == area.code]
    concerns = lists.once("concerns", lambda: news.by_area(plan.streets, today)).get(area.code, [])
    near = around.of(area.code, plan.streets, today)
    more = [*around.for_programs(near), *news.for_programs(concerns)]
    context = {
        "area": area,
        "near": near.shown,
        "coming": coming[:_NEXT],
        "last": days[-1].day if days else None,
        "years": [(year, months) for year in _shown_years(days, today) if (months := _months(days, year))],
        "missing": _missing(days, today),
        "habits": habits,
        "here": sorted(here, key=lambda one: (sort_key(one.name), one.district, one.stretch.first or 0)),
        "concerns": concerns[: news.SHOWN],
        "districts": sorted({one.district for one in here if one.district}),
        "file": f"{path_of(area.code)}{FILE}" if days else "",
        "everything": f"{path_of(area.code)}{EVERYTHING}",
        "host": urlsplit(towns.base_url()).netloc,
    }
    uses = {USE, news.use(area.code), view.day_use(), *(one.item.key for one in concerns)}
    uses |= around.uses(area.code, near)
    return Sheet("website/my_street.html", context, frozenset(uses), beside=_beside(area, days, more))


def _beside(area: Area, days: list[Day], more: list[events.Event]) -> dict[str, tuple[bytes, str]]:
    kind = "text/calendar; charset=utf-8"
    found = {FILE: (calendar(area, days), kind)} if days else {}
    found[EVERYTHING] = (calendar(area, days, more), kind)
    return found


def _days(area: Area, known: dict[str, Kind]) -> list[Day]:
    off = _holidays(area.years)
    shifts = streets.shifted(area.collections, off)
    found = []
    for day, several in groupby(area.collections, key=lambda one: one.day):
        ones = list(several)
        shift = next((shifts[one] for one in ones if one in shifts), None)
        found.append(
            Day(day, [known[one.kind] for one in ones], shift, off[shift.holiday] if shift else None)
        )
    return found


def _holidays(years: Iterable[int]) -> dict[date, Holiday]:
    here = view.closings()
    if not here.land:
        return {}
    return {one.day: one for year in years for one in holidays(here.land, year, here.local)}


def _shown_years(days: list[Day], today: date) -> list[int]:
    return sorted({one.day.year for one in days if one.day.year >= today.year})


def _months(days: list[Day], year: int) -> list[Month]:
    mine = [one for one in days if one.day.year == year]
    return [Month(key, list(several)) for key, several in groupby(mine, key=lambda one: f"{one.day:%Y-%m}")]


def _missing(days: list[Day], today: date) -> int | None:
    """The year whose dates people ask for and that are not there yet."""
    year = today.year + 1 if today.month >= _YEAR_IS_DUE else today.year
    return None if any(one.day.year == year for one in days) else year


def _weekdays() -> list[str]:
    return [
        _("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays"), _("Saturdays"), _("Sundays"),
    ]  # fmt: skip


def calendar(area: Area, days: Iterable[Day], more: Iterable[events.Event] | None = None) -> bytes:
    """The days of an area as a calendar to subscribe, a whole day each; its identity is area, day and kind. more: what else concerns it."""
    host = urlsplit(towns.base_url()).netloc
    found = []
    for one in days:
        begin = datetime.combine(one.day, time())
        found += [
            events.Event(
                uid=f"abfuhr-{area.code}-{one.day:%Y%m%d}-{kind.key}@{host}",
                title=kind.name,
                start=begin,
                end=begin + timedelta(days=1),
                zone=clock.town_zone().key,
                all_day=True,
                description=kind.advice,
                url=f"{towns.base_url()}{path_of(area.code)}",
            )
            for kind in one.kinds
        ]
    name = f"Abfuhr {area.name}" if more is None else f"{area.name}: Abfuhr, Termine, Sitzungen, Sperrungen"
    if more is None:
        return events.write(found, name=name, stamp=_STAMP)
    return events.write(
        [*found, *more], name=name, stamp=_STAMP, off=calendar_view.days_off(), window=files.window()
    )


def _stands(row: ReleasedPage) -> set[tuple[str, str]]:
    return news.stands(row) | around.stands(row)


kinds.register_lists(kinds.Lists(key="my-street", paths=paths, at=at, stands=_stands))
