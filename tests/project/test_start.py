"""What is done before a cell serves is done in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("work", "code"), [("print('getan')", 0), ("1 / 0", 1), ("sys.exit(3)", 3)])
def test_a_failed_preparation_ends_the_start(work: str, code: int) -> None:
    program = (
        "import sys; from stadtnah.project.commands import start; start.setup(); "
        f"start.apart(lambda: {work})(); print('weiter')"
    )
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == code, done.stderr
    assert ("weiter" in done.stdout) is (code == 0)


def test_a_preparation_ends_with_its_cell() -> None:
    """Else it would go on writing beside the next start: the pipe closes when nobody holds it any more."""
    program = (
        "import select; from stadtnah.project.commands import start; start.setup(); "
        "start.apart(lambda: (print('beginnt', flush=True), select.select([], [], [])))()"
    )
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.test",
    }
    with subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE) as cell:
        assert cell.stdout
        assert cell.stdout.readline() == b"beginnt\n"
        cell.kill()
        assert cell.stdout.read() == b""


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_not_shared(command: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "STADTNAH_DATA": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "stadtnah", command, "--port", port],
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 1
    assert f"Port {port} ist schon belegt" in done.stderr
    assert list(tmp_path.iterdir()) == []  # nothing was begun


def test_at_the_first_start_every_file_is_asked_for_under_its_final_name(tmp_path: Path) -> None:
    """The CMS opens the storage when it is imported; at the first start, and after an update, the names come later."""
    program = (
        "from stadtnah.project.commands import start; start.setup(); "
        "from django.contrib.staticfiles.storage import staticfiles_storage as names; "
        "early = names.hashed_files.get('css/desk.css'); "
        "start.apart(start._collect_static)(); "
        "from stadtnah.project import static; static.reread_names(); "
        "late = names.url('css/desk.css'); "
        "print(names.exists(late.removeprefix('/static/')), early)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "STADTNAH_DATA": str(tmp_path)}
    env = {**env, "STADTNAH_MODE": "demo", "STADTNAH_BASE_URL": "http://localhost:8000"}
    env["DJANGO_SETTINGS_MODULE"] = "stadtnah.project.settings.base"
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split() == ["True", "None"], done.stderr
