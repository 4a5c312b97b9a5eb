"""A spreadsheet (.xlsx) as a table, read by a program that ends with it.

What it loads for that would stay in the cell's memory for good, and a file that was made to harm meets its bounds of memory and time
instead of the cell's.
"""

from __future__ import annotations

import json
from typing import Any, Final

from stadtnah.kernel import apart
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar
from stadtnah.services.events.domain.table.cells import Table, table

MARK: Final = b"PK\x03\x04"
_AGAIN: Final = "Bitte öffnen Sie sie in Ihrem Tabellenprogramm und speichern Sie sie neu als Excel-Arbeitsmappe (.xlsx) oder als CSV."


def read_spreadsheet(data: bytes) -> Table:
    """The first sheet that holds something. Formulas are never computed: taken is what the spreadsheet last showed. Raises NoCalendar."""
    if len(data) > MAX_BYTES:
        raise NoCalendar(
            f"Die Datei ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. Bitte teilen Sie sie."
        )
    try:
        told: dict[str, Any] = json.loads(apart.made_by("stadtnah.services.events.spreadsheet_program", data))
    except apart.ApartError:
        raise NoCalendar(f"Die Datei ist keine Excel-Arbeitsmappe, die sich lesen lässt. {_AGAIN}") from None
    if "refused" in told:
        raise NoCalendar(told["refused"])
    notes = (
        (f"weitere Tabellenblätter nicht gelesen: {', '.join(told['others'])[:200]}",)
        if told["others"]
        else ()
    )
    return table(told["rows"], notes)
