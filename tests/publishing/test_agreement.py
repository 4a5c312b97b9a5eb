"""What was written past the release is found: the tables and the log must tell the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from stadtnah.kernel import clock
from stadtnah.kernel.audit import anchors
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api, snapshot
from stadtnah.publishing.agreement import contradictions
from stadtnah.publishing.dispatch import plan
from stadtnah.publishing.models import Approval, Delivery, Snapshot
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import KEY, dispatch_all, people, release, submit

__all__ = ["people"]
pytestmark = pytest.mark.django_db


def test_the_usual_way_agrees(people: Cast, paper: Paper) -> None:
    paper.readers = ["a", "b"]
    release(people, submit(people))
    dispatch_all()
    release(people, submit(people, title="Noch einmal"), at="")
    api.stop(KEY, by=people.agnes)
    api.resume(KEY, by=people.freya)
    dispatch_all()
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert Delivery.objects.filter(state="sent").count() > 2
    assert list(contradictions()) == []


def approved(people: Cast, stored: Snapshot) -> Approval:
    """A row of the right shape, which the locks of the database let pass, and which nobody clicked."""
    return Approval.objects.create(snapshot=stored, approver=people.freya, role="approver", at=clock.now())


def test_an_approval_that_nobody_gave_is_found(people: Cast, paper: Paper) -> None:
    approved(people, submit(people).snapshot)
    [said] = contradictions()
    assert "steht nicht im Protokoll" in said


def test_a_snapshot_that_does_not_fit_its_digest_is_found(people: Cast, paper: Paper) -> None:
    good = submit(people).snapshot
    forged = Snapshot.objects.create(
        digest="f" * 64,
        kind=good.kind,
        object_key=KEY,
        number=9,
        body=good.body,
        created_by=people.agnes,
    )
    approved(people, forged)
    assert ["Prüfsumme" in said for said in contradictions()] == [True, False]


def test_a_snapshot_under_another_number_is_found(people: Cast, paper: Paper) -> None:
    good = snapshot.opened(submit(people).snapshot)
    data = snapshot.canonical({**good, "number": 7})
    Snapshot.objects.create(
        digest=snapshot.digest_of(data),
        kind="message",
        object_key=KEY,
        number=2,
        body=data.decode(),
        created_by=people.agnes,
    )
    [said] = contradictions()
    assert "gehört nicht zu" in said


@pytest.mark.parametrize("body", ["kein JSON", "[]", '"message"', "null", "[" * 100_000])
def test_a_row_that_is_no_snapshot_is_named_and_the_check_goes_on(
    people: Cast, paper: Paper, body: str
) -> None:
    Snapshot.objects.create(
        digest=snapshot.digest_of(body.encode()),
        kind="message",
        object_key="a:1",
        number=1,
        body=body,
        created_by=people.agnes,
    )
    approved(people, submit(people).snapshot)
    damaged, forged = contradictions()
    assert "lässt sich nicht lesen" in damaged
    assert "(a:1)" in damaged
    assert "steht nicht im Protokoll" in forged


def said_while(table: str, happening: Callable[[], object]) -> list[str]:
    """What the check says when something happens after the log was read, right before the rows of this table are."""
    left = [happening]

    def before(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if left and f'FROM "{table}"' in sql:
            left.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before):
        said = list(contradictions())
    assert left == [], "control: it happened"
    return said


def test_a_release_while_the_check_runs_is_no_forgery(people: Cast, paper: Paper) -> None:
    request = submit(people)
    assert said_while("publishing_approval", lambda: release(people, request)) == []
    assert list(contradictions()) == []
    [said] = said_while("publishing_approval", lambda: approved(people, submit(people, title="Neu").snapshot))
    assert "steht nicht im Protokoll" in said


def test_a_dispatch_while_the_check_runs_is_no_forgery(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    assert said_while("publishing_delivery", dispatch_all) == []
    assert Delivery.objects.get().state == "sent"


def test_another_name_under_a_release_is_found(people: Cast, paper: Paper) -> None:
    stored = submit(people).snapshot
    audit.record("released", actor=people.viktor, subject=KEY, data={"digest": stored.pk})
    approved(people, stored)
    [said] = contradictions()
    assert "eine andere Person" in said


def test_a_release_that_vanished_is_found(people: Cast, paper: Paper) -> None:
    audit.record("released", actor=people.freya, subject=KEY, data={"digest": "a" * 64})
    [said] = contradictions()
    assert "fehlt in der Datenbank" in said


def test_a_delivery_that_nobody_planned_is_found(people: Cast, paper: Paper) -> None:
    approval = release(people, submit(people))
    dispatch_all()
    assert list(contradictions()) == []  # the control
    row = Delivery.objects.get()
    row.pk, row.recipient = uuid.uuid4(), "somebody"
    row.save(force_insert=True)
    [said] = contradictions()
    assert approval.pk[:12] in said
    assert "2 Zustellungen" in said


@pytest.fixture
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STADTNAH_DATA = tmp_path
    return tmp_path


def test_each_release_and_each_dispatch_is_noted_beside_the_database(
    people: Cast,
    paper: Paper,
    data_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """The end of the log cannot be cut off behind a release, not even within the hour."""
    request = submit(people)
    with django_capture_on_commit_callbacks(execute=True):
        approval = release(people, request)
    with django_capture_on_commit_callbacks(execute=True):
        plan.plan(approval.pk)
    events = dict(Entry.objects.values_list("seq", "event"))
    assert [events[one.seq] for one in anchors.noted()] == ["released", "dispatch.planned"]
    assert list(anchors.missed(anchors.noted())) == []


def test_a_release_does_not_fail_when_it_cannot_be_noted(
    people: Cast,
    paper: Paper,
    data_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (data_folder / "audit").write_text("in the way")
    request = submit(people)
    with django_capture_on_commit_callbacks(execute=True):
        release(people, request)
    dispatch_all()
    assert len(paper.taken) == 1
    assert "could not be noted" in caplog.text
