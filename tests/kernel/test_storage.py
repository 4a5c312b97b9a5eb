"""What counts as a full disk, and what does not."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
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


def test_what_was_found_out_holds_until_a_file_changes_comes_or_goes(tmp_path: Path) -> None:
    there, other, missing = (tmp_path / name for name in "abc")
    changes: list[Callable[[], object]] = [
        lambda: there.write_bytes(b"longer than before"),
        lambda: other.replace(there),  # as long as that
        lambda: missing.write_bytes(b"new"),
        missing.unlink,
        there.unlink,
    ]
    there.write_bytes(b"first")
    other.write_bytes(b"LONGER THAN BEFORE")
    known = storage.Remembered[str](10)
    for change in changes:
        known.put("key", "found", storage.states(there, missing))
        assert known.get("key") == "found"
        change()
        assert known.get("key") is None
    assert known.get("other") is None


def test_it_remembers_no_more_than_it_may(tmp_path: Path) -> None:
    known = storage.Remembered[int](3)
    for number in range(10):
        known.put(str(number), number, ())
    assert known.get("9") == 9
    assert sum(known.get(str(number)) is not None for number in range(10)) <= 3
