"""`stadtnah import feed URL-oder-DATEI` and `stadtnah import services URL-oder-DATEI`."""

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
