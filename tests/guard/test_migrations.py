"""Migrations: one line per app, nothing forgotten, and every lock of the database is there after them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from stadtnah.kernel import triggers


def own_apps() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("stadtnah.")]


@pytest.mark.parametrize("label", own_apps())
def test_one_line(label: str) -> None:
    loader = MigrationLoader(None)
    if label not in loader.migrated_apps:
        assert not list(apps.get_app_config(label).get_models())
        return
    assert len(loader.graph.leaf_nodes(label)) == 1
    folder = Path(apps.get_app_config(label).path) / "migrations"
    numbers = sorted(path.name[:4] for path in folder.glob("[0-9]*.py"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


@pytest.mark.django_db
def test_nothing_is_forgotten() -> None:
    call_command("makemigrations", *own_apps(), check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_lock_is_there_after_the_migrations() -> None:
    assert len(triggers.declared()) > 10
    assert triggers.missing() == []
    call_command("check", databases=["default"], verbosity=0)


@pytest.mark.django_db
def test_a_missing_lock_is_reported() -> None:
    """The control of the test above."""
    one = triggers.declared()[0]
    with connection.cursor() as cursor:
        where = "" if connection.vendor == "sqlite" else f" ON {one.table}"
        cursor.execute(f"DROP TRIGGER {one.name}{where}")
    assert triggers.missing() == [one.name]
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_was_switched_off_is_missing() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite cannot switch a trigger off, only drop it
    one = triggers.declared()[0]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {one.table} DISABLE TRIGGER {one.name}")
        assert one.name in triggers.missing()
        cursor.execute(f"ALTER TABLE {one.table} ENABLE TRIGGER {one.name}")


@pytest.mark.django_db
def test_a_lock_refuses_on_this_database() -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (seq, at, event, actor, subject, data, previous, digest)"
            " VALUES (99, '2026-01-01 00:00:00+00:00', 'x', '', '', '{}', '', 'x')"
        )
