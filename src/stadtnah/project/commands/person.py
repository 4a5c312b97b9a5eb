"""`stadtnah erase person` (GDPR Art. 17)."""

from __future__ import annotations

import argparse
from typing import Any

from stadtnah.project.commands import start


def add(parsers: Any) -> None:
    """Declares the command."""
    erase = parsers.add_parser("erase", help="Daten einer Person löschen")
    kinds = erase.add_subparsers(title="Was", dest="was", metavar="WAS", required=True)
    person = kinds.add_parser("person", help="löscht, was zu einer E-Mail-Adresse gespeichert ist")
    person.add_argument("email", metavar="E-MAIL")
    person.add_argument("--ja", action="store_true", help="ohne Rückfrage")
    person.set_defaults(run=_erase)


def _erase(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.kernel.privacy import api  # noqa: PLC0415 - needs the settings

    if not options.ja and input(f"Alle Daten zu {options.email} löschen? (ja/nein) ").strip().lower() != "ja":
        start.say("Nichts gelöscht.")
        return 1
    for purpose, rows in api.erase_person(options.email).items():
        start.say(f"{purpose}: {rows} Datensätze")
    return 0
