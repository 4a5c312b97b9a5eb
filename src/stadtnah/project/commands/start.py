"""What every command does first."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from stadtnah import __version__
from stadtnah.project import lean, supervisor

# The supervisor imports this module: Django only comes with the functions that need it.


def setup() -> None:
    """Loads the settings and the apps."""
    import django  # noqa: PLC0415 - see above

    with lean.imports():
        django.setup()


def prepare(*, quiet: bool = False) -> None:
    """Brings database and static files to this version."""
    from django.core.management import call_command  # noqa: PLC0415 - see above

    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    call_command("check", databases=["default"], stdout=io.StringIO())
    if not quiet:
        say("Datenbank und Dateien sind auf dem Stand dieser Version.")


def port_taken(host: str, port: int) -> bool:
    """Whether somebody listens there already, and says so. The server itself would share the port without a word (SO_REUSEPORT)."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                warn(f"Auf {host}:{port} lässt sich nicht lauschen: {problem.strerror}.")
                return True
        else:
            return False
    warn(
        f"Port {port} ist schon belegt. Läuft dort noch ein anderer Dienst? Mit --port (bei make: PORT=) nehmen Sie einen anderen."
    )
    return True


def apart(work: Callable[[], None]) -> Callable[[], None]:
    """Runs it in a child process, so that what it leaves in memory does not stay with the cell; it ends with this process.

    Returns what waits for its end, and ends this process when it failed. Meanwhile nothing may ask the database.
    """
    from django.db import connections  # noqa: PLC0415 - see above

    def worked() -> int:
        work()
        return 0

    connections.close_all()
    pid = supervisor.fork("setup", worked)
    return lambda: _wait(pid)


def _wait(pid: int) -> None:
    _, status = os.waitpid(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(code if code > 0 else 1)


def _collect_static() -> None:
    """Once per version of our own and foreign files: the second start takes seconds."""
    from django.conf import settings  # noqa: PLC0415 - see above
    from django.core.management import call_command  # noqa: PLC0415 - see above

    root = Path(settings.STATIC_ROOT)
    stamp, state = root / ".stand", _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    import django  # noqa: PLC0415 - see above
    import wagtail  # noqa: PLC0415 - see above
    from django.conf import settings  # noqa: PLC0415 - see above

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
