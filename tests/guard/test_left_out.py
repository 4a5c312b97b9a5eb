"""A test runs, or it is left out before the run and the run says why: none skips itself on the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ONCE
from tools.installed import KNOWN, ROOT, lacking

_SKIPS = re.compile(r"pytest\.skip\(|mark\.skip|importorskip|unittest\.skip|SkipTest")
_NEEDS = re.compile(r"mark\.needs\(([^)]*)\)")


def _files() -> list[Path]:
    return [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]


def test_no_test_skips_itself() -> None:
    assert [str(file.relative_to(ROOT)) for file in _files() if _SKIPS.search(file.read_text())] == []


def test_what_runs_on_one_database_alone_is_there() -> None:
    assert [str(path) for path in ONCE if not path.is_file()] == []


def test_what_a_test_needs_is_known() -> None:
    named = {
        name
        for file in _files()
        for words in _NEEDS.findall(file.read_text())
        for name in re.findall(r'"(\w+)"', words)
    }
    assert "checkers" in named
    assert named <= set(KNOWN)


@pytest.mark.parametrize("path", ["tests/peers", "tests/surfaces/website/offices/test_browser.py"])
def test_what_is_not_here_is_left_out_and_named(path: str, tmp_path: Path) -> None:
    """The same files with nothing on the path, and as a control with what is here."""
    bare = _collected(path, {"PATH": str(tmp_path)})
    assert "Left out, with every test that needs it: nginx is missing: tools/apt.sh" in bare
    assert "Left out, with every test that needs it: chromium is missing: tools/apt.sh" in bare
    assert "test_bluesky_pds.py::" not in bare
    assert "[nginx]" not in bare
    assert "offices/test_browser.py::" not in bare
    here = _collected(path, {"PATH": os.environ["PATH"]})
    for name in KNOWN:
        assert (f"{name} is missing" in here) == bool(lacking(name))
    if not lacking("chromium", "nginx", "node", "pds"):
        assert "[nginx]" in here or "offices/test_browser.py::" in here


def _collected(path: str, environ: dict[str, str]) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", path],
        cwd=ROOT,
        env={**environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert said.returncode in {0, 5}, said.stdout + said.stderr  # 5: nothing is left
    return said.stdout
