"""A cell that is saved while it runs comes back as one that agrees with itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from stadtnah.project import backup


def test_nothing_is_noted_of_the_log_that_the_saved_log_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release while the database is being saved: its entry is missing there, and so must be the note of it."""
    data = tmp_path / "data"
    monkeypatch.setenv("STADTNAH_DATA", str(data))
    (data / "audit").mkdir(parents=True)
    (data / "uploads").mkdir()
    noted = data / "audit" / "anchors"
    noted.write_text("1 early\n")
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "stadtnah.sqlite3")}
    connect = sqlite3.connect
    with connect(database["NAME"]) as cell:
        cell.execute("CREATE TABLE audit_entry (seq INTEGER)")

    def meanwhile(*args: Any, **options: Any) -> sqlite3.Connection:
        noted.write_text("1 early\n2 late\n")
        (data / "uploads" / "late.jpg").write_bytes(b"a picture")
        return connect(*args, **options)

    monkeypatch.setattr(sqlite3, "connect", meanwhile)
    state = backup.save(tmp_path / "safe", "20261129T080000Z", database, "Musterstadt", with_keys=False)
    assert set(state.files) == {"audit/anchors", "uploads/late.jpg"}  # a picture too many does no harm
    (kept,) = (tmp_path / "safe").rglob(state.files["audit/anchors"])
    assert kept.read_text() == "1 early\n"
