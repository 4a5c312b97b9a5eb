"""`stadtnah import feed URL-oder-DATEI`, `import services URL-oder-DATEI` and `import site URL-oder-ORDNER`."""

from __future__ import annotations

import argparse
from typing import Any

from stadtnah.project.commands import start


def add(parsers: Any) -> None:
    """Declares the command."""
    command = parsers.add_parser("import", help="vorhandene Inhalte übernehmen")
    kinds = command.add_subparsers(title="Was", dest="was", metavar="WAS", required=True)
    feed = kinds.add_parser(
        "feed", help="RSS, Atom, JSON-Feed oder WordPress-Export (WXR) als Entwürfe übernehmen"
    )
    feed.add_argument("quelle", metavar="URL-oder-DATEI")
    feed.add_argument("--ohne-bilder", action="store_true", help="Bilder nicht laden")
    feed.add_argument(
        "--neue-rubriken", action="store_true", help="Rubriken anlegen, die es hier noch nicht gibt"
    )
    feed.set_defaults(run=_feed)
    services = kinds.add_parser(
        "services", help="einen Katalog von Dienstleistungen (JSON) als Entwürfe übernehmen"
    )
    services.add_argument("quelle", metavar="URL-oder-DATEI")
    services.set_defaults(run=_services)
    site = kinds.add_parser(
        "site", help="eine ganze Website, oder eine gespeicherte Kopie davon, als Entwürfe übernehmen"
    )
    site.add_argument("quelle", metavar="URL-oder-ORDNER")
    site.add_argument(
        "--adresse",
        metavar="URL",
        default="",
        help="Adresse der alten Website, wenn der Ordner sie nicht nennt",
    )
    site.add_argument("--nur-bericht", action="store_true", help="nur lesen und berichten, nichts übernehmen")
    site.add_argument(
        "--liste", metavar="DATEI", default="", help="jede Seite mit alter und neuer Adresse als CSV-Datei"
    )
    site.add_argument("--ohne-bilder", action="store_true", help="Bilder und Dateien nicht laden")
    site.add_argument(
        "--hoechstens", metavar="ZAHL", type=int, default=2_000, help="höchstens so viele Seiten lesen"
    )
    site.add_argument(
        "--pause", metavar="SEKUNDEN", type=float, default=0.5, help="Pause zwischen zwei Anfragen"
    )
    site.set_defaults(run=_site)


def _site(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.surfaces.website.moving_in.site import command  # noqa: PLC0415 - needs the settings

    return int(
        command.run(
            options.quelle,
            say=start.say,
            warn=start.warn,
            pictures=not options.ohne_bilder,
            address=options.adresse,
            only_report=options.nur_bericht,
            table=options.liste,
            most=options.hoechstens,
            pause=max(0.1, options.pause),
        )
    )


def _services(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.surfaces.website.moving_in import command  # noqa: PLC0415 - needs the settings

    return int(command.run(options.quelle, pictures=False, services=True, say=start.say, warn=start.warn))


def _feed(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.surfaces.website.moving_in import command  # noqa: PLC0415 - needs the settings

    return int(
        command.run(
            options.quelle,
            pictures=not options.ohne_bilder,
            new_categories=options.neue_rubriken,
            say=start.say,
            warn=start.warn,
        )
    )
