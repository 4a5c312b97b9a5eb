"""The real Bluesky server that takes the place of the simulation in `make demo-peers`."""

from __future__ import annotations

import json
import select
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_PDS = Path(__file__).resolve().parents[1] / ".test" / "pds"
_START_SECONDS = 60


class NoPeerError(Exception):
    """The real server is not there or does not start; the text is German."""


@dataclass(frozen=True, slots=True)
class Bluesky:
    """A running server with one account."""

    base: str
    handle: str
    password: str = field(repr=False)


@contextmanager
def bluesky() -> Iterator[Bluesky]:
    """A real Bluesky server (tools/peers.sh installs it) for as long as the block lasts; it starts empty each time.

    Raises NoPeerError.
    """
    node = shutil.which("node")
    if not node or not (_PDS / ".ready").exists():
        raise NoPeerError(
            "Der echte Bluesky-Server ist nicht eingerichtet. Er braucht Node 20 und npm; „make demo-peers“ richtet "
            "ihn ein. Ohne ihn zeigt „make demo“ dieselbe Stadt mit der Simulation."
        )
    with tempfile.TemporaryDirectory(prefix="stadtnah-pds-") as folder:
        process = subprocess.Popen(
            [node, "start.mjs", folder],
            cwd=_PDS,
            stdin=subprocess.PIPE,  # the server ends when this closes, also when we are killed
            stdout=subprocess.PIPE,
            env={"PATH": str(Path(node).parent), "NODE_NO_WARNINGS": "1"},
        )
        try:
            yield _started(process)
        finally:
            process.terminate()
            process.communicate()


def _started(process: subprocess.Popen[bytes]) -> Bluesky:
    out = process.stdout
    ready = out and select.select([out], [], [], _START_SECONDS)[0]
    line = out.readline() if out and ready else b""
    if not line:
        raise NoPeerError(
            "Der echte Bluesky-Server startet nicht. „make demo“ zeigt die Stadt mit der Simulation."
        )
    told = json.loads(line)
    return Bluesky(told["base"], told["handle"], told["password"])
