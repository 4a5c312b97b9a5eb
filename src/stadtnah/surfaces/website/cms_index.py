"""The CMS's own search index (pictures, documents and pages in the desk's dialogs), written by several processes.

A form that saves a picture indexes it, and so does the job its saving puts in the queue. On SQLite the CMS looks
whether there is a row and then adds one; between the two the other may have added it, and the save fails.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, transaction
from modelsearch.backends import database


@cache
def _one_at_a_time(index: Any) -> Any:
    class OneAtATime(index):
        """Looks and adds in one transaction, which on SQLite takes the write lock at its start."""

        def add_items(self, model: Any, objs: Any) -> None:
            with transaction.atomic():
                super().add_items(model, objs)

    return OneAtATime


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name the CMS asks for
    """What the CMS would take for this database. PostgreSQL resolves the conflict by itself."""
    found = database.SearchBackend(params)
    if connection.vendor == "sqlite":
        found.index_class = _one_at_a_time(found.index_class)
    return found
