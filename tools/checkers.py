"""Judges that others wrote (Lighthouse, the Nu HTML checker, a validator of structured data): where they lie and how they are asked.

For the tests that use them and for `bench/lighthouse.py`. `tools/peers.sh` installs them.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tools.installed import CHECKERS, CHROMIUM


def run(command: Sequence[str], *, fine: Sequence[int] = (0,)) -> str:
    """What a checker prints; RuntimeError when it ends with another number. With more than one that is fine, its complaints too."""
    done = subprocess.run(command, cwd=CHECKERS, capture_output=True, text=True, timeout=500, check=False)
    if done.returncode not in fine:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout + done.stderr if fine != (0,) else done.stdout


def nu(files: Sequence[Path]) -> list[str]:
    """What the Nu HTML checker calls an error or warns of, as `file: words`."""
    jar = CHECKERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    said = run(command, fine=(0, 1))
    messages = json.loads(said[said.index("{") :])["messages"]
    return [
        f"{m['url'].removeprefix('file:')}: {m['message']} ({m.get('extract', '')[:120]})"
        for m in messages
        if m["type"] == "error" or m.get("subType") == "warning"
    ]


def structured(files: Sequence[Path]) -> dict[str, dict[str, list[str]]]:
    """What the validator of structured data found in each file."""
    done: dict[str, dict[str, list[str]]] = json.loads(run(["node", "structured.mjs", *map(str, files)]))
    return done


def lighthouse(*addresses: str, categories: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What Lighthouse says of each address as a phone on a slow line shows it: `tests/peers/checkers/lighthouse.mjs`."""
    command = ["node", "lighthouse.mjs", CHROMIUM, ",".join(categories), *addresses]
    done: dict[str, dict[str, Any]] = json.loads(run(command))
    return done


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """The address of a folder's files, for the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
