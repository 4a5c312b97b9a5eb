"""What counts as a full disk, and what does not."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from stadtnah.kernel import storage


class Refused(Exception):
    """As psycopg hands on what the server said."""

    sqlstate = "53100"


def test_sqlite_says_so(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "klein.sqlite3")
    database.execute("CREATE TABLE words (word TEXT)")
    database.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as refused:
        database.execute("INSERT INTO words VALUES (?)", ("x" * 100_000,))
    database.close()
    assert storage.is_full(refused.value)


def test_the_system_and_postgresql_say_so() -> None:
    assert storage.is_full(OSError(errno.ENOSPC, "No space left on device"))
    assert storage.is_full(Refused())


def test_it_is_found_behind_another_error() -> None:
    outer = ValueError("nicht gespeichert")
    outer.__cause__ = OSError(errno.EDQUOT, "Disk quota exceeded")
    assert storage.is_full(outer)


@pytest.mark.parametrize("problem", [None, OSError(errno.EACCES, "Permission denied"), ValueError("voll")])
def test_anything_else_is_not(problem: BaseException | None) -> None:
    assert not storage.is_full(problem)


def test_there_is_room_here() -> None:
    assert storage.free() > 0
