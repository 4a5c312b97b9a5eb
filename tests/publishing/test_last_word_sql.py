"""Raw SQL cannot get around the release, on any database."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from stadtnah.kernel import clock, triggers
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api
from stadtnah.publishing.models import Approval, Delivery, Snapshot
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context, paper_account
from tests.factories.people import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = (
    "INSERT INTO publishing_delivery (id, digest, object_key, account, channel, recipient, action, stage, lane, state,"
    " attempts, due_at, next_try_at, claimed_by, remote_id, url, reason, tries)"
    " VALUES (%s, %s, 'message:1', 'paper', 'paper', %s, 'create', 2, 2, 'planned', 0, %s, %s, '', '', '', '', '[]')"
)


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def insert(digest: str, recipient: str = "x") -> None:
    key = uuid.uuid4()
    now = clock.now() if connection.vendor == "postgresql" else clock.now().isoformat()
    run(INSERT, key if connection.vendor == "postgresql" else key.hex, digest, recipient, now, now)


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


def test_nothing_is_claimed_after_a_revocation(people: Cast, approval: api.Approval) -> None:
    insert(approval.pk)
    api.stop("message:00000000-0000-4000-8000-000000000001", by=people.freya)
    with pytest.raises(DatabaseError):
        run("UPDATE publishing_delivery SET state = 'sending'")
    with pytest.raises(DatabaseError):
        insert(approval.pk, "later")


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
