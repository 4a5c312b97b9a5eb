"""Taking turns: a transaction that must not overlap others of its kind. SQLite lets nobody write beside another anyway (IMMEDIATE)."""

from __future__ import annotations

from typing import Final

from django.db import connection

# The locks of this product, any fixed numbers. Whoever takes several takes them in this order.
RIGHTS: Final = 0x5354_4152  # the register of rights; shared by whoever makes a page public
AUDIT: Final = 0x5354_4144  # the chain of the log: always last


def take(lock: int, *, shared: bool = False) -> None:
    """Waits, and holds it until the transaction ends. shared: beside others who share it, too."""
    if connection.vendor == "postgresql":
        kind = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {kind}(%s)", [lock])
