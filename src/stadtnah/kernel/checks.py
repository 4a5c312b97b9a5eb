"""Looked at every start: the pinned CMS, and the database's own refusals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django.core.checks as system
from django.db import DatabaseError, connections

from stadtnah.kernel import triggers


@system.register(system.Tags.database)
def triggers_there(*, databases: Sequence[str] | None = None, **_: Any) -> list[system.CheckMessage]:
    """E001 when a migrated database lacks a trigger: the last word would not be kept by the database."""
    found: list[system.CheckMessage] = []
    for using in databases or []:
        try:
            tables = set(connections[using].introspection.table_names())
            gone = triggers.missing(using)
        except DatabaseError:
            continue
        relevant = [t.name for t in triggers.declared() if t.name in gone and t.table in tables]
        if relevant and "publishing_delivery" in tables:
            found.append(
                system.Error(f"Der Datenbank fehlen Sperren: {', '.join(relevant)}", id="stadtnah.E001")
            )
    return found
