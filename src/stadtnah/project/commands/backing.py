"""`stadtnah backup` and `stadtnah restore`. What they work with is imported by them: the supervisor has this module, too."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stadtnah.project.commands import start

if TYPE_CHECKING:
    from stadtnah.project import backup

_STAMP = "%Y-%m-%dT%H-%M-%SZ"
_MB = 1_000_000


def add(parsers: Any) -> None:
    """Declares both commands."""
    save = parsers.add_parser("backup", help="diese Zelle im laufenden Betrieb sichern")
    save.add_argument("ordner", metavar="ORDNER", help="wohin; am besten auf einem anderen Datenträger")
    save.add_argument(
        "--mit-schluesseln",
        action="store_true",
        help="auch die Schlüssel; sonst bewahren Sie sie getrennt auf (sicherer)",
    )
    save.add_argument(
        "--behalten", type=int, metavar="ANZAHL", help="nur so viele Stände behalten, die neuesten"
    )
    save.set_defaults(run=_save)
    restore = parsers.add_parser("restore", help="eine Sicherung in einen leeren Datenordner zurückspielen")
    restore.add_argument("stand", metavar="STAND", help="die .json-Datei des Standes")
    restore.add_argument(
        "--schluessel", metavar="ORDNER", help="wo die Schlüssel liegen, wenn die Sicherung keine hat"
    )
    restore.add_argument(
        "--nur-pruefen", action="store_true", help="nur prüfen, ob die Sicherung vollständig ist"
    )
    restore.set_defaults(run=_restore)


def _save(options: argparse.Namespace) -> int:
    if options.behalten is not None and options.behalten < 1:
        start.warn("Bitte behalten Sie mindestens einen Stand (--behalten 1).")
        return 2
    start.setup()
    from django.conf import settings  # noqa: PLC0415 - needs the settings

    from stadtnah.kernel.text import counted  # noqa: PLC0415 - see the module
    from stadtnah.kernel.town import api as towns  # noqa: PLC0415 - as above
    from stadtnah.project import backup  # noqa: PLC0415 - see the module

    folder = Path(options.ordner).resolve()
    at = datetime.now(UTC).strftime(_STAMP)
    try:
        state = backup.save(
            folder, at, settings.DATABASES["default"], towns.town().name, with_keys=options.mit_schluesseln
        )
        gone = backup.thin_out(folder, options.behalten) if options.behalten else 0
    except (backup.BackupError, OSError) as problem:
        start.warn(f"Nicht gesichert. {problem}")
        return 1
    start.say(
        f"Gesichert: {folder / at}.json ({state.size / _MB:.0f} MB, {counted(len(state.files), 'Datei', 'Dateien')})."
    )
    if gone:
        start.say(f"Ältere Stände gelöscht: {gone}.")
    if not options.mit_schluesseln:
        start.say(
            f"Die Schlüssel sind nicht dabei. Bewahren Sie {settings.STADTNAH_DATA / backup.KEYS} getrennt auf: "
            "Ohne sie ist die Sicherung nicht brauchbar."
        )
    return 0


def _restore(options: argparse.Namespace) -> int:
    from stadtnah.kernel.text import counted  # noqa: PLC0415 - see the module
    from stadtnah.project import backup  # noqa: PLC0415 - see the module

    try:
        state = backup.read(Path(options.stand).resolve())
        if options.nur_pruefen:
            return _report(state)
        # Before Django reads the settings: they would make new keys.
        backup.restore_files(state, Path(options.schluessel).resolve() if options.schluessel else None)
        held, mails = _filled(state)
    except (backup.BackupError, OSError) as problem:
        start.warn(f"Nicht zurückgespielt. {problem}")
        return 1
    start.say(f"Zurückgespielt: {state.town}, Stand {_when(state):%d.%m.%Y, %H:%M} Uhr (UTC).")
    if held:
        start.say(
            f"{counted(held, 'Zustellung war', 'Zustellungen waren')} seither fällig. Das gilt als ungeklärt und geht nicht von selbst hinaus; der "
            "Redaktionsbereich zeigt sie."
        )
    if mails:
        start.say(
            "Eine E-Mail an eine einzelne Person gilt als ungeklärt und geht nicht von selbst hinaus."
            if mails == 1
            else f"{mails} E-Mails an einzelne Personen gelten als ungeklärt und gehen nicht von selbst hinaus."
        )
    start.say(
        "Was nach diesem Stand geschah, fehlt: auch Abmeldungen vom Newsletter und Löschungen. Bitte führen Sie sie noch "
        "einmal aus, bevor Sie wieder senden."
    )
    return 0


def _filled(state: backup.State) -> tuple[int, int]:
    """How many deliveries and single mails of this state nobody can be sure of."""
    start.setup()
    from django.conf import settings  # noqa: PLC0415 - needs the settings

    from stadtnah.project import backup  # noqa: PLC0415 - see the module

    backup.restore_database(state, settings.DATABASES["default"])
    start.prepare(quiet=True)
    from stadtnah.kernel import letters  # noqa: PLC0415 - needs the settings
    from stadtnah.publishing.dispatch import restored  # noqa: PLC0415 - as above
    from stadtnah.services.events import api as events  # noqa: PLC0415 - as above
    from stadtnah.surfaces.website.calendar import reminding  # noqa: PLC0415 - as above

    # What would be written now may have been written and sent before: it is held with the rest.
    reminding.remind()
    events.tell_public()
    mails = letters.hold_doubtful(_when(state))
    return restored.hold_doubtful(_when(state), mails=mails), mails


def _report(state: backup.State) -> int:
    from stadtnah.kernel.text import counted  # noqa: PLC0415 - see the module
    from stadtnah.project import backup  # noqa: PLC0415 - see the module

    problems = backup.check(state)
    for problem in problems:
        start.warn(problem)
    if not problems:
        start.say(
            f"Vollständig: {state.town}, {counted(len(state.files), 'Datei', 'Dateien')}, {state.size / _MB:.0f} MB."
        )
    return 1 if problems else 0


def _when(state: backup.State) -> datetime:
    return datetime.strptime(state.at, _STAMP).replace(tzinfo=UTC)
