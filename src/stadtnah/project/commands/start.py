"""What every command does first."""

from __future__ import annotations

import sys

import django
from django.core.management import call_command


def setup() -> None:
    """Loads the settings and the apps."""
    django.setup()


def prepare(*, quiet: bool = False) -> None:
    """Brings database and static files to this version."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("check", databases=["default"], verbosity=0)
    if not quiet:
        say("Datenbank und Dateien sind auf dem Stand dieser Version.")


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """A line that is about a problem."""
    sys.stderr.write(text + "\n")
