"""Days of collection for the demo town, as three calendar files in the shapes that such files really have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from demo.content.streets import AREAS, table
from stadtnah.kernel import clock
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.land.holidays import holidays
from stadtnah.publishing import api
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.services.streets import api as streets
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.mystreet import reading, release

_LAND: Final = "HE"
_SUNDAY: Final = 6
# Title in the file, weekday, every how many weeks, in which of them: by area.
_TOURS: Final = {
    "Bezirk 1": (("Restmüll", 1, 2, 0), ("Biotonne", 3, 2, 1), ("Papier & Gelber Sack", 4, 4, 2)),
    "Bezirk 2": (
        ("Leerung: Graue Tonne (Bezirk 2)", 2, 2, 1),
        ("Leerung: Biomüll (Bezirk 2)", 2, 2, 0),
        ("Leerung: Blaue Tonne, Papier (Bezirk 2)", 0, 4, 3),
        ("Abholung Gelber Sack (Bezirk 2)", 0, 2, 0),
    ),
    "Bezirk 3": (("RESTABFALL", 4, 2, 0), ("Kompostbehaelter", 4, 2, 1), ("Altpapier", 3, 4, 1), ("LVP", 3, 2, 0)),
}  # fmt: skip
_ONCE: Final = (("Christbaumsammlung", 1, 9), ("Schadstoffmobil", 4, 24), ("Schadstoffmobil", 10, 9))
# What only a town can know: the wheelie bin for garden waste.
_OWN_TITLE, _OWN_KINDS = "Grüne Tonne", ("garden",)
_GARDEN: Final = ((3, 20), (4, 17), (10, 16), (11, 13))


def build(author: User, approver: User) -> None:
    """Areas, register and days through the doors of the desk, then released."""
    for name in AREAS:
        streets.add_area(plain_slug(name), name, by=author)
    streets.set_streets(streets.read_table(table(), streets.area_names()).streets, by=author)
    streets.explain({_OWN_TITLE.casefold(): _OWN_KINDS}, by=author)
    today = clock.local(clock.now()).date()
    for name in AREAS:
        days, aside = reading.read(file_of(name, today), today, clock.town_zone())
        upload = streets.put(plain_slug(name), f"{plain_slug(name)}.ics", days, aside, by=author)
        streets.take(upload, reading.understand, by=author)
    request = release.propose(by=author)
    if request is not None:
        approval = api.release(request.pk, by=approver, seen_digest=request.snapshot_id)
        plan.plan(approval.pk)
        deliver.deliver("website")
    _waiting(author, today)


def _waiting(author: User, today: date) -> None:
    """A corrected file that somebody has read and not taken yet, with a word that only the town knows."""
    area = AREAS[2]
    lines = file_of(area, today).decode("cp1252").replace("Christbaumsammlung", "Bündelsammlung")
    days, aside = reading.read(lines.encode("cp1252"), today, clock.town_zone())
    streets.put(plain_slug(area), "bezirk-3-berichtigt.ics", days[1:], aside, by=author)


def file_of(area: str, today: date) -> bytes:
    """The file of an area: the rest of this year and the next one, the first with whole days, the others with times and old encodings."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Entsorger Weidental//Abfuhr//DE"]
    for number, (day, title) in enumerate(sorted(_dates(area, today))):
        lines += ["BEGIN:VEVENT", f"UID:{plain_slug(area)}-{number}@abfuhr.example", f"DTSTAMP:{today:%Y%m%d}T060000Z"]  # fmt: skip
        if area == AREAS[0]:
            lines += [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]  # fmt: skip
        else:
            lines += [f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T060000", f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T180000"]  # fmt: skip
        lines += [f"SUMMARY:{title}".replace(",", "\\,"), "END:VEVENT"]
    # A line that a program lost a part of.
    lines += ["BEGIN:VEVENT", "UID:kaputt@abfuhr.example", "SUMMARY:Restmüll Nachholung", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    return "\r\n".join([*lines, ""]).encode("utf-8" if area == AREAS[0] else "cp1252")


def _dates(area: str, today: date) -> Iterator[tuple[date, str]]:
    first, last = today.replace(day=1), date(today.year + 1, 12, 31)
    off = {one.day for year in (today.year, today.year + 1) for one in holidays(_LAND, year)}
    for title, weekday, weeks, phase in _TOURS[area]:
        day = date(2024, 1, 1) + timedelta(days=weekday, weeks=phase)  # a Monday
        while day <= last:
            if day >= first:
                yield _moved(day, off), title
            day += timedelta(weeks=weeks)
    for year in (today.year, today.year + 1):
        for title, month, number in (*_ONCE, *((_OWN_TITLE, month, number) for month, number in _GARDEN)):
            day = date(year, month, number)
            if first <= day <= last:
                yield _working_day(day + timedelta(days=AREAS.index(area)), off), title


def _moved(day: date, off: set[date]) -> date:
    """After a holiday of the week everything comes a day later, as the lorries go on."""
    monday = day - timedelta(days=day.weekday())
    late = sum(one in off for one in (monday + timedelta(days=number) for number in range(day.weekday() + 1)))
    return _working_day(day + timedelta(days=late), off)


def _working_day(day: date, off: set[date]) -> date:
    while day.weekday() == _SUNDAY or day in off:
        day += timedelta(days=1)
    return day
