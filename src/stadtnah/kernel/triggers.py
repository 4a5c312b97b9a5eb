"""Rules kept by the database itself, on SQLite and on PostgreSQL.

Django's table remake on SQLite drops triggers, so they are created anew after every migration and
checked at start (`missing()`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections

# ruff: noqa: ISC004 - one SQL statement per list item, written over two lines


@dataclass(frozen=True, slots=True)
class Trigger:
    """A refusal: before `event` on `table`, when `condition` holds, the statement fails with `message`.

    `condition` is SQL over NEW and OLD that both databases understand; "" means always.
    """

    name: str
    table: str
    event: str  # INSERT, UPDATE, DELETE, "UPDATE OF column"
    message: str
    condition: str = ""


_TRIGGERS: dict[str, Trigger] = {}


def refuse(name: str, table: str, event: str, message: str, condition: str = "") -> None:
    """Declares a trigger; `install` creates it."""
    _TRIGGERS[name] = Trigger(name, table, event, message, condition)


def immutable(table: str, what: str, *, key: str = "") -> None:
    """Declares that rows of `table` are written once: no UPDATE, no DELETE, no REPLACE.

    `key` is the primary key column: SQLite's REPLACE slips past a DELETE trigger, so an INSERT of a
    key that exists is refused as well.
    """
    refuse(f"{table}_no_update", table, "UPDATE", f"{what}: unveraenderlich")
    refuse(f"{table}_no_delete", table, "DELETE", f"{what}: unveraenderlich")
    if key:
        refuse(
            f"{table}_no_replace",
            table,
            "INSERT",
            f"{what}: unveraenderlich",
            f"EXISTS (SELECT 1 FROM {table} t WHERE t.{key} = NEW.{key})",  # noqa: S608 - our own names
        )


def declared() -> list[Trigger]:
    """All triggers that must exist."""
    return list(_TRIGGERS.values())


def install(using: str = "default") -> None:
    """Creates every declared trigger whose table exists, replacing an older definition.

    On PostgreSQL only on tables that the role owns: the application's role shall not (docs/betrieb/datenbank.md), and
    what is missing then stops the start (`kernel.checks`).
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = _own_tables(connection, cursor)
        for trigger in declared():
            if trigger.table in tables:
                for statement in _statements(trigger, connection.vendor):
                    cursor.execute(statement)


def _own_tables(connection: Any, cursor: Any) -> set[str]:
    if connection.vendor != "postgresql":
        return set(connection.introspection.table_names(cursor))
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid) "
        "AND pg_has_role(relowner, 'USAGE')"
    )
    return {row[0] for row in cursor.fetchall()}


def missing(using: str = "default") -> list[str]:
    """Names of declared triggers that the database does not have."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    return sorted(trigger.name for trigger in declared() if trigger.name not in there)


def _statements(trigger: Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        when = f"WHEN {trigger.condition} " if trigger.condition else ""
        return [
            f"DROP TRIGGER IF EXISTS {trigger.name}",
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW {when}"
            f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
        ]
    test = trigger.condition or "TRUE"
    back = "OLD" if trigger.event == "DELETE" else "NEW"
    statements = [
        f"CREATE OR REPLACE FUNCTION {trigger.name}_fn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {test} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {back}; END $$",
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW "
        f"EXECUTE FUNCTION {trigger.name}_fn()",
    ]
    if trigger.event in {"DELETE", "UPDATE"} and not trigger.condition:
        statements += [
            f"DROP TRIGGER IF EXISTS {trigger.name}_t ON {trigger.table}",
            f"CREATE TRIGGER {trigger.name}_t BEFORE TRUNCATE ON {trigger.table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION {trigger.name}_fn()",
        ]
    return statements
