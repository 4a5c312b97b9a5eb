"""What every command does first."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.core.management import call_command

from stadtnah import __version__


def setup() -> None:
    """Loads the settings and the apps."""
    django.setup()


def prepare(*, quiet: bool = False) -> None:
    """Brings database and static files to this version."""
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    call_command("check", databases=["default"], stdout=io.StringIO())
    if not quiet:
        say("Datenbank und Dateien sind auf dem Stand dieser Version.")


def _collect_static() -> None:
    """Once per version of our own and foreign files: the second start takes seconds."""
    root = Path(settings.STATIC_ROOT)
    stamp, state = root / ".stand", _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    ours = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                found = path.stat()
                ours.update(f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return f"{__version__} {wagtail.__version__} {django.__version__} {ours.hexdigest()}"


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """A line that is about a problem."""
    sys.stderr.write(text + "\n")
