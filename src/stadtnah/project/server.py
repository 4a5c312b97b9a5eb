"""The cell: one process imports everything, forks the worker and becomes the web server.

Forking after the import shares the memory (docs/architecture/memory.md), so that many towns fit one machine. What
starts the cell again when it dies is `supervisor`.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.db import connections
from django.urls import get_resolver

from stadtnah.project import intake, lean, memory, static, supervisor

logger = logging.getLogger(__name__)
_PAUSE = 1.0  # seconds before a dead worker is started again
_TURN = 0.0001  # seconds a thread of the web process goes on while others wait
# The worker in place of one that died, in a program of its own: with threads, the web process cannot fork it. It imports
# nothing before `cli` has set Django up but the supervisor, which imports nothing of the product.
_AFRESH = """
import sys
from stadtnah.project import supervisor
supervisor.end_with_parent("worker")
from stadtnah.project import cli
sys.exit(cli.main(["worker"]))
"""


def serve(
    host: str, port: int, *, with_worker: bool, prepared: Callable[[], None], tell: supervisor.Tell
) -> int:
    """Runs the cell until SIGTERM or SIGINT; returns the exit code. `prepared` waits for database and static files."""
    memory.tune()
    with lean.imports():
        _preload(prepared)
    if with_worker:
        pid = supervisor.fork("worker", _worker)
        tell(f"worker {pid}")
        threading.Thread(target=_mind, args=(pid, tell), name="mind", daemon=True).start()
    tell("up")
    _web(host, port)
    return 0


def _mind(pid: int, tell: supervisor.Tell) -> None:
    """Starts the worker again whenever it dies. Runs in a thread of its own for as long as the web process."""
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    while True:
        # One that ended well was told to, as a rule with the whole cell: by then this process is gone as well.
        time.sleep(_PAUSE if code else _PAUSE + supervisor.GRACE)
        logger.error("worker ended (%s), starting it again", code)
        process = subprocess.Popen([sys.executable, "-c", _AFRESH])  # noqa: S603 - our own program, no shell
        tell(f"worker {process.pid}")
        code = process.wait()


def _preload(prepared: Callable[[], None]) -> None:
    """Imports what requests need, then hands memory over to the children untouched."""
    import granian.server  # noqa: F401, PLC0415 - shared by forking, like everything here

    resolver = get_resolver()
    resolver.url_patterns  # noqa: B018 - imports every view
    prepared()
    static.reread_names()
    from stadtnah.project import wsgi  # noqa: PLC0415 - reads the static files and their names

    if not callable(wsgi.application):
        raise TypeError("no WSGI application")
    _warm(wsgi.django_application)
    connections.close_all()
    memory.freeze()


def _warm(application: Any) -> None:
    """Asks for pages as a visitor would: templates, forms and catalogues are then there once for web and worker."""
    for path in ("/konto/login/", "/newsletter/", "/barriere-melden/", "/desk/"):
        environ: dict[str, Any] = {"PATH_INFO": path, "SERVER_NAME": "localhost"}
        setup_testing_defaults(environ)
        list(application(environ, lambda *_: None))


def _web(host: str, port: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - needs the settings
    from granian.server import Server  # noqa: PLC0415

    class OneProcess(Server):
        """Granian with its only worker in this process: starting it again is the supervisor's work, a second one only costs memory."""

        def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
            self._spawn_worker(0, spawn_target, target_loader).inner.run()  # until SIGTERM

        def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
            """There is nothing to watch."""

    threading.Thread(target=memory.give_back, name="memory", daemon=True).start()
    # A stored page needs Python for 15 microseconds; with the usual 5 ms it may wait that long for a thread of Django's.
    sys.setswitchinterval(_TURN)
    # Its advice on the number of threads: ours wait, and Django has threads of its own (`intake`).
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    OneProcess(
        "stadtnah.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=intake.THREADS,
        log_level="warning",
        websockets=False,
        backlog=512,
    ).serve()


def _worker() -> int:
    from stadtnah.kernel.jobs import worker  # noqa: PLC0415 - forks before threads

    threading.Thread(target=memory.give_back, name="memory", daemon=True).start()
    worker.run(with_ticker=True)
    return 0
