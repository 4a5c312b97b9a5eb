"""`stadtnah serve` and `stadtnah worker`."""

from __future__ import annotations

import argparse
from typing import Any

from stadtnah.project import supervisor
from stadtnah.project.commands import start


def add(parsers: Any) -> None:
    """Declares both commands."""
    serve = parsers.add_parser("serve", help="Website, Redaktionsbereich und Hintergrundarbeiten starten")
    serve.add_argument("--host", default="127.0.0.1", help="Adresse (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="Port (8000)")
    serve.add_argument("--ohne-worker", action="store_true", help="Hintergrundarbeiten laufen woanders")
    serve.set_defaults(run=_serve)
    worker = parsers.add_parser("worker", help="nur die Hintergrundarbeiten starten")
    worker.add_argument(
        "--ohne-uhr", action="store_true", help="ohne den Taktgeber (läuft in einem anderen Prozess)"
    )
    worker.set_defaults(run=_worker)


def _serve(options: argparse.Namespace) -> int:
    if start.port_taken(options.host, options.port):
        return 1
    return supervisor.keep(lambda tell: _cell(options, tell))


def _cell(options: argparse.Namespace, tell: supervisor.Tell) -> int:
    start.setup()
    from stadtnah.project import server  # noqa: PLC0415 - needs the settings

    return server.serve(
        options.host,
        options.port,
        with_worker=not options.ohne_worker,
        prepared=start.apart(start.prepare),
        tell=tell,
    )


def _worker(options: argparse.Namespace) -> int:
    start.setup()
    from stadtnah.kernel.jobs import worker  # noqa: PLC0415 - needs the settings

    worker.run(with_ticker=not options.ohne_uhr)
    return 0
