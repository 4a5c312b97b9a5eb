"""`stadtnah check calendar DATEI`: what a calendar file or a table of events holds, before anybody takes it over."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stadtnah.project.commands import start

if TYPE_CHECKING:
    from stadtnah.services.events import api as events


def add(kinds: Any) -> None:
    """Declares the command."""
    calendar = kinds.add_parser(
        "calendar",
        help="lesen, was eine Kalenderdatei (.ics) oder eine Tabelle mit Terminen (.csv, .xlsx) enthält; übernimmt nichts",
    )
    calendar.add_argument("datei", metavar="DATEI")
    calendar.add_argument(
        "--land", metavar="KÜRZEL", default="", help="Bundesland der Feiertage, sonst das der Kommune"
    )
    calendar.add_argument(
        "--ohne-feiertage", action="store_true", help="Serien fallen an gesetzlichen Feiertagen aus"
    )
    calendar.add_argument(
        "--ohne-ferien",
        metavar="DATEI",
        default="",
        help="Serien fallen in den Schulferien aus, die diese Kalenderdatei nennt",
    )
    calendar.add_argument(
        "--mit",
        metavar="DATEI",
        default="",
        help="ein zweiter Kalender: welche Termine stehen vermutlich in beiden?",
    )
    calendar.add_argument(
        "--bereinigt",
        metavar="DATEI",
        default="",
        help="die lesbaren Termine als einwandfreie Kalenderdatei schreiben",
    )
    calendar.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.kernel import clock  # noqa: PLC0415 - needs the settings
    from stadtnah.services.events import api  # noqa: PLC0415 - as above

    try:
        off = _days_off(options)
        found = _read(options.datei)
        other = _read(options.mit) if options.mit else None
    except _WrongCall as problem:
        start.warn(str(problem))
        return 2
    skip = {api.Skip.HOLIDAYS} if options.ohne_feiertage else set()
    skip |= {api.Skip.SCHOOL_HOLIDAYS} if options.ohne_ferien else set()
    found.events = [api.with_skips(event, frozenset(skip)) for event in found.events]
    for line in api.report(found, clock.local(clock.now()).date(), off, other):
        start.say(line)
    if options.bereinigt:
        try:
            Path(options.bereinigt).write_bytes(
                api.write(found.events, name=found.name, stamp=clock.now(), off=off)
            )
        except OSError as problem:
            start.warn(f"{options.bereinigt} lässt sich nicht schreiben: {problem.strerror}.")
            return 2
        start.say(f"Die lesbaren Termine stehen in {options.bereinigt}.")
    start.say("Übernommen wurde nichts.")
    return 1 if found.broken else 0


class _WrongCall(ValueError):
    """Its message is German and says what to do."""


def _read(name: str) -> events.Calendar:
    from stadtnah.kernel import clock  # noqa: PLC0415 - needs the settings
    from stadtnah.services.events import api  # noqa: PLC0415 - as above

    path = Path(name)
    try:
        # One byte more than is read tells that it is too large; a device without an end ends there as well.
        with path.open("rb") as file:
            return api.read_file(file.read(api.MAX_BYTES + 1), clock.town_zone())
    except FileNotFoundError:
        raise _WrongCall(f"Die Datei {path} gibt es nicht.") from None
    except OSError:
        raise _WrongCall(
            f"{path} lässt sich nicht lesen. Ist es eine Datei, und dürfen Sie sie lesen?"
        ) from None
    except api.NoCalendar as problem:
        raise _WrongCall(f"{path}: {problem}") from None


def _days_off(options: argparse.Namespace) -> events.DaysOff:
    from stadtnah.kernel.land.api import LAENDER  # noqa: PLC0415 - needs the settings
    from stadtnah.services.events import api  # noqa: PLC0415 - as above

    land = options.land.upper() or _land_here()
    if land and land not in LAENDER:
        raise _WrongCall(f"--land: „{options.land}“ ist kein Bundesland. Möglich sind {', '.join(LAENDER)}.")
    if options.ohne_feiertage and not land:
        raise _WrongCall(
            "Für --ohne-feiertage bitte mit --land das Bundesland nennen, zum Beispiel --land BY."
        )
    school: tuple[tuple[date, date], ...] = ()
    if options.ohne_ferien:
        school = api.school_holidays(_read(options.ohne_ferien))
    return api.DaysOff(land, school=school)


def _land_here() -> str:
    """That of the municipality of this cell, "" when there is no cell: the file can be checked without one."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - needs the settings

    from stadtnah.kernel.town.api import town  # noqa: PLC0415 - as above

    try:
        return town().land if connection.introspection.table_names() else ""
    except DatabaseError:
        return ""
