"""What dies is started again, what is ended ends with everything below it: with real processes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "STADTNAH_DATA": str(data),
        "STADTNAH_MODE": "demo",
        "STADTNAH_BASE_URL": f"http://localhost:{port}",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(found: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while not found():
        assert process.poll() is None, "the cell has ended"
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def children(pid: int) -> dict[str, int]:
    """Names and ids of the processes directly below."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for kid in (task / "children").read_text().split():
            try:
                found[Path(f"/proc/{kid}/comm").read_text().strip()] = int(kid)
            except OSError:  # it has just ended
                continue
    return found


def alive(pid: int) -> bool:
    """Whether it still runs; one that has ended may wait for its new parent to take note."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/-/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a cell that has started once: the first start makes its database, which takes longest."""
    folder = tmp_path_factory.mktemp("made")
    with started(folder):
        pass
    return folder


@pytest.fixture
def cell(made: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("log"))
    with started(tmp_path) as running:
        yield running


@contextmanager
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "stadtnah", "serve", "--port", str(port)],
            env=environment(folder, port),
            stdout=log,
            stderr=log,
        )
        try:
            until(lambda: healthy(port), process)
            yield process, port
        finally:
            process.terminate()
            process.wait(30)
            print((folder / "log").read_text()[-4000:])  # noqa: T201 - shown when the test fails


def test_the_web_process_is_started_again_and_takes_its_worker_along(
    cell: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, port = cell
    web = children(process.pid)["web"]
    worker = children(web)["worker"]
    os.kill(web, signal.SIGKILL)
    until(lambda: children(process.pid).get("web") not in {None, web}, process)
    until(lambda: healthy(port), process)
    until(lambda: not alive(worker), process)
    assert children(children(process.pid)["web"])["worker"] != worker


def test_the_worker_is_started_again_while_pages_are_served(
    cell: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, port = cell
    web = children(process.pid)["web"]
    for _ in range(2):  # the first is a fork, the second a program of its own
        worker = children(web)["worker"]
        os.kill(worker, signal.SIGKILL)
        until(lambda gone=worker: children(web).get("worker") not in {None, gone}, process)  # type: ignore[misc] # bound now
        assert healthy(port)
    assert children(process.pid) == {"web": web}


def test_bodies_that_never_come_keep_nobody_out(cell: tuple[subprocess.Popen[bytes], int]) -> None:
    _process, port = cell
    head = (
        f"POST /nachricht/ HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 1000\r\n\r\ntext=".encode()
    )
    with ExitStack() as held:
        for _ in range(200):  # more than may be read at once
            held.enter_context(socket.create_connection(("localhost", port))).sendall(head)
        assert all(healthy(port) for _ in range(5))
    assert healthy(port)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_whoever_ends_the_cell_ends_all_of_it(
    cell: tuple[subprocess.Popen[bytes], int], how: signal.Signals, tmp_path: Path
) -> None:
    process, _port = cell
    web = children(process.pid)["web"]
    worker = children(web)["worker"]
    process.send_signal(how)
    if how == signal.SIGINT:  # Ctrl+C: the terminal tells everybody
        os.kill(web, how)
    assert process.wait(30) == 0
    assert not alive(web)
    assert not alive(worker)
    assert "starting it again" not in (tmp_path / "log").read_text()


def test_a_killed_supervisor_leaves_nothing_running(cell: tuple[subprocess.Popen[bytes], int]) -> None:
    process, _port = cell
    web = children(process.pid)["web"]
    worker = children(web)["worker"]
    process.kill()
    process.wait()
    end = time.monotonic() + 60
    while (alive(web) or alive(worker)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not alive(web)
    assert not alive(worker)


def test_a_worker_told_again_and_again_ends_all_the_same(cell: tuple[subprocess.Popen[bytes], int]) -> None:
    """The web process, a service manager and a person may all say it at once, also while it is taking note."""
    process, _port = cell
    worker = children(children(process.pid)["web"])["worker"]
    for _ in range(20000):
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGTERM)
    until(lambda: not alive(worker), process)


def test_a_cell_that_cannot_start_is_not_tried_again(tmp_path: Path) -> None:
    env = environment(tmp_path, 1) | {
        "STADTNAH_DATABASE": "postgresql://niemand:x@127.0.0.1:1/nichts?connect_timeout=1"
    }
    done = subprocess.run(
        [sys.executable, "-m", "stadtnah", "serve", "--port", str(free_port())],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "starting it again" not in done.stderr
