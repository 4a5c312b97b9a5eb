"""`stadtnah check proof|audit|system|calendar`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from stadtnah.project.commands import calendar, start

_LARGEST = 200 * 1024 * 1024
_COUNTED = (
    ("snapshots", "Fassung", "Fassungen"),
    ("approvals", "Freigabe", "Freigaben"),
    ("deliveries", "Zustellung", "Zustellungen"),
)
_WHERE_THE_KEY_IS = (
    "Rufen Sie die Website der Kommune auf, deren Adresse Sie kennen (nicht die aus der Datei), dort /.well-known/stadtnah.json, und "
    "prüfen Sie noch einmal mit --schluessel und dem Wert von „public_key“."
)
_OTHER_TOWN = "Ist der Nachweis von einer anderen, nennen Sie deren Schlüssel mit --schluessel."


def add(parsers: Any) -> None:
    """Declares the command."""
    check = parsers.add_parser("check", help="Nachweise, Protokoll und Einrichtung prüfen")
    kinds = check.add_subparsers(title="Was", dest="was", metavar="WAS", required=True)
    proof = kinds.add_parser("proof", help="einen Nachweis (JSON) ohne Datenbank und Netz prüfen")
    proof.add_argument("datei", metavar="DATEI")
    proof.add_argument(
        "--schluessel",
        default="",
        help="öffentlicher Schlüssel der Kommune (Base64), von ihrer Website; ohne ihn gilt der Schlüssel der Kommune auf diesem Rechner, und gibt es den nicht, bleibt offen, von wem der Nachweis ist",
    )
    proof.set_defaults(run=_proof)
    audit = kinds.add_parser("audit", help="die Kette des Protokolls prüfen")
    audit.add_argument(
        "--stand", default="", metavar="NUMMER:PRÜFSUMME", help="letzter Eintrag, wie er früher notiert wurde"
    )
    audit.set_defaults(run=_audit)
    system = kinds.add_parser("system", help="Einrichtung, Sperren der Datenbank und Seitenspeicher prüfen")
    system.set_defaults(run=_system)
    calendar.add(kinds)


def _proof(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.publishing import api, signs  # noqa: PLC0415 - needs the settings

    path = Path(options.datei)
    try:
        if path.stat().st_size > _LARGEST:
            start.warn("Die Datei ist zu groß für einen Nachweis (über 200 MB).")
            return 2
        value = api.read_proof(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        start.warn(f"Die Datei {path} gibt es nicht.")
        return 2
    except OSError:
        start.warn(f"{path} lässt sich nicht lesen. Ist es eine Datei, und dürfen Sie sie lesen?")
        return 2
    except api.SaidTwice:
        start.warn(
            "✗ In der Datei steht eine Angabe doppelt. So gibt Stadtnah keinen Nachweis aus: Sie wurde verändert."
        )
        return 1
    except (ValueError, RecursionError):
        start.warn("Die Datei ist kein JSON. Bitte den Nachweis als JSON ausgeben, nicht als PDF.")
        return 2
    trusted = options.schluessel or api.key_here()
    problems = api.verify_proof(value, trusted_key=trusted)
    for sentence in problems:
        start.warn(f"✗ {sentence}")
    if problems:
        if not options.schluessel and trusted not in {"", value.get("public_key")}:
            start.warn(f"  Verglichen mit dem Schlüssel der Kommune auf diesem Rechner. {_OTHER_TOWN}")
        return 1
    counts = ", ".join(
        f"{len(value[key])} {one if len(value[key]) == 1 else many}" for key, one, many in _COUNTED
    )
    says = f"{counts} ({' '.join(signs.plain(value['town']).split())})."
    if trusted:
        start.say(f"✓ Der Nachweis stimmt: {says}")
        start.say(f"  Schlüssel der Kommune: {trusted.strip()}")
        return 0
    start.say(f"? Nicht geprüft, von wem der Nachweis ist. In sich stimmt er: {says}")
    start.say(f"  Unterschrieben mit: {value['public_key']}")
    start.say(f"  So unterschreiben kann jeder, auch im Namen der Kommune. {_WHERE_THE_KEY_IS}")
    return 0


def _audit(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.kernel import triggers  # noqa: PLC0415 - needs the settings
    from stadtnah.kernel.audit import anchors, api  # noqa: PLC0415 - as above
    from stadtnah.publishing import agreement  # noqa: PLC0415

    if not _prepared():
        return 2
    known = list(anchors.noted())
    if options.stand:
        try:
            known.append(anchors.Anchor.read(options.stand))
        except ValueError:
            start.warn("--stand: Bitte so angeben, wie die Prüfung es nennt, zum Beispiel 4711:9f86d08…")
            return 2
    wrong = [damage.text for damage in (*api.verify(), *anchors.missed(known))]
    wrong += agreement.contradictions()
    if gone := [name for name in triggers.missing() if name.startswith("audit_")]:
        wrong.append(
            f"Der Datenbank fehlen Sperren des Protokolls: {', '.join(gone)}. Wer schreiben konnte, konnte es ändern."
        )
    for sentence in wrong:
        start.warn(f"✗ {sentence}")
    if wrong:
        return 1
    number = api.length()
    start.say(f"✓ Das Protokoll ist unversehrt: {number} {'Eintrag' if number == 1 else 'Einträge'}.")
    if head := anchors.head():
        start.say(f"  Stand zum Notieren (für --stand): {head.seq}:{head.digest}")
    return 0


def _prepared() -> bool:
    """Whether there is a cell at all, and says so if not: a wrong STADTNAH_DATA looks like an empty one."""
    from django.conf import settings  # noqa: PLC0415 - needs the settings
    from django.db import connection  # noqa: PLC0415 - as above

    if connection.introspection.table_names():
        return True
    start.warn(
        f"Hier ist noch keine Kommune eingerichtet ({settings.STADTNAH_DATA}). Bitte prüfen Sie STADTNAH_DATA und "
        "STADTNAH_DATABASE."
    )
    return False


def _system(_options: argparse.Namespace) -> int:
    start.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.base import SystemCheckError  # noqa: PLC0415

    try:
        call_command("check", databases=["default"], verbosity=0)
    except SystemCheckError as problem:
        start.warn(str(problem))
        return 1
    if wrong := _website():
        for sentence in wrong:
            start.warn(f"✗ {sentence}")
        return 1
    start.say("✓ Einrichtung, Sperren und Seitenspeicher sind in Ordnung.")
    return 0


def _website() -> list[str]:
    """Where the website is not what was released, in German."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from stadtnah.surfaces.website import bake, renewal, sweep, waiting  # noqa: PLC0415 - as above

    if not connection.introspection.table_names() or renewal.due():
        return []  # no cell yet, or the pages of this build are not made yet
    wrong = sweep.differences().sentences()
    if late := waiting.among(bake.expected()):
        wrong.append(f"Website: Diese Seiten ließen sich zuletzt nicht erzeugen: {', '.join(late)}.")
    return wrong
