"""Starts the simulation: python -m demo.simulation --port 8001 --data FOLDER."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from demo.simulation.app import make_server


def main() -> None:
    """Serves until SIGTERM or Ctrl+C."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.simulation", description="Simulierte soziale Netzwerke für die Demo."
    )
    parser.add_argument("--host", default="127.0.0.1", help="Adresse, auf der gelauscht wird")
    parser.add_argument("--port", type=int, default=8001, help="Port (0: ein freier)")
    parser.add_argument("--data", type=Path, required=True, help="Ordner für Beiträge und Bilder")
    given = parser.parse_args()
    server = make_server(given.host, given.port, given.data)
    # shutdown() waits for the loop, which runs in this very thread.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"Simulation der sozialen Netzwerke: http://{given.host}:{server.server_address[1]}/", flush=True)  # noqa: T201 - the command's output
    server.serve_forever(poll_interval=0.2)
    server.server_close()


if __name__ == "__main__":
    main()
