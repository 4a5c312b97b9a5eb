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


@pytest.mark.slow
def test_calendars_are_read_and_compared_with_another_program(tmp_path: Path) -> None:
    from tests.services.events.samples import VTIMEZONE, calendar, event

    weekly = event("DTSTART;TZID=W. Europe Standard Time:20260106T190000", "RRULE:FREQ=WEEKLY;COUNT=60")
    broken = event("DTSTART:20260713T180000", "DTEND:20260713T060000", uid="x", title="Nachtwanderung")
    (tmp_path / "verein.ics").write_bytes(calendar(weekly, broken, head=VTIMEZONE))
    (tmp_path / "leer.ics").write_bytes(b"Nicht gefunden")
    done = corpus(str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    told = next(json.loads(line) for line in done.stdout.splitlines() if '"corpus": "calendar"' in line)
    assert {name: told[name] for name in ("files", "items", "read", "series", "quarantined", "dates", "different", "crashed")} == {
        "files": 2, "items": 2, "read": 1, "series": 1, "quarantined": 1, "dates": 60, "different": 0, "crashed": 0,
    }  # fmt: skip
    assert "Das Ende (N.N.N N:N) liegt vor dem Anfang" in done.stdout


def test_without_a_folder_it_says_how() -> None:
    done = corpus("")
    assert done.returncode == 2
    assert "DATA=" in done.stdout
