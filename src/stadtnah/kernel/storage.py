"""The disk: how much room is left, whether that is what went wrong, and whether a file is what it was."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings

_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LEAST = 1024 * 1024  # bytes; below that not even a session can be relied on to be stored
_POSTGRESQL_FULL = "53100"  # disk_full, PostgreSQL manual, appendix A


def is_full(problem: BaseException | None) -> bool:
    """Whether this error, or the one it came from, says that a disk is full: ours, SQLite's or PostgreSQL's."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in _ERRNOS:
            return True
        if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(problem, "sqlstate", None) == _POSTGRESQL_FULL:
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def free() -> int:
    """Bytes that are left where the cell keeps its data."""
    found = os.statvfs(settings.STADTNAH_DATA)
    return found.f_bavail * found.f_frsize


def is_short() -> bool:
    """Whether so little is left that nothing can be stored any more."""
    return free() < _LEAST


State = tuple[int, int, int]
Files = tuple[tuple[str, State | None], ...]
Found = TypeVar("Found")


def state(file: str) -> State | None:
    """What a file is known by, None without one: as long as it is the same, so are its bytes."""
    try:
        found = os.stat(file)  # noqa: PTH116 - asked hundreds of times for a page
    except OSError:
        return None
    # The inode changes with each rename, the time of change with each byte; unlike mtime nobody can set it.
    return found.st_ino, found.st_size, found.st_ctime_ns


def digest(file: Path) -> str:
    """SHA-256 of a file (hex), "" without one. A file that is as it was is not read again: thousands of pages show the same picture."""
    found = state(str(file))
    try:
        return _hashed(str(file), *found) if found else ""
    except OSError:
        return ""


@lru_cache(maxsize=20_000)
def _hashed(name: str, *_state: int) -> str:
    with Path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Remembered(Generic[Found]):
    """What was found out by reading files, for as long as all of them are as they were. Bounded; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[str, tuple[Found, Files]] = {}

    def get(self, key: str) -> Found | None:
        """What is remembered; None when nothing is, or a file changed since."""
        known = self._known.get(key)
        return known[0] if known and all(state(name) == then for name, then in known[1]) else None

    def put(self, key: str, found: Found, files: Files) -> None:
        """Remembers it. `files` as they were *before* they were read (`states`): a change in between is noticed then."""
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[key] = found, files


def states(*files: Path) -> Files:
    """Files with what each is known by."""
    return tuple((str(file), state(str(file))) for file in files)
