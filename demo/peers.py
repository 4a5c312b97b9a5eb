"""What stands in for the outside world in the demo: simulated networks, a mailbox, or a real Bluesky server."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

from demo.simulation.app import make_server

_PDS = Path(__file__).resolve().parents[1] / "tests" / "peers" / "pds" / "start.mjs"


def simulation(port: int, folder: Path) -> None:
    """Serves the labelled simulation until SIGTERM."""
    folder.mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", port, folder)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.2)
    server.server_close()


def mailbox(port: int, folder: Path) -> None:
    """Takes the newsletter's mails by SMTP and keeps them as files until SIGTERM."""
    from stadtnah.project import mailbox as demo_mailbox  # noqa: PLC0415 - needs the settings

    demo_mailbox.receive("127.0.0.1", port, folder)
