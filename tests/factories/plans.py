"""How a database goes about a query, asked of it: which index it takes, which table it reads from end to end."""

from __future__ import annotations

from django.db import connection, models, transaction


def count(*kinds: type[models.Model]) -> None:
    """Has PostgreSQL count these tables' rows now. Else the plan hangs on whether it happened to do so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for kind in kinds:
                cursor.execute(f'ANALYZE "{kind._meta.db_table}"')


def plan(sql: str) -> list[str]:
    """The steps of a query as it was captured.

    PostgreSQL reads small tables whole and sorts them, as it should: it is told to do that only where no index helps.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}", None)
            return [row[3] for row in cursor.fetchall()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql.replace('%', '%%')}", None)
        steps = [row[0].strip().removeprefix("->").strip() for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on")
    return steps


def read_whole(sql: str, tables: tuple[str, ...]) -> list[str]:
    """The steps that read one of these tables from end to end."""
    whole = "SCAN" if connection.vendor == "sqlite" else "Seq Scan on"
    return [step for step in plan(sql) for table in tables if f"{step} ".startswith(f"{whole} {table} ")]
