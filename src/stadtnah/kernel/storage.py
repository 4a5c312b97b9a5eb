"""Room on the disk: how much is left, and whether that is what went wrong."""

from __future__ import annotations

import errno
import os
import sqlite3

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
