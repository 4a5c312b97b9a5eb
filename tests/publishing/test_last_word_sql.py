"""Raw SQL cannot get around the release, on any database."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from stadtnah.kernel import clock, triggers
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.publishing.models import Approval, Delivery, Dispatch, Halt, Snapshot
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context, paper_account
from tests.factories.people import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)

KEY = content().object_key
INSERT = (
    "INSERT INTO publishing_delivery (id, digest, object_key, account, channel, recipient, action, stage, lane, state,"
    " attempts, due_at, next_try_at, claimed_by, remote_id, url, reason, tries)"
    " VALUES (%s, %s, %s, 'paper', 'paper', %s, 'create', 2, 2, 'planned', 0, %s, %s, '', '', '', '', '[]')"
)


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def copy(table: str, verb: str = "INSERT", where: str = "1 = 1", **changed: object) -> None:
    """Writes the rows once more, with other values in some columns."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    chosen = ", ".join("%s" if column in changed else column for column in columns)
    values = [changed[column] for column in columns if column in changed]
    run(f"{verb} INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE {where}", *values)


def insert(digest: str, recipient: str = "x") -> None:
    key = uuid.uuid4()
    now = clock.now() if connection.vendor == "postgresql" else clock.now().isoformat()
    run(INSERT, key if connection.vendor == "postgresql" else key.hex, digest, KEY, recipient, now, now)


@pytest.fixture
def people(paper: Paper) -> Cast:
    paper_account()
    return cast()


@pytest.fixture
def approval(people: Cast) -> api.Approval:
    request = api.submit(content(), PLAN, by=people.agnes, context=context())
    return api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)


def test_a_delivery_needs_a_release(people: Cast, approval: api.Approval) -> None:
    waiting = api.submit(content(title="Noch nicht frei"), PLAN, by=people.agnes, context=context())
    with pytest.raises(DatabaseError):
        insert(waiting.snapshot_id)
    with pytest.raises(DatabaseError):
        insert("0" * 64)
    insert(approval.pk)  # the control: a released one may be stored
    assert Delivery.objects.count() == 1


def test_a_delivery_cannot_be_moved_to_another_release(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    request = api.submit(content(title="Zweite"), PLAN, by=people.agnes, context=context())
    other = api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_delivery SET digest = %s", other.pk)
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_delivery SET recipient = 'y'")


def test_a_delivery_is_one_the_release_speaks_of(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    for changed in (
        {"account": "slate"},
        {"account": "%"},
        {"account": "p_per"},
        {"account": "PAPER"},
        {"account": ""},
        {"account": 'paper","action":"create'},
        {"action": "delete"},
        {"action": "%"},
        {"object_key": "message:anders"},
    ):
        with pytest.raises(DatabaseError, match="nicht in der Fassung"):
            copy("publishing_delivery", id=uuid.uuid4().hex, recipient="y", **changed)
    copy("publishing_delivery", id=uuid.uuid4().hex, recipient="y")  # the control


def test_the_released_time_is_not_moved(people: Cast, paper: Paper, approval: api.Approval) -> None:
    later = api.submit(content(), PLAN, by=people.agnes, context=context(), wish="2031-05-01T08:00")
    api.release(later.pk, by=people.freya, seen_digest=later.snapshot_id)
    for change in (
        "due_at = '2020-01-01 00:00:00+00:00'",
        f"digest = '{approval.pk}'",
        "object_key = 'message:anders'",
    ):
        with pytest.raises(DatabaseError, match="freigegebene Zeit"):
            run(f"UPDATE publishing_dispatch SET {change} WHERE digest = %s", later.snapshot_id)
    run(
        "UPDATE publishing_dispatch SET state = 'waiting' WHERE digest = %s", later.snapshot_id
    )  # the control


def test_nothing_leaves_before_the_released_time_without_the_lock(people: Cast, paper: Paper) -> None:
    """The time is part of the digest: it is read from the snapshot, whatever stands in the table."""
    request = api.submit(content(), PLAN, by=people.agnes, context=context(), wish="2031-05-01T08:00")
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    dispatch = Dispatch.objects.get()
    # Nobody but the owner of the tables gets this far.
    Dispatch.objects.all().delete()
    dispatch.due_at = clock.now()
    Dispatch.objects.bulk_create([dispatch])
    assert plan.plan(request.snapshot_id) == 0
    insert(request.snapshot_id, "")
    Delivery.objects.update(next_try_at=clock.now())  # as Django writes it
    assert deliver.deliver("paper") == 1
    assert paper.taken == []
    assert "später" in Delivery.objects.get().reason
    Delivery.objects.all().delete()
    with time_machine.travel("2031-05-01T06:00:00Z"):  # the control
        assert plan.plan(request.snapshot_id) == 1
        assert deliver.deliver("paper") == 1
    assert len(paper.taken) == 1


def test_what_was_sent_stays_as_it_is(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    run("UPDATE publishing_delivery SET state = 'sent', finished_at = due_at, remote_id = '1'")
    for change in (
        "state = 'planned'",
        "remote_id = '2'",
        "url = 'https://anders.example'",
        "finished_at = NULL",
        "object_key = 'message:anders'",
    ):
        with pytest.raises(DatabaseError):
            run(f"UPDATE publishing_delivery SET {change}")


@pytest.mark.only_on("sqlite", "REPLACE is SQLite's")
def test_no_row_takes_the_place_of_another(people: Cast, approval: api.Approval) -> None:
    """SQLite's REPLACE deletes without asking the DELETE trigger, by each unique key; also without foreign keys."""
    insert(approval.pk)
    run("UPDATE publishing_delivery SET state = 'sent', finished_at = due_at")
    last = Entry.objects.order_by("-seq")[0]
    replace = "INSERT OR REPLACE"
    for table, where, changed in (
        ("publishing_delivery", "1 = 1", {"state": "planned"}),
        ("publishing_delivery", "1 = 1", {"state": "planned", "id": uuid.uuid4().hex}),
        ("audit_entry", "seq = 1", {"seq": last.seq + 1, "previous": last.digest}),
        ("publishing_snapshot", "1 = 1", {"digest": "0" * 64}),
        ("publishing_releaserequest", "1 = 1", {}),
        ("identity_user", "kind = 'agency'", {"kind": "municipality"}),
    ):
        with pytest.raises(DatabaseError, match="unveraenderlich"):
            copy(table, replace, where, **changed)


def test_no_row_moves_onto_the_place_of_another(people: Cast, approval: api.Approval) -> None:
    """Neither does a row that changes its own key: UPDATE OR REPLACE deletes what stood there, unasked."""
    insert(approval.pk)
    run("UPDATE publishing_delivery SET state = 'sent', finished_at = due_at")
    sent = Delivery.objects.get()
    insert(approval.pk, "y")
    with pytest.raises(DatabaseError):
        run(
            f"UPDATE{' OR REPLACE' if connection.vendor == 'sqlite' else ''} publishing_delivery SET id = %s"
            " WHERE recipient = 'y'",
            sent.pk if connection.vendor == "postgresql" else sent.pk.hex,
        )
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_delivery SET object_key = 'message:anders' WHERE recipient = 'y'")
    assert Delivery.objects.filter(pk=sent.pk, state="sent").exists()


def test_the_ledger_is_never_emptied_as_a_whole(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    run("UPDATE publishing_delivery SET state = 'sent', finished_at = due_at")
    with pytest.raises(DatabaseError):
        run(
            "DELETE FROM publishing_delivery"
            if connection.vendor == "sqlite"
            else "TRUNCATE publishing_delivery"
        )
    assert Delivery.objects.count() == 1


@pytest.mark.only_on("postgresql", "SQLite cannot switch triggers off, and knows no TRUNCATE")
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE publishing_snapshot ENABLE REPLICA TRIGGER publishing_snapshot_no_update",
        "ALTER TABLE publishing_snapshot DISABLE TRIGGER publishing_snapshot_no_update",
        "DROP TRIGGER publishing_snapshot_no_truncate ON publishing_snapshot",
    ],
)
def test_a_lock_that_is_not_asked_is_found(people: Cast, change: str) -> None:
    run(change)
    assert [name for name in triggers.missing() if name in change]
    triggers.install()
    assert triggers.missing() == []


def test_a_request_keeps_its_snapshot(people: Cast, approval: api.Approval) -> None:
    other = api.submit(content(title="Zweite"), PLAN, by=people.agnes, context=context())
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_releaserequest SET snapshot_id = %s WHERE state = 'open'", approval.pk)
    assert other.state == "open"


def test_a_lock_of_the_same_name_that_holds_nothing_is_found(people: Cast) -> None:
    name, table = "publishing_snapshot_no_update", "publishing_snapshot"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN 0 BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}_fn() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NEW; END $$"
            )
    assert triggers.missing() == [name]
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.parametrize("verb", [api.stop, api.revoke])
def test_nothing_is_claimed_after_a_stop_or_a_revocation(
    people: Cast, approval: api.Approval, verb: Any
) -> None:
    insert(approval.pk)
    verb(KEY, by=people.freya)
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_delivery SET state = 'sending'")
    with pytest.raises(DatabaseError):
        insert(approval.pk, "later")


def test_a_halt_is_lifted_by_the_municipality_alone_and_once(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    api.stop(KEY, by=people.freya)
    halt = Halt.objects.filter(approval_id=approval.pk)
    for who in (people.agnes, people.ada, people.anton, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            halt.update(lifted_at=approval.at, lifted_by=who)
    with pytest.raises(DatabaseError):
        run("DELETE FROM publishing_halt")
    with pytest.raises(DatabaseError), transaction.atomic():
        halt.update(by=people.viktor)
    halt.update(lifted_at=approval.at, lifted_by=people.freya)  # the control
    with pytest.raises(DatabaseError), transaction.atomic():
        halt.update(lifted_at=None)


@pytest.mark.parametrize("table", ["publishing_snapshot", "publishing_approval", "audit_entry"])
def test_what_is_written_once_stays(approval: api.Approval, table: str) -> None:
    column = {"publishing_snapshot": "body", "publishing_approval": "role", "audit_entry": "event"}[table]
    with pytest.raises(DatabaseError):
        run(f"UPDATE {table} SET {column} = 'anders'")
    with pytest.raises(DatabaseError):
        run(f"DELETE FROM {table}")
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError):
            run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        with pytest.raises(DatabaseError):
            run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("who", ["agnes", "ada", "clara", "anton", "charlie"])
def test_the_database_knows_who_may_release(people: Cast, who: str) -> None:
    request = api.submit(content(), PLAN, by=people.agnes, context=context())
    approver = getattr(people, who)
    with pytest.raises(DatabaseError):
        Approval.objects.create(snapshot=request.snapshot, approver=approver, role="approver", at=clock.now())
    Approval.objects.create(snapshot=request.snapshot, approver=people.viktor, role="deputy", at=clock.now())


def test_nobody_releases_their_own_work(people: Cast) -> None:
    people.freya.memberships.create(role="author")
    request = api.submit(content(), PLAN, by=people.freya, context=context())
    with pytest.raises(DatabaseError):
        Approval.objects.create(
            snapshot=request.snapshot, approver=people.freya, role="approver", at=clock.now()
        )


def test_nobody_releases_what_they_have_a_part_in(people: Cast) -> None:
    """The agency laid it before the municipality, but Freya wrote in it: the deputy has the last word."""
    request = api.submit(content(), PLAN, by=people.agnes, context=context(), writers=[people.freya])
    with pytest.raises(DatabaseError):
        Approval.objects.create(
            snapshot=request.snapshot, approver=people.freya, role="approver", at=clock.now()
        )
    with pytest.raises(PermissionDenied, match="mitgeschrieben"):
        api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    api.release(request.pk, by=people.viktor, seen_digest=request.snapshot_id)  # the control


def test_what_nobody_could_release_is_not_laid_before_them(people: Cast) -> None:
    both = [people.freya, people.viktor]
    with pytest.raises(api.NotAccepted, match="Vertretung"):
        api.submit(content(), PLAN, by=people.agnes, context=context(), writers=both)


def test_an_agency_never_becomes_the_municipality(people: Cast) -> None:
    with pytest.raises(DatabaseError):
        run("UPDATE identity_user SET kind = 'municipality' WHERE name = 'Agnes'")
    with pytest.raises(DatabaseError):
        people.agnes.memberships.create(role="approver")
    with pytest.raises(DatabaseError):
        run("UPDATE identity_user SET is_superuser = %s", True)


def test_the_chain_cannot_be_forked(approval: api.Approval) -> None:
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    with pytest.raises(DatabaseError):
        Entry.objects.create(
            seq=last.seq + 2, at=clock.now(), event="x", previous=last.digest, digest="f" * 64
        )


def test_a_damaged_snapshot_is_not_sent(people: Cast, approval: api.Approval, paper: Paper) -> None:
    from stadtnah.publishing.dispatch import deliver, plan

    plan.plan(approval.pk)
    with connection.cursor() as cursor:
        name = "publishing_snapshot_no_update"
        cursor.execute(
            f"DROP TRIGGER {name}"
            if connection.vendor == "sqlite"
            else f"DROP TRIGGER {name} ON publishing_snapshot"
        )
    Snapshot.objects.filter(pk=approval.pk).update(body=approval.snapshot.body.replace("gesperrt", "offen"))
    deliver.deliver("paper")
    assert paper.taken == []
    assert "Prüfsumme" in Delivery.objects.get().reason
    assert triggers.missing() == ["publishing_snapshot_no_update"]
    triggers.install()
    assert triggers.missing() == []
