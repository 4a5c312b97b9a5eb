"""`stadtnah demo`: the fictional town in a cell of its own, with a local mailbox and a labelled simulation."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import Any

from stadtnah.project.commands import start
from stadtnah.project.settings import env


def add(parsers: Any) -> None:
    """Declares the command."""
    demo = parsers.add_parser("demo", help="die Demostadt Erlenfurt zeigen (http://localhost:8000)")
    demo.add_argument("--port", type=int, default=8000, help="Port (8000)")
    demo.add_argument("--host", default="127.0.0.1", help="Adresse (127.0.0.1)")
    demo.add_argument("--archiv", type=int, default=128, help="wie viele ältere Meldungen (128)")
    demo.add_argument("--nur-einrichten", action="store_true", help="Daten anlegen und enden")
    demo.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    _environment(options.port)
    simulation, mail = _port("simulation"), _port("mail")
    os.environ["STADTNAH_NET_ALLOW"] = f"127.0.0.1:{simulation}"
    start.setup()
    start.prepare(quiet=True)
    sys.path.insert(0, str(env.ROOT))
    from demo import peers, seed  # noqa: PLC0415 - the demo lies beside the product, not in it
    from stadtnah.project import server  # noqa: PLC0415 - needs the settings

    social = f"http://127.0.0.1:{simulation}"
    if not seed.seeded():
        seed.seed(start.say, social=social, mail_port=mail, older=options.archiv)
    seed.accounts(social=social, mail_port=mail)
    if options.nur_einrichten:
        return 0
    helpers = [
        server.Child("simulation", lambda: peers.simulation(simulation, env.data_folder() / "simulation")),
        server.Child("mailbox", lambda: peers.mailbox(mail, env.data_folder() / "mailbox")),
    ]
    _greet(options.port, social)
    return server.serve(options.host, options.port, with_worker=True, helpers=helpers)


def _environment(port: int) -> None:
    """The demo is a mode of its own: production refuses its sign-ins, and it sends nothing out."""
    os.environ["STADTNAH_MODE"] = "demo"
    os.environ.setdefault("STADTNAH_DATA", str(env.ROOT / ".data" / "demo"))
    os.environ.setdefault("STADTNAH_BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("STADTNAH_MAIL_FROM", "Stadt Erlenfurt <redaktion@erlenfurt.example>")
    os.environ.setdefault("STADTNAH_LOG_LEVEL", "WARNING")
    Path(os.environ["STADTNAH_DATA"]).mkdir(parents=True, exist_ok=True, mode=0o700)


def _port(name: str) -> int:
    """A free port, the same at every start while it is free: links to the simulation stay good."""
    kept = Path(os.environ["STADTNAH_DATA"]) / f"{name}.port"
    wanted = int(kept.read_text()) if kept.exists() else 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept.write_text(str(port))
    return port


def _greet(port: int, social: str) -> None:
    base = f"http://localhost:{port}"
    start.say(f"""
  Stadt Erlenfurt         {base}/
  Redaktionsbereich       {base}/desk/
  Postfach (nur Demo)     {base}/-/mailbox/
  Simulation der Netze    {social}/

  Anmelden mit dem Kennwort  stadtnah-demo
    agentur@demo.example          schreibt für die Stadt (Vollmacht gilt)
    agentur-alt@demo.example      Vollmacht beendet
    freigabe@demo.example         gibt frei
    vertretung@demo.example       vertritt die Freigabe
    sachbearbeitung@demo.example  Bürgerbüro
    dsb@demo.example              Datenschutz
    admin@demo.example            Verwaltung des Systems

  Beenden mit Strg+C. Was Sie tun, bleibt erhalten ({os.environ["STADTNAH_DATA"]}).
""")
