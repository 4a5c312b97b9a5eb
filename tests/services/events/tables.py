"""Tables of our own making in the shapes in which clubs send them, awkward as they are."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

# A list of a club as a German spreadsheet exports it: windows-1252, semicolons, a title above, names of columns once more, empty lines.
CLUB = (
    "Veranstaltungskalender der Vereine 2026;;;;;;\r\n"
    ";;;;;;\r\n"
    "Datum;Uhrzeit;Veranstaltung;Ort;Veranstalter;Eintritt;Bemerkungen\r\n"
    "Do., 3.12.2026;19 Uhr;Adventssingen;Marienkirche;Gesangverein Erlenfurt;frei;\r\n"
    '5.12.26;14.00 – 18.00 Uhr;Nikolausmarkt;Marktplatz;Gewerbeverein;;"mit Glühwein;\nStände ab 14 Uhr"\r\n'
    "11.-13.12.2026;ganztägig;Krippenausstellung;Altes Rathaus;;2,50 €;\r\n"
    "Datum;Uhrzeit;Veranstaltung;Ort;Veranstalter;Eintritt;Bemerkungen\r\n"
    "31.12.2026;22:00-04:00;Silvesterball;Stadthalle;;45 €;Karten: www.stadthalle.example\r\n"
    "Mitte Januar;20 Uhr;Kappensitzung;Stadthalle;;;\r\n"
    "17.1.2027;abends;Neujahrsempfang;Rathaus;;;\r\n"
    "24.1.2027;19 Uhr;;Rathaus;;;\r\n"
).encode("cp1252")

# What a well-known calendar program exports: commas, English names, the month first, AM and PM.
OUTLOOK = (
    b'"Subject","Start Date","Start Time","End Date","End Time","All day event","Description","Location"\r\n'
    b'"Sommerfest, ""Am Wehr""","7/4/2026","3:30:00 PM","7/4/2026","11:00:00 PM","False","Musik","Wehr"\r\n'
    b'"Betriebsausflug","7/25/2026","12:00:00 AM","7/26/2026","12:00:00 AM","True","",""\r\n'
)

# UTF-16 with tabs, as Excel's „Unicode-Text“; day and time in one cell.
UNICODE = "Beginn\tEnde\tTitel\tOrtsteil\n3.12.2026 19:30\t21:00\tÜbungsabend\tSteinbach\n4.12.2026 20:00\t5.12.2026 01:00\tWeinprobe\tOberholz\n".encode(
    "utf-16"
)


def workbook(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    """A spreadsheet with these rows in its first sheet."""
    book = Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
