"""What the benchmarks share: free ports, child processes that end with us, figures."""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx


def free_port() -> int:
    """A port of the loopback that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def child(
    command: Sequence[str], environ: Mapping[str, str] | None = None, **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the block."""
    with subprocess.Popen(command, env=dict(environ or os.environ), **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(what: Callable[[], bool], seconds: float = 120, pause: float = 0.02) -> None:
    """Asks until it is so; raises TimeoutError."""
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            raise TimeoutError("the benchmark waited in vain")
        time.sleep(pause)


def listens(port: int) -> bool:
    """Whether somebody answers on that port of the loopback."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: Sequence[str], port: int, path: str, environ: Mapping[str, str] | None = None
) -> Iterator[None]:
    """A server that answers with a page at `path`, until the block ends."""
    with child(command, environ):
        wait_for(lambda: got(f"http://localhost:{port}{path}") is not None)
        yield


def got(url: str) -> str | None:
    """The page, or None while there is none."""
    try:
        answer = httpx.get(url, timeout=20)
    except httpx.HTTPError:
        return None
    return answer.text if answer.status_code == httpx.codes.OK else None


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """p50 and p95 in the unit of `values`, rounded to milliseconds."""
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"p50": round(statistics.median(ordered), 3), "p95": round(last, 3)}


def environment(folder: Path) -> dict[str, str]:
    """The variables of a cell whose data lie below `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
    return {**kept, "STADTNAH_DATA": str(folder / "data"), "STADTNAH_LOG_LEVEL": "ERROR"}


def set_up(folder: Path) -> float:
    """The first start: makes the town; seconds."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "stadtnah", "demo", "--nur-einrichten"]
    subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@contextmanager
def bare_settings() -> Iterator[Path]:
    """A folder with the settings of the tests, for what is measured without a cell. Ends with the block."""
    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        os.environ["STADTNAH_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "stadtnah.project.settings.test"
        os.environ["STADTNAH_LOG_LEVEL"] = "WARNING"
        yield Path(folder)


def numbers(bench: str, usual: Sequence[int]) -> list[int]:
    """The numbers of pages that are asked for on the command line (`--sizes`), in their order."""
    given = argparse.ArgumentParser(prog=f"python -m bench.{bench}")
    given.add_argument(
        "--sizes", default=",".join(map(str, usual)), help="numbers of pages, parted by commas"
    )
    return sorted(int(size) for size in given.parse_args().sizes.split(","))
