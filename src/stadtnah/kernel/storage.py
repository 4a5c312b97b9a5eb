"""The disk: how much room is left, whether that is what went wrong, and whether a file is what it was."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from functools import lru_cache
from pathlib import Path

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


def digest(file: Path) -> str:
    """SHA-256 of a file (hex), "" without one. A file that is as it was is not read again: thousands of pages show the same picture."""
    try:
        found = file.stat()
        # The inode changes with each rename, the time of change with each byte; unlike mtime nobody can set it.
        return _hashed(str(file), found.st_ino, found.st_size, found.st_ctime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=20_000)
def _hashed(name: str, *_state: int) -> str:
    with Path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
