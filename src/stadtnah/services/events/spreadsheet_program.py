"""Reads a spreadsheet from its input and writes its cells as JSON; a program of its own (see `spreadsheet`).

Bounds before anything is unpacked: a ZIP file says how large its parts are, and none is unpacked beyond what it says.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

_MOST_UNPACKED: Final = 150_000_000  # bytes; 20,000 events with long texts have a third of it
_MOST_PARTS: Final = 2_000
_MEMORY: Final = 1_000_000_000
_CPU: Final = 50  # seconds
_ROWS, _COLUMNS = 40_000, 101  # one column more than is taken tells that there are more
_MOST_CHARACTERS: Final = (
    30_000_000  # one long text can stand in every cell: a file of 2 kB would fill the cell's memory
)


class _RefusedError(Exception):
    """The file as a whole; German."""


def main() -> None:
    """Answers with the cells, or with the reason in German why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU))
    try:
        told = _read(sys.stdin.buffer.read())
    except _RefusedError as problem:
        told = {"refused": str(problem)}
    sys.stdout.write(json.dumps(told))


def _read(data: bytes) -> dict[str, Any]:
    _bounded(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - only after the bounds

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for place, sheet in enumerate(sheets):
        sheet.reset_dimensions()  # what a program says of its size is often wrong
        rows = list(_cells(sheet))
        if any(any(row) for row in rows):
            return {"rows": rows, "others": [other.title for other in sheets[place + 1 :]]}
    raise _RefusedError("Die Tabelle ist leer.")


def _cells(sheet: Any) -> Iterator[list[str]]:
    room = _MOST_CHARACTERS
    for row in sheet.iter_rows(max_row=_ROWS, max_col=_COLUMNS, values_only=True):
        texts = [_text(value) for value in row]
        room -= sum(map(len, texts))
        if room < 0:
            raise _RefusedError("Die Texte in der Tabelle sind zusammen viel zu lang. Bitte teilen Sie sie.")
        yield texts


def _bounded(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise _RefusedError(
            "Die Datei ist beschädigt: Sie lässt sich nicht entpacken. Bitte speichern Sie sie neu."
        ) from None
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _RefusedError("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne.")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _RefusedError("Die Datei wird entpackt viel zu groß. Bitte teilen Sie sie.")
    if "content.xml" in names:
        raise _RefusedError(
            "Das ist eine Tabelle von LibreOffice (.ods). Bitte speichern Sie sie als Excel-Arbeitsmappe (.xlsx) oder als CSV."
        )
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _RefusedError(
            "Das ist ein ZIP-Archiv, keine Excel-Arbeitsmappe. Bitte entpacken Sie es zuerst."
        )


def _text(value: Any) -> str:
    """As a person would have typed it; days and times so that they are read again without doubt."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - whole numbers of a float
    return str(value)


if __name__ == "__main__":
    main()
