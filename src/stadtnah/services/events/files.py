"""A file of events, whatever its kind: a calendar (.ics), a table (.csv) or a spreadsheet (.xlsx). Told by what is in it, not by its name."""

from __future__ import annotations

import re
from typing import Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.ics.lines import NoCalendar
from stadtnah.services.events.domain.ics.read import Calendar, read
from stadtnah.services.events.domain.table import columns
from stadtnah.services.events.domain.table.cells import Table, read_csv
from stadtnah.services.events.domain.table.columns import Matching
from stadtnah.services.events.domain.table.rows import from_table
from stadtnah.services.events.spreadsheet import MARK, read_spreadsheet

_CALENDAR: Final = re.compile(rb"BEGIN:\x00?V|B\x00E\x00G\x00I\x00N\x00:", re.IGNORECASE)


def is_calendar(data: bytes) -> bool:
    """Whether a file is iCalendar; what is not is taken for a table."""
    return not data.startswith(MARK) and bool(_CALENDAR.search(data))


def table_of(data: bytes) -> Table:
    """The cells of a CSV file or a spreadsheet. Raises NoCalendar (German)."""
    return read_spreadsheet(data) if data.startswith(MARK) else read_csv(data, columns.recognised)


def read_file(data: bytes, town: ZoneInfo, matching: Matching | None = None) -> Calendar:
    """The events of a file; of a table with its columns as proposed unless they are given. Raises NoCalendar (German)."""
    if is_calendar(data):
        return read(data, town)
    table = table_of(data)
    if table.width < 2:  # noqa: PLR2004 - a title and a day
        raise NoCalendar(
            "Das ist weder eine Kalenderdatei (iCalendar, .ics) noch eine Tabelle mit Terminen (.csv, .xlsx)."
        )
    matching = matching or columns.proposed(table)
    if problem := columns.problem_of(matching):
        heads = ", ".join(f"„{name[:30]}“" for name in table.rows[0][1][:8] if name)
        raise NoCalendar(f"{problem} Die erste Zeile der Tabelle lautet: {heads}.")
    return from_table(table, matching, town)
