"""The role that serves need not own the tables, and then cannot take the locks away."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from stadtnah.kernel import triggers

pytestmark = pytest.mark.django_db


@pytest.mark.only_on("postgresql", "SQLite knows no roles")
def test_a_role_that_owns_nothing_leaves_the_locks_as_they_are():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE stadtnah_serving")
        cursor.execute("SET LOCAL ROLE stadtnah_serving")
        triggers.install()
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("DROP TRIGGER audit_entry_no_update ON audit_entry")
        cursor.execute("RESET ROLE")
    assert triggers.missing() == []


def test_the_owner_makes_a_lost_lock_anew():
    suffix = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_no_update{suffix}")
    assert triggers.missing() == ["audit_entry_no_update"]
    triggers.install()
    assert triggers.missing() == []
