"""The cell as one process tree: web and worker are forked from one parent that has imported everything.

Forking after the import shares the memory (docs/architecture/memory.md), so that many towns fit one machine.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from stadtnah.project import memory, static

logger = logging.getLogger(__name__)
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15  # prctl(2)
_PAUSE = 1.0  # seconds before a dead child is started again
_GRACE = 12.0  # seconds until children that do not end are killed


@dataclass
class Child:
    """A forked part of the cell."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    not_before: float = 0.0


def serve(
    host: str,
    port: int,
    *,
    with_worker: bool,
    prepared: Callable[[], None],
    helpers: list[Child] | None = None,
) -> int:
    """Runs the cell until SIGTERM or SIGINT; returns the exit code. `prepared` waits for database and static files."""
    memory.tune()
    _preload(prepared)
    children = [Child("web", lambda: _web(host, port)), *(helpers or [])]
    if with_worker:
        children.append(Child("worker", _worker))
    return _supervise(children)


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
    """Asks for pages as a visitor would: templates, forms and catalogues are then there once for all children."""
    from django.test import RequestFactory  # noqa: PLC0415 - needs the settings

    for path in ("/konto/login/", "/newsletter/", "/desk/"):
        environ = RequestFactory(SERVER_NAME="localhost").get(path).environ
        list(application(environ, lambda *_: None))


def _web(host: str, port: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - needs the settings
    from granian.server import Server  # noqa: PLC0415

    class OneProcess(Server):
        """Granian with its only worker in this process: starting it again is our parent's work, a second one only costs memory."""

        def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
            self._spawn_worker(0, spawn_target, target_loader).inner.run()  # until SIGTERM

        def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
            """There is nothing to watch."""

    threading.Thread(target=memory.give_back, name="memory", daemon=True).start()
    OneProcess(
        "stadtnah.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level="warning",
        websockets=False,
        backlog=512,
    ).serve()


def _worker() -> None:
    from stadtnah.kernel.jobs import worker  # noqa: PLC0415 - forks before threads

    threading.Thread(target=memory.give_back, name="memory", daemon=True).start()
    worker.run(with_ticker=True)


def _supervise(children: list[Child]) -> int:
    ending: list[float] = []

    def end(_signum: int, _frame: FrameType | None) -> None:
        if not ending:
            ending.append(time.monotonic())

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not ending:
        for child in children:
            if not child.pid and time.monotonic() >= child.not_before:
                child.pid = _fork(child)
        _collect(children)
        time.sleep(0.1)
    return _end(children, ending[0])


def _fork(child: Child) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        libc.prctl(_PR_SET_NAME, child.name.encode())  # what ps and top show
        if os.getppid() != parent:  # the parent died before prctl
            os._exit(1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN if child.name != "web" else signal.SIG_DFL)
        child.run()
        os._exit(0)
    except SystemExit as leave:
        os._exit(leave.code if isinstance(leave.code, int) else 1)
    except BaseException:
        logger.exception("%s ended with an error", child.name)
        sys.stderr.flush()
        os._exit(1)


def _collect(children: list[Child]) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        for child in children:
            if child.pid == pid:
                logger.error(
                    "%s ended (%s), starting it again", child.name, os.waitstatus_to_exitcode(status)
                )
                child.pid, child.not_before = 0, time.monotonic() + _PAUSE


def _end(children: list[Child], since: float) -> int:
    for child in children:
        if child.pid:
            os.kill(child.pid, signal.SIGTERM)
    while alive := [child for child in children if child.pid]:
        if time.monotonic() - since > _GRACE:
            for child in alive:
                os.kill(child.pid, signal.SIGKILL)
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        for child in alive:
            if child.pid == pid:
                child.pid = 0
        if not pid:
            time.sleep(0.05)
    return 0


def address() -> str:
    """Where people reach this cell."""
    return str(settings.STADTNAH_BASE_URL)
