"""What was found and what is proposed for it, in German: for the terminal, for the desk, and as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from stadtnah.kernel.text import cell, counted
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun
from stadtnah.surfaces.website.moving_in.site.places import Places

_SHOWN: Final = 3
_HEAD: Final = ("Alte Adresse", "Titel", "wird", "Neue Adresse", "Wörter", "Bilder", "Dateien", "Grund")
_MANY: Final = {
    FoundPage.Kind.PAGE: ("Seite", "Seiten"),
    FoundPage.Kind.SECTION: ("Rubrikseite", "Rubrikseiten"),
    FoundPage.Kind.MESSAGE: ("Meldung", "Meldungen"),
    FoundPage.Kind.SERVICE: ("Dienstleistung", "Dienstleistungen"),
    FoundPage.Kind.OFFICE: ("Amt oder Einrichtung", "Ämter und Einrichtungen"),
}


@dataclass(slots=True)
class Summary:
    """Numbers of a proposal. left: reason to the addresses that stay behind for it, the most frequent first."""

    pages: int = 0
    addresses: int = 0
    wanted: int = 0
    pictures: int = 0
    files: int = 0
    kinds: list[tuple[str, int]] = field(default_factory=list)
    left: list[tuple[str, list[str]]] = field(default_factory=list)


def summary(run: ImportRun) -> Summary:
    """One query."""
    rows = list(FoundPage.objects.filter(run=run))
    taken = [row for row in rows if row.wanted and row.possible]
    kinds = Counter(FoundPage.Kind(row.kind) for row in taken)
    left: dict[str, list[str]] = {}
    for row in rows:
        if not (row.wanted and row.possible):
            left.setdefault(row.reason_de or "Nicht ausgewählt.", []).append(row.address)
    return Summary(
        len(rows),
        sum(1 + len(row.aliases) for row in rows),
        len(taken),
        sum(row.pictures for row in taken),
        sum(row.files for row in taken),
        [(counted(number, *_MANY[kind]), number) for kind in _MANY if (number := kinds[kind])],
        sorted(left.items(), key=lambda one: (-len(one[1]), one[0])),
    )


def lines(run: ImportRun) -> list[str]:
    """The proposal for the terminal."""
    found = summary(run)
    said = [
        f"Gefunden: {counted(found.pages, 'Seite', 'Seiten')} unter {counted(found.addresses, 'Adresse', 'Adressen')}.",
        f"Vorgeschlagen: {', '.join(shown for shown, _number in found.kinds) or 'nichts'}; darin {counted(found.pictures, 'Bild', 'Bilder')} und {counted(found.files, 'Verweis auf eine Datei', 'Verweise auf Dateien')}.",
    ]
    if found.left:
        said.append("Nicht vorgeschlagen:")
    for reason, addresses in found.left:
        more = (
            f" und {counted(len(addresses) - _SHOWN, 'weitere', 'weitere')}"
            if len(addresses) > _SHOWN
            else ""
        )
        said.append(f"  {len(addresses)} × {reason.rstrip('.')}: {', '.join(addresses[:_SHOWN])}{more}")
    return [*said, *run.notes]


def table(run: ImportRun) -> str:
    """Every page with its old and its new address, for a spreadsheet."""
    paths = Places.of_run(run).paths
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_HEAD)
    for row in FoundPage.objects.filter(run=run).order_by("position"):
        takes = row.wanted and row.possible
        kind = row.get_kind_display() if takes else "bleibt zurück"
        new = paths.get(row.pk, "") if takes else row.forward_to
        cells = (row.address, row.title, kind, new, row.words, row.pictures, row.files, row.reason_de)
        writer.writerow(cell(str(one)) for one in cells)
    return out.getvalue()
