"""`stadtnah demo`: the fictional town in a cell of its own, with a local mailbox and a labelled simulation."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stadtnah.project import supervisor
from stadtnah.project.commands import start
from stadtnah.project.settings import env


def add(parsers: Any) -> None:
    """Declares the command."""
    demo = parsers.add_parser("demo", help="die Demostadt Erlenfurt zeigen (http://localhost:8000)")
    demo.add_argument("--port", type=int, default=8000, help="Port (8000)")
    demo.add_argument("--host", default="127.0.0.1", help="Adresse (127.0.0.1)")
    demo.add_argument("--archiv", type=int, default=128, help="wie viele ältere Meldungen (128)")
    demo.add_argument("--abos", type=int, default=900, help="wie viele Newsletter-Abonnements (900)")
    demo.add_argument(
        "--peers",
        action="store_true",
        help="ein echter Bluesky-Server statt der Simulation (braucht Node 20)",
    )
    demo.add_argument("--nur-einrichten", action="store_true", help="Daten anlegen und enden")
    demo.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.nur_einrichten and start.port_taken(options.host, options.port):
        return 1
    start.say("Stadtnah wird gestartet …")
    _environment(options.port)
    simulation, mail = _port("simulation"), _port("mail")
    sys.path.insert(0, str(env.ROOT))
    from demo import peers  # noqa: PLC0415 - the demo lies beside the product, not in it

    social = f"http://127.0.0.1:{simulation}"
    with ExitStack() as stack:
        try:
            real = stack.enter_context(peers.bluesky()) if options.peers else None
        except peers.NoPeerError as problem:
            start.warn(str(problem))
            return 1
        allowed = [social, real.base] if real else [social]
        os.environ["STADTNAH_NET_ALLOW"] = ",".join(urlsplit(one).netloc for one in allowed)
        if options.nur_einrichten:
            start.setup()
            _fill(options, social, mail, real)
            return 0
        outside = supervisor.Part("outside", _outside(simulation, mail, real))
        return supervisor.keep(lambda tell: _cell(options, simulation, mail, real, tell), [outside])


def _fill(options: argparse.Namespace, social: str, mail: int, real: Any) -> None:
    """Database, static files, and at the first start the town."""
    from demo import seed  # noqa: PLC0415 - needs the settings
    from stadtnah.surfaces.website import renewal  # noqa: PLC0415 - as above

    start.prepare(quiet=True)
    if not seed.seeded():
        seed.seed(start.say, social=social, mail_port=mail, older=options.archiv, readers=options.abos)
        renewal.done()
    seed.accounts(social=social, mail_port=mail, bluesky=real)


def _cell(options: argparse.Namespace, simulation: int, mail: int, real: Any, tell: supervisor.Tell) -> int:
    start.setup()
    from stadtnah.project import server  # noqa: PLC0415 - needs the settings

    social = f"http://127.0.0.1:{simulation}"
    filled = start.apart(lambda: _fill(options, social, mail, real))

    def ready() -> None:
        filled()
        _greet(options.port, social, real.base if real else "")

    return server.serve(options.host, options.port, with_worker=True, prepared=ready, tell=tell)


def _outside(simulation: int, mail: int, real: Any) -> Callable[[], int]:
    """What stands in for the world: a program of its own, as none of it belongs to a cell."""
    ports = ["--simulation", str(simulation), "--mail", str(mail)]
    folder = ["--data", str(env.data_folder())]
    shown = ["--pds", real.base] if real else []
    return supervisor.command(
        [sys.executable, str(env.ROOT / "demo" / "outside.py"), *ports, *folder, *shown]
    )


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


def _greet(port: int, social: str, pds: str) -> None:
    base = f"http://localhost:{port}"
    peer = f"\n  Bluesky-Server          {pds}/ (echt, nur auf diesem Rechner, jedes Mal neu)" if pds else ""
    start.say(f"""
  Stadt Erlenfurt         {base}/
  Redaktionsbereich       {base}/desk/
  Postfach (nur Demo)     {base}/-/mailbox/
  Simulation der Netze    {social}/{peer}

  Anmelden mit dem Kennwort  stadtnah-demo
    agentur@demo.example          schreibt für die Stadt (Vollmacht gilt)
    agentur-alt@demo.example      Vollmacht beendet
    redaktion@demo.example        schreibt selbst, für die Stadt
    freigabe@demo.example         gibt frei
    vertretung@demo.example       vertritt die Freigabe
    sachbearbeitung@demo.example  Bürgerbüro
    dsb@demo.example              Datenschutz
    admin@demo.example            Verwaltung des Systems: Konten, Kanäle, Einstellungen

  Beenden mit Strg+C. Was Sie tun, bleibt erhalten ({os.environ["STADTNAH_DATA"]}).
""")
