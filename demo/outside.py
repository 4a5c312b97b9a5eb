"""What stands in for the world around the demo's cell, in one small process: simulated networks and a mail server."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from demo import mailbox
from demo.simulation.app import make_server
from stadtnah.kernel import ending
from stadtnah.project import supervisor


def main() -> None:
    """Serves until SIGTERM."""
    parser = argparse.ArgumentParser(description="Simulierte Netze und Postfach der Demo.")
    parser.add_argument("--simulation", type=int, required=True, help="Port der Simulation")
    parser.add_argument("--mail", type=int, required=True, help="Port des Mailservers")
    parser.add_argument("--data", type=Path, required=True, help="Ordner der Demo")
    parser.add_argument("--pds", default="", help="der echte Bluesky-Server, zu dem die Beiträge führen")
    given = parser.parse_args()
    supervisor.end_with_parent("outside")
    folder: Path = given.data / "simulation"
    folder.mkdir(parents=True, exist_ok=True)
    servers = [
        make_server("127.0.0.1", given.simulation, folder, pds=given.pds),
        mailbox.receiver("127.0.0.1", given.mail, given.data / "mailbox"),
    ]
    until_told = ending.taken(signal.SIGTERM)
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
    until_told()
    for server in servers:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
