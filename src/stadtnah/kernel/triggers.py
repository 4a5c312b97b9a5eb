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

    `condition` is SQL over NEW and OLD that both databases understand; "" means always. TRUNCATE asks no row, so it has
    none; SQLite does not know it, and asks the DELETE triggers of every row.
    """

    name: str
    table: str
    event: str  # INSERT, UPDATE, DELETE, TRUNCATE, "UPDATE OF column"
    message: str
    condition: str = ""


_TRIGGERS: dict[str, Trigger] = {}


def refuse(name: str, table: str, event: str, message: str, condition: str = "") -> None:
    """Declares a trigger; `install` creates it."""
    _TRIGGERS[name] = Trigger(name, table, event, message, condition)


def immutable(table: str, what: str, *keys: str) -> None:
    """Declares that rows of `table` are written once: no UPDATE, no DELETE, no REPLACE (`keys`: see `no_replace`)."""
    refuse(f"{table}_no_update", table, "UPDATE", f"{what}: unveraenderlich")
    refuse(f"{table}_no_delete", table, "DELETE", f"{what}: unveraenderlich")
    no_truncate(table, what)
    no_replace(table, what, *keys)


def no_truncate(table: str, what: str) -> None:
    """Declares that `table` is never emptied as a whole: TRUNCATE slips past triggers that look at rows."""
    refuse(f"{table}_no_truncate", table, "TRUNCATE", f"{what}: bleibt")


def no_replace(table: str, what: str, *keys: str) -> None:
    """Declares that no row takes the place of another. `keys`: every unique key, columns joined by ", ".

    SQLite's REPLACE slips past UPDATE and DELETE triggers, so an INSERT of a key that exists is refused as well.
    """
    same = " OR ".join(
        f"({' AND '.join(f't.{column} = NEW.{column}' for column in key.split(', '))})" for key in keys
    )
    exists = f"EXISTS (SELECT 1 FROM {table} t WHERE {same})"  # noqa: S608 - our own names
    refuse(f"{table}_no_replace", table, "INSERT", f"{what}: unveraenderlich", exists)


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
            if trigger.table in tables and _known_to(connection.vendor, trigger):
                for statement in _statements(trigger, connection.vendor):
                    cursor.execute(statement)


def _known_to(vendor: str, trigger: Trigger) -> bool:
    return vendor != "sqlite" or trigger.event != "TRUNCATE"


def _own_tables(connection: Any, cursor: Any) -> set[str]:
    if connection.vendor != "postgresql":
        return set(connection.introspection.table_names(cursor))
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid) "
        "AND pg_has_role(relowner, 'USAGE')"
    )
    return {row[0] for row in cursor.fetchall()}


def missing(using: str = "default") -> list[str]:
    """Names of declared triggers that the database does not have, has with other words than ours, or does not ask.

    On PostgreSQL a trigger may be switched off, or on for replicas alone.
    """
    connection = connections[using]
    sqlite = connection.vendor == "sqlite"
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT t.tgname, pg_get_triggerdef(t.oid, true) || p.prosrc FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = dict(cursor.fetchall())
    words = _sqlite_words if sqlite else _postgres_words
    ours = [trigger for trigger in declared() if _known_to(connection.vendor, trigger)]
    return sorted(trigger.name for trigger in ours if there.get(trigger.name) != words(trigger))


def _sqlite_words(trigger: Trigger) -> str:
    when = f"WHEN {trigger.condition} " if trigger.condition else ""
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _postgres_trigger(trigger: Trigger) -> str:
    each = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH {each} "
        f"EXECUTE FUNCTION {trigger.name}_fn()"
    )


def _postgres_function(trigger: Trigger) -> str:
    test = trigger.condition or "TRUE"
    back = "OLD" if trigger.event == "DELETE" else "NEW"
    return (
        f" BEGIN IF {test} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {back}; END "
    )


def _postgres_words(trigger: Trigger) -> str:
    return _postgres_trigger(trigger) + _postgres_function(trigger)


def _statements(trigger: Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {trigger.name}", _sqlite_words(trigger)]
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}_fn() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_postgres_function(trigger)}$$",
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        _postgres_trigger(trigger),
    ]
