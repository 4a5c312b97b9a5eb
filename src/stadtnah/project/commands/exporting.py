"""`stadtnah export site` and `stadtnah export person` (GDPR Art. 15, 20)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from stadtnah.project.commands import start

_MB = 1_000_000


def add(parsers: Any) -> None:
    """Declares the command."""
    command = parsers.add_parser("export", help="herausgeben: die Website, die Daten einer Person (Auskunft)")
    kinds = command.add_subparsers(title="Was", dest="was", metavar="WAS", required=True)
    person = kinds.add_parser("person", help="alles, was zu einer E-Mail-Adresse gespeichert ist, als JSON")
    person.add_argument("email", metavar="E-MAIL")
    person.set_defaults(run=_person)
    site = kinds.add_parser("site", help="die ganze Website als Ordner, den jeder Webserver ausliefern kann")
    site.add_argument(
        "ordner",
        metavar="ORDNER",
        help="leer oder der Ordner des letzten Exports; nur Geändertes wird geschrieben",
    )
    site.set_defaults(run=_site)


def _person(options: argparse.Namespace) -> int:
    import json  # noqa: PLC0415 - the supervisor has this module, too

    start.setup()
    from stadtnah.kernel.privacy import api  # noqa: PLC0415 - needs the settings

    start.say(json.dumps(api.export_person(options.email), ensure_ascii=False, indent=2, default=str))
    return 0


def _site(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.kernel.text import counted  # noqa: PLC0415 - the supervisor has this module, too
    from stadtnah.surfaces.website import mirror  # noqa: PLC0415 - needs the settings

    try:
        result = mirror.export(Path(options.ordner))
    except mirror.MirrorError as problem:
        start.warn(f"Nicht exportiert. {problem}")
        return 1
    except OSError as problem:
        start.warn(
            f"Der Export brach ab: {problem.strerror}. Ist der Datenträger voll? Ein neuer Aufruf setzt ihn fort."
        )
        return 1
    start.say(
        f"{counted(result.files, 'Datei', 'Dateien')} ({result.size / _MB:.1f} MB) in {options.ordner}: {result.written} neu geschrieben, {result.removed} entfernt."
    )
    return 0
