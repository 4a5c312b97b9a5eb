"""`stadtnah setup`: a new municipality in an empty cell, with the first person of its administration."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from stadtnah.project.commands import start

if TYPE_CHECKING:
    from stadtnah.kernel.identity.models import User


def add(parsers: Any) -> None:
    """Declares the command."""
    setup = parsers.add_parser("setup", help="eine neue Kommune einrichten")
    setup.add_argument("--name", required=True, help="wie sie heißt, zum Beispiel „Stadt Musterstadt“")
    setup.add_argument("--kurzname", required=True, help="wie man kurz sagt, zum Beispiel „Musterstadt“")
    setup.add_argument("--land", required=True, metavar="KÜRZEL", help="Bundesland, zum Beispiel HE oder NW")
    setup.add_argument(
        "--admin", required=True, metavar="E-MAIL", help="die erste Person der Verwaltung des Systems"
    )
    setup.add_argument("--admin-name", required=True, metavar="NAME", help="ihr Vor- und Nachname")
    setup.add_argument(
        "--link", action="store_true", help="den Link für ihr Kennwort hier zeigen, statt ihn zu senden"
    )
    setup.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    start.setup()
    start.prepare(quiet=True)
    from stadtnah.kernel.access.people import PersonWrong  # noqa: PLC0415 - needs the settings

    try:
        admin = _founded(options)
    except PersonWrong as wrong:
        for problem in wrong.problems.values():
            start.warn(problem)
        return 1
    except ValueError as wrong:
        start.warn(str(wrong))
        return 1
    start.say(f"{options.name.strip()} ist eingerichtet.")
    _tell(admin, shown=options.link)
    start.say(
        "Als Nächstes: „stadtnah serve“ starten, als diese Person anmelden, Personen und Kanäle eintragen, dann "
        "Impressum, Datenschutzerklärung und Barrierefreiheit schreiben und freigeben lassen."
    )
    return 0


def _founded(options: argparse.Namespace) -> User:
    from django.db import transaction  # noqa: PLC0415 - needs the settings

    from stadtnah.kernel.access import people  # noqa: PLC0415 - as above
    from stadtnah.kernel.access.api import Role  # noqa: PLC0415 - as above
    from stadtnah.kernel.town import api as towns  # noqa: PLC0415 - as above
    from stadtnah.surfaces.website import founding  # noqa: PLC0415 - as above

    name, short_name = options.name.strip(), options.kurzname.strip()
    if not name or not short_name:
        raise ValueError("Bitte geben Sie mit --name und --kurzname an, wie die Kommune heißt.")
    if founding.is_founded():
        raise ValueError(
            f"Diese Zelle gehört schon einer Kommune: {towns.town().name}. Einen neuen Link für ein Kennwort bekommen Sie "
            "über „Kennwort vergessen?“ bei der Anmeldung oder von der Verwaltung des Systems unter „Personen“."
        )
    with transaction.atomic():
        admin = people.add_person(
            options.admin, options.admin_name, "municipality", by=None, roles=[Role.ADMIN]
        )
        founding.found(name, short_name, options.land.strip().upper(), by=admin)
    return admin


def _tell(admin: User, *, shown: bool) -> None:
    """How the person gets in: by mail, or here when that does not work."""
    from stadtnah.kernel.access import people  # noqa: PLC0415 - needs the settings
    from stadtnah.kernel.identity import invitation  # noqa: PLC0415 - as above

    if not shown:
        try:
            people.invite(admin, by=None)
        except people.PersonWrong as wrong:
            start.warn(str(wrong))
        else:
            start.say(f"{admin.email} hat eine E-Mail mit einem Link bekommen, um das Kennwort festzulegen.")
            return
    start.say(f"Mit diesem Link legt {admin.name} das Kennwort fest (gilt einmal):\n{invitation.link(admin)}")
