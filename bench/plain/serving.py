"""The peer's site: filled in a process of its own, and served by the server that serves ours."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.common import free_port, running

PATH = "/meldung/"
_GRANIAN = [
    "granian",
    "--interface",
    "wsgi",
    "--workers",
    "1",
    "--blocking-threads",
    "1",
    "--log-level",
    "warning",
]


def fill(folder: Path, content: dict[str, Any]) -> None:
    """With the text of this released message, at `PATH`."""
    texts = re.findall(r"<p>.{40,}?</p>", json.dumps(content, ensure_ascii=False)) or ["<p>Text</p>"]
    command = [sys.executable, "-m", "bench.plain.site", content["title"], content["teaser"], *texts]
    subprocess.run(command, env=_environment(folder), check=True)


@contextmanager
def served(folder: Path, *, cached: bool = False) -> Iterator[str]:
    """Its address; `cached`: behind Django's cache middleware."""
    port = free_port()
    command = [sys.executable, "-m", *_GRANIAN, "--port", str(port), "bench.plain.site:application"]
    environ = _environment(folder) | {"PLAIN_CACHE": "1" if cached else "0"}
    with running(command, port, PATH, environ):
        yield f"http://localhost:{port}"


def _environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "PLAIN_DATA": str(folder)}
