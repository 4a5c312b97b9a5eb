"""`make corpus` tells what becomes of every feed of a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def corpus(folder: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
    env = {**keep, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "tools.corpus", folder]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=240
    )


@pytest.mark.slow
def test_every_sample_is_accounted_for(tmp_path: Path) -> None:
    for sample in (ROOT / "tests" / "samples" / "feeds").glob("*.[xj]*"):
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    (tmp_path / "einrichtungen.json").write_text('{"schulen": []}')
    done = corpus(str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    feeds = [line for line in lines if line["corpus"] != "kein Feed"]
    assert {line["corpus"] for line in feeds} == {"rss", "atom", "json", "wxr"}
    for line in feeds:
        assert line["items"] == line["drafts"] + line["quarantined"] + line["repeated"]
    assert next(line for line in lines if line["corpus"] == "kein Feed")["files"] == 1


def test_without_a_folder_it_says_how() -> None:
    done = corpus("")
    assert done.returncode == 2
    assert "DATA=" in done.stdout
