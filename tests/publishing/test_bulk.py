"""One click on a list: kept with its person and the digests they saw, carried out row by row, never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Membership
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api, bulk, snapshot, tasks
from stadtnah.publishing.models import (
    Approval,
    BulkItem,
    BulkRelease,
    Dispatch,
    ReleaseRequest,
    Snapshot,
)
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context
from tests.factories.people import Cast
from tests.publishing.test_story import people

__all__ = ["people"]
pytestmark = pytest.mark.django_db
LIST = "import:test"


def key(number: int) -> str:
    return f"message:00000000-0000-4000-8000-{number:012d}"


def submitted(people: Cast, number: int, title: str = "Alte Meldung", *, by: Any = None) -> ReleaseRequest:
    changes = {"object_key": key(number), "title": title, "path": f"/aktuelles/2024/alt-{number}/"}
    return api.submit(content(**changes), PLAN, by=by or people.agnes, context=context(), announce=False)


@pytest.fixture
def rows(people: Cast, paper: Paper) -> list[ReleaseRequest]:
    return [submitted(people, number) for number in range(1, 6)]


def begun(people: Cast, rows: list[ReleaseRequest], **more: Any) -> BulkRelease:
    return bulk.begin([(r.pk, r.snapshot_id) for r in rows], by=people.freya, subject=LIST, **more)


def said() -> tuple[int, int, int]:
    found = bulk.progress(LIST)
    assert found
    return found.released, found.left, found.total


def test_the_click_is_kept_and_carried_out_by_a_job(people: Cast, rows: list[ReleaseRequest]) -> None:
    click = begun(people, rows, second_factor=True)
    assert Approval.objects.count() == 0  # nothing happens in the request
    assert not bulk.advance(click.pk)
    assert said() == (5, 0, 5)
    assert set(Approval.objects.values_list("approver", "second_factor")) == {(people.freya.pk, True)}
    assert set(Approval.objects.values_list("pk", flat=True)) == {r.snapshot_id for r in rows}
    kept = Entry.objects.filter(event__startswith="bulk.").order_by("seq")
    assert list(kept.values_list("event", flat=True)) == ["bulk.open", "bulk.done"]
    assert not bulk.advance(click.pk)
    assert Dispatch.objects.count() == 5


def test_a_message_changed_since_the_click_is_not_released_but_named(
    people: Cast, rows: list[ReleaseRequest]
) -> None:
    click = begun(people, rows)
    newer = submitted(people, 2, "Neu gefasst")
    bulk.advance(click.pk)
    assert said() == (4, 1, 5)
    left = bulk.left(click)
    assert [item.request.object_key for item in left] == [newer.object_key]
    assert "durch eine neue ersetzt" in left[0].reason
    assert not Approval.objects.filter(snapshot__object_key=newer.object_key).exists()


def without_channels(people: Cast, number: int) -> ReleaseRequest:
    """Bytes that fit their digest and that nobody can read."""
    body = {"kind": "message", "object": key(number), "number": 1, "send_at": None}
    stored = snapshot.store(body, by=people.agnes)
    return ReleaseRequest.objects.create(
        snapshot=stored,
        object_key=key(number),
        title="?",
        submitted_by=people.agnes,
        submitted_at=clock.now(),
    )


def damaged(people: Cast, number: int) -> ReleaseRequest:
    """Bytes that are not those of the digest."""
    good = snapshot.canonical({"kind": "message"})
    stored = Snapshot.objects.create(
        digest=snapshot.digest_of(good),
        kind="message",
        object_key=key(number),
        number=1,
        body="{}",
        created_by=people.agnes,
    )
    return ReleaseRequest.objects.create(
        snapshot=stored,
        object_key=key(number),
        title="?",
        submitted_by=people.agnes,
        submitted_at=clock.now(),
    )


@pytest.mark.parametrize(("make", "word"), [(without_channels, "Fehler"), (damaged, "Prüfsumme")])
def test_one_that_cannot_be_released_holds_up_no_other(
    people: Cast, rows: list[ReleaseRequest], make: Callable[[Cast, int], ReleaseRequest], word: str
) -> None:
    bad = make(people, 9)
    click = begun(people, [rows[0], bad, *rows[1:]])
    assert not bulk.advance(click.pk)
    assert said() == (5, 1, 6)
    [left] = bulk.left(click)
    assert left.request_id == bad.pk
    assert word in left.reason
    assert not bulk.open_ones()


def test_a_busy_database_makes_nobody_skip_a_row(people: Cast, rows: list[ReleaseRequest]) -> None:
    """It is tried again: no row is left for a fault that is over in a moment."""
    click = begun(people, rows)
    with dies_at(2, of=OperationalError("database is locked")), pytest.raises(OperationalError):
        bulk.advance(click.pk)
    assert said() == (1, 0, 5)
    assert not bulk.advance(click.pk)
    assert said() == (5, 0, 5)


def test_a_kill_in_the_middle_loses_nothing_and_releases_nothing_twice(
    people: Cast, rows: list[ReleaseRequest]
) -> None:
    click = begun(people, rows)
    with dies_at(3), pytest.raises(Killed):
        bulk.advance(click.pk)
    assert said() == (2, 0, 5)  # the third was rolled back with its mark
    DBTaskResult.objects.all().delete()  # its job died with it
    tasks.wake_bulks()
    tasks.wake_bulks()
    assert DBTaskResult.objects.filter(task_path=tasks.release_bulk.module_path).count() == 1
    tasks.release_bulk.call(str(click.pk))
    assert said() == (5, 0, 5)
    assert Approval.objects.count() == Dispatch.objects.count() == 5
    tasks.wake_bulks()
    assert DBTaskResult.objects.filter(task_path=tasks.release_bulk.module_path).count() == 1


class Killed(BaseException):
    """What no handler of ours may swallow."""


@contextmanager
def dies_at(number: int, of: BaseException | None = None) -> Iterator[None]:
    """The process ends while the release of that number is being written; `of`: or that is raised."""
    seen = 0

    def die(**_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise of or Killed

    post_save.connect(die, sender=Dispatch, weak=False, dispatch_uid="dies")
    try:
        yield
    finally:
        post_save.disconnect(sender=Dispatch, dispatch_uid="dies")


def test_a_worker_that_is_told_to_end_leaves_the_rest_for_the_next(
    people: Cast, rows: list[ReleaseRequest]
) -> None:
    click = begun(people, rows)
    answers = iter([False, False, True])
    assert bulk.advance(click.pk, ending=lambda: next(answers))
    assert said() == (2, 0, 5)
    assert bulk.advance(click.pk, seconds=-1)  # a turn that is over at once
    assert not bulk.advance(click.pk)
    assert said() == (5, 0, 5)


def test_stopping_halts_before_the_next_one(people: Cast, rows: list[ReleaseRequest]) -> None:
    click = begun(people, rows)
    looks = iter(range(9))

    def stopped_at_the_third() -> bool:
        if next(looks) == 2:
            bulk.stop(LIST, by=people.viktor)
        return False

    assert not bulk.advance(click.pk, ending=stopped_at_the_third)
    assert said() == (2, 0, 5)
    assert ReleaseRequest.objects.filter(state="open").count() == 3
    assert not bulk.stop(LIST, by=people.viktor)
    rest = list(ReleaseRequest.objects.filter(state="open"))
    bulk.advance(begun(people, rest).pk)
    assert said() == (3, 0, 3)


@pytest.mark.parametrize("who", ["agnes", "aaron", "ada", "clara", "doris", "anton", "charlie"])
def test_nobody_else_begins_or_stops_one(people: Cast, rows: list[ReleaseRequest], who: str) -> None:
    person = getattr(people, who)
    with pytest.raises(PermissionDenied):
        bulk.begin([(rows[0].pk, rows[0].snapshot_id)], by=person, subject=LIST)
    begun(people, rows)  # the control
    with pytest.raises(PermissionDenied):
        bulk.stop(LIST, by=person)


def test_a_click_under_an_agencys_name_releases_nothing(people: Cast, rows: list[ReleaseRequest]) -> None:
    """Written past the verbs: the job asks for the right again."""
    click = BulkRelease.objects.create(subject=LIST, by=people.agnes, clicked_at=rows[0].submitted_at)
    BulkItem.objects.create(bulk=click, request=rows[0], seen_digest=rows[0].snapshot_id)
    assert not bulk.advance(click.pk)
    assert Approval.objects.count() == 0
    click.refresh_from_db()
    assert click.state == "broken"


def test_the_rest_is_not_released_when_the_right_ends(people: Cast, rows: list[ReleaseRequest]) -> None:
    click = begun(people, rows)
    looks = iter(range(9))

    def role_ends_after_two() -> bool:
        if next(looks) == 2:
            Membership.objects.filter(user=people.freya).delete()
        return False

    assert not bulk.advance(click.pk, ending=role_ends_after_two)
    assert said() == (2, 0, 5)
    click.refresh_from_db()
    assert click.state == "broken"


def test_four_eyes_hold_for_each(people: Cast, rows: list[ReleaseRequest]) -> None:
    Membership.objects.create(user=people.freya, role="author")
    own = [submitted(people, number, by=people.freya) for number in (6, 7)]
    with pytest.raises(PermissionDenied):
        begun(people, own)
    click = begun(people, [*rows, *own])
    bulk.advance(click.pk)
    assert said() == (5, 2, 7)
    assert all("zweite Person" in item.reason for item in bulk.left(click))


def test_a_second_click_is_the_same(people: Cast, rows: list[ReleaseRequest]) -> None:
    assert begun(people, rows).pk == begun(people, rows).pk
    assert BulkItem.objects.count() == 5


def test_the_database_keeps_the_click(people: Cast, rows: list[ReleaseRequest]) -> None:
    click = begun(people, rows)
    item = click.items.first()
    assert item
    with pytest.raises(DatabaseError), transaction.atomic():
        BulkRelease.objects.filter(pk=click.pk).update(by=people.viktor)
    with pytest.raises(DatabaseError), transaction.atomic():
        BulkItem.objects.filter(pk=item.pk).update(seen_digest="x")
    bulk.stop(LIST, by=people.freya)
    with pytest.raises(DatabaseError), transaction.atomic():
        BulkRelease.objects.update(state="open")


def test_looking_costs_one_query_and_each_row_the_same(people: Cast, paper: Paper) -> None:
    costs = []
    for number in (3, 9):
        rows = [submitted(people, number * 100 + n) for n in range(number)]
        click = begun(people, rows)
        with CaptureQueriesContext(connection) as spent:
            bulk.advance(click.pk)
        costs.append(len(spent))
        with CaptureQueriesContext(connection) as looked:
            bulk.progress(LIST)
        assert len(looked) == 1
    each, rest = divmod(costs[1] - costs[0], 6)
    assert rest == 0
    assert each <= 45, each
