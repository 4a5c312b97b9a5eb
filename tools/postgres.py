"""Runs a command beside a PostgreSQL of its own (free port, loopback, ended afterwards) named in STADTNAH_DATABASE."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def program(name: str) -> str:
    """The newest installed PostgreSQL's program; raises FileNotFoundError."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        raise FileNotFoundError(f"{name}: PostgreSQL is not installed")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root: the server runs as `nobody` or `postgres` then."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


class Cluster:
    """A throw-away PostgreSQL."""

    def __init__(self, folder: Path, options: str) -> None:
        self.folder, self.options, self.port = folder, options, free_port()
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        self._run(
            program("initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "stadtnah",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
        )

    @property
    def address(self) -> str:
        return f"postgresql://stadtnah@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._ctl("start", "-w", "-o", f"{options} {self.options}", "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        self._ctl("stop", "-w", "-m", mode)

    def restart_immediately(self) -> None:
        """As after a power cut."""
        self.stop("immediate")
        self.start()

    def _ctl(self, *args: str) -> None:
        self._run(program("pg_ctl"), "-D", str(self.folder / "data"), *args)

    @staticmethod
    def _run(*command: str) -> None:
        subprocess.run([*_as_user(), *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def cluster(options: str = "") -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="stadtnah-pg-") as name:
        Path(name).chmod(0o755)
        server = Cluster(Path(name), options)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


if __name__ == "__main__":
    # When it counts rows by itself, the same query of a test has another plan each time.
    with cluster("-c autovacuum=off") as running:
        code = subprocess.run(
            sys.argv[1:], check=False, env={**os.environ, "STADTNAH_DATABASE": running.address}
        ).returncode
    sys.exit(code)
