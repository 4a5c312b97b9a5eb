"""A CSV file as rows of cells, whatever program wrote it. Pure.

RFC 4180 is what few write: German spreadsheets divide by semicolons, some programs by tabs, Excel puts „sep=;“ above the table, and the
encoding is said nowhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from stadtnah.kernel import decoding
from stadtnah.services.events.domain.ics.lines import MAX_BYTES, NoCalendar

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 32_767  # characters; what a spreadsheet can hold
_LOOKED_AT: Final = 60  # rows, to find out what divides the cells
_SEPARATORS: Final = (";", "\t", ",", "|")
_SAID: Final = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)', re.IGNORECASE)
_KINDS: Final = {
    b"%PDF": "ein PDF",
    b"\xd0\xcf\x11\xe0": "eine alte Excel-Datei (.xls)",
    b"{\\rtf": "ein Textdokument (RTF)",
    b"\x1f\x8b": "mit gzip gepackt",
    b"<html": "eine Webseite",
    b"<!DOCTYPE": "eine Webseite",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their numbers in the file, counted from 1. Empty ones are left out. notes: what was odd, German."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(cells) for _number, cells in self.rows), default=0)


def read_csv(data: bytes, known: Callable[[list[list[str]]], int]) -> Table:
    """Raises NoCalendar. known: how much of some rows looks like a table of events; decides which sign divides the cells."""
    _refuse(data)
    raw, codec = decoding.normalised(data, None)
    text = decoding.repaired(decoding.text(raw, codec))
    separator = ""
    if said := _SAID.match(text):
        separator, text = said[1], text[said.end() :]
    start = text[: _LOOKED_AT * 2_000]
    if not separator:
        separator = max(_SEPARATORS, key=lambda one: _fits(_parsed(start, one, _LOOKED_AT), known))
    return table(_parsed(text, separator, MAX_ROWS * 2))


def table(rows: list[list[str]], notes: tuple[str, ...] = ()) -> Table:
    """Rows as they come, cleaned and within bounds. Raises NoCalendar when nothing is in them."""
    cleaned = (_trimmed([_clean(cell) for cell in row[:MAX_COLUMNS]]) for row in rows)
    full = [(number, cells) for number, cells in enumerate(cleaned, start=1) if cells]
    if not full:
        raise NoCalendar("Die Tabelle ist leer.")
    if len(full) > MAX_ROWS:
        notes = (*notes, f"Zeilen nach der {MAX_ROWS // 1000}.000. nicht gelesen")
    if any(any(cell.strip() for cell in row[MAX_COLUMNS:]) for row in rows):
        notes = (*notes, f"Spalten nach der {MAX_COLUMNS}. nicht gelesen")
    return Table(tuple(full[:MAX_ROWS]), notes)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    last = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return tuple(cells[:last])


def _clean(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell[:MAX_CELL].splitlines())
    return "\n".join(lines).strip()


def _refuse(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise NoCalendar(
            f"Die Datei ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. Bitte teilen Sie sie."
        )
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in _KINDS.items():
        if start[: len(mark)].lower() == mark.lower():
            raise NoCalendar(
                f"Die Datei ist {what}. Bitte speichern Sie sie als Excel-Arbeitsmappe (.xlsx), als CSV oder als Kalender (.ics)."
            )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NoCalendar("Die Datei ist leer.")
    if (
        data[:4] not in {b"\xff\xfe", b"\xfe\xff"}
        and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
        and b"\0" in data[:4_000]
    ):
        raise NoCalendar("Die Datei ist weder eine Tabelle noch ein Kalender: Sie enthält keinen Text.")


def _parsed(text: str, separator: str, most: int) -> list[list[str]]:
    """A quotation mark that is never closed would swallow the rest of the file: then they are letters as any other."""
    if text.count('"') % 2:
        rows = _read(text, separator, most, csv.QUOTE_NONE)
        return [[_bare(cell) for cell in row] for row in rows]
    try:
        return _read(text, separator, most, csv.QUOTE_MINIMAL)
    except csv.Error:  # a cell of more than 131,072 characters
        return _read(text, separator, most, csv.QUOTE_NONE)


def _read(text: str, separator: str, most: int, quoting: Literal[0, 3]) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    return list(islice(reader, most))


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _fits(rows: list[list[str]], known: Callable[[list[list[str]]], int]) -> tuple[int, int]:
    widths = [len(row) for row in rows if any(row)]
    usual = max(set(widths), key=widths.count, default=0)
    return known(rows), widths.count(usual) if usual > 1 else 0
