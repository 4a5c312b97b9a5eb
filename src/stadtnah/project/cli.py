"""The `stadtnah` command. Each sub-command is a module in `commands` with `add(parsers)` and a function to run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from stadtnah.project.commands import backing, check, demo, exporting, importing, person, serve, setup


class GermanParser(argparse.ArgumentParser):
    """argparse with German headings and errors."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("add_help", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        self._positionals.title = "Angaben"
        self._optionals.title = "Optionen"
        self.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Aufruf:")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Aufruf:")

    def error(self, message: str) -> None:  # type: ignore[override] # never returns
        self.print_usage(sys.stderr)
        self.exit(2, f"Fehler: {_german(message)}\nHilfe: {self.prog} --help\n")


def _german(message: str) -> str:
    for english, german in (
        ("the following arguments are required:", "es fehlt:"),
        ("unrecognized arguments:", "unbekannte Angabe:"),
        ("invalid choice:", "gibt es nicht:"),
        ("choose from", "möglich sind"),
        ("argument ", "Angabe "),
        ("expected one argument", "braucht einen Wert"),
        ("invalid int value:", "keine ganze Zahl:"),
    ):
        message = message.replace(english, german)
    return message


def parser() -> argparse.ArgumentParser:
    """The whole command."""
    top = GermanParser(prog="stadtnah", description="Stadtnah: kommunale Bürgerkommunikation.")
    parsers = top.add_subparsers(title="Befehle", dest="befehl", metavar="BEFEHL", required=True)
    for module in (demo, setup, serve, check, importing, exporting, person, backing):
        module.add(parsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit code (0 good, 1 a problem found, 2 wrong call)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtnah.project.settings.base")
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except KeyboardInterrupt:
        return 130
