"""What a killed worker, a stop or a later version leaves behind is settled without a loss and without a second post."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import ClassVar

import pytest
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.jobs import worker
from stadtnah.publishing import api, tasks
from stadtnah.publishing.channel import Job, Outcome, Permanent, Sent, Stage, Temporary, Unknown
from stadtnah.publishing.dispatch import claim, deliver, plan, reconcile
from stadtnah.publishing.models import ChannelAccount, Delivery, Dispatch
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import KEY, dispatch_all, people, release, submit

__all__ = ["people"]
pytestmark = pytest.mark.django_db


class Page(Paper):
    """The page that the others link to."""

    key: ClassVar[str] = "page"
    stage: ClassVar[Stage] = Stage.SITE


def claimed_and_killed(people: Cast) -> Delivery:
    """A worker took the row and died."""
    release(people, submit(people))
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    row = claim.claim("paper", "dead", 20)[0]
    claim.begin([row.pk], "dead")
    Delivery.objects.filter(pk=row.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    return row


def test_who_resumes_waits_for_rows_in_doubt(people: Cast, paper: Paper) -> None:
    row = claimed_and_killed(people)
    api.stop(KEY, by=people.agnes)
    api.resume(KEY, by=people.freya)
    dispatch_all()  # may have got it: nobody knows yet
    reconcile.settle_expired_leases()
    dispatch_all()
    assert paper.taken == []
    api.resolve_unknown(row.pk, by=people.freya, arrived=False)
    dispatch_all()
    assert len(paper.taken) == 1
    assert Delivery.objects.get().state == "sent"


def test_a_stopped_row_in_doubt_is_unknown_on_every_channel(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Paper, "idempotent", True)
    row = claimed_and_killed(people)
    api.stop(KEY, by=people.agnes)
    tasks.reconcile_ledger()
    row.refresh_from_db()
    assert row.state == "unknown"


def test_an_old_version_in_doubt_does_not_follow_a_new_one(people: Cast, paper: Paper) -> None:
    good = paper.answer
    paper.answer = lambda _job: Unknown("Keine Antwort.")
    release(people, submit(people))
    dispatch_all()
    paper.answer = good
    old = Delivery.objects.get()
    assert Dispatch.objects.get().state == "ended"
    release(people, submit(people, title="Mühlstraße offen"))
    dispatch_all()
    api.resolve_unknown(old.pk, by=people.freya, arrived=False)
    dispatch_all()
    assert [text.split(" http")[0] for text in paper.texts()] == ["Mühlstraße offen"]


def test_our_own_crashes_do_not_open_the_breaker(people: Cast, paper: Paper) -> None:
    row = claimed_and_killed(people)
    for _ in range(claim.BREAKER_AFTER + 1):
        Delivery.objects.filter(pk=row.pk).update(state="sending", lease_until=clock.now() - timedelta(1))
        reconcile.settle_expired_leases()
    assert ChannelAccount.objects.get().failures == 0
    claim.record([claim.Result(row, Temporary("Der Server antwortet nicht."))])  # the control
    assert ChannelAccount.objects.get().failures == 1


def test_an_adapter_that_raises_leaves_doubt_only_where_there_is_one(people: Cast, paper: Paper) -> None:
    def broken(job: object) -> Outcome:
        raise RuntimeError

    paper.answer = broken
    release(people, submit(people))
    dispatch_all()
    assert Delivery.objects.get().state == "unknown"
    assert deliver.deliver("paper") == 0


def test_a_killed_workers_task_row_holds_nothing_up(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    DBTaskResult.objects.all().delete()
    tasks.wake()
    tasks.wake()
    assert DBTaskResult.objects.count() == 1  # one is queued already
    DBTaskResult.objects.update(status="RUNNING", started_at=clock.now())
    tasks.wake()
    assert DBTaskResult.objects.count() == 1  # somebody is at it
    DBTaskResult.objects.update(started_at=clock.now() - claim.LEASE)
    tasks.wake()
    assert DBTaskResult.objects.count() == 2


@pytest.fixture
def dead_pid() -> int:
    """The number of a process that was there and has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_worker_settles_at_once_what_dead_ones_of_its_machine_left(
    people: Cast, paper: Paper, dead_pid: int
) -> None:
    """Until a lease runs out would be three minutes in which nothing of the account goes out."""
    release(people, submit(people))
    tasks.wake()
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    DBTaskResult.objects.all().delete()
    tasks.wake()
    host = worker.name().rpartition("-")[0]
    dead, alive, elsewhere = f"{host}-{dead_pid}-2", f"{host}-{os.getppid()}-2", f"x{host}-{dead_pid}-2"
    for name, taken_over in ((alive, False), (elsewhere, False), (dead, True)):
        row = claim.claim("paper", name, 20)[0]
        DBTaskResult.objects.update(status="RUNNING", started_at=clock.now(), worker_ids=[name])
        worker.take_over()
        assert DBTaskResult.objects.get().status == ("FAILED" if taken_over else "RUNNING")
        tasks.reconcile_ledger()
        row.refresh_from_db()
        assert row.state == ("planned" if taken_over else "sending")
        claim.give_back([row])
    dispatch_all()
    assert len(paper.taken) == 1


def test_what_had_not_begun_when_the_worker_died_is_sent(people: Cast, paper: Paper) -> None:
    row = claimed_and_killed(people)
    Delivery.objects.filter(pk=row.pk).update(begun_at=None)
    tasks.reconcile_ledger()
    dispatch_all()
    assert len(paper.taken) == 1
    assert Delivery.objects.get().state == "sent"


def in_doubt(people: Cast, paper: Paper, *, arrived: bool) -> Delivery:
    """The server did not answer; whether the post is out only it knows."""
    good = paper.answer
    paper.answer = lambda _job: Unknown("Keine Antwort.")
    release(people, submit(people))
    dispatch_all()
    paper.answer = good
    paper.found = lambda _job: Sent("lost-and-found") if arrived else Temporary("Nicht zu finden.")
    return Delivery.objects.get()


def actions(paper: Paper) -> list[str]:
    return [action for _, action, _, _ in paper.taken]


@pytest.mark.parametrize("arrived", [True, False])
def test_a_correction_after_a_doubt_never_gives_two_posts(people: Cast, paper: Paper, arrived: bool) -> None:
    in_doubt(people, paper, arrived=arrived)
    release(people, submit(people, title="Mühlstraße offen"))
    dispatch_all()
    assert actions(paper) == ["update" if arrived else "create"]
    assert list(Delivery.objects.order_by("approval__snapshot__number").values_list("state", flat=True)) == [
        "sent" if arrived else "stopped",
        "sent",
    ]


@pytest.mark.parametrize("arrived", [True, False])
def test_a_withdrawal_after_a_doubt_leaves_nothing_behind(people: Cast, paper: Paper, arrived: bool) -> None:
    in_doubt(people, paper, arrived=arrived)
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert actions(paper) == (["delete"] if arrived else [])
    assert api.status(KEY).state == "withdrawn"


def test_a_withdrawal_waits_until_a_person_has_looked(people: Cast, paper: Paper) -> None:
    row = in_doubt(people, paper, arrived=True)
    paper.found = lambda _job: None  # the channel cannot be asked
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert actions(paper) == []
    assert "ungeklärt" in Delivery.objects.get(action="delete").reason
    api.resolve_unknown(row.pk, by=people.freya, arrived=True)
    dispatch_all()
    assert actions(paper) == ["delete"]


@pytest.mark.parametrize("gone", [True, False])
def test_a_new_version_after_a_deletion_in_doubt_edits_no_post_that_is_gone(
    people: Cast, paper: Paper, gone: bool
) -> None:
    release(people, submit(people))
    dispatch_all()
    good, paper.answer = paper.answer, lambda _job: Unknown("Keine Antwort.")
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    paper.answer = good
    release(people, submit(people, title="Mühlstraße offen"))
    dispatch_all()
    assert actions(paper) == ["create"]  # nobody knows yet whether the post still hangs there
    doubt = Delivery.objects.get(action="delete")
    api.resolve_unknown(doubt.pk, by=people.freya, arrived=gone)
    dispatch_all()
    assert actions(paper) == ["create", "create" if gone else "update"]


def test_a_withdrawal_waits_for_what_is_under_way(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    row = claim.claim("paper", "alive", 20)[0]
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert actions(paper) == []  # the post may arrive any moment: deleting now would leave it standing
    claim.record([claim.Result(row, Sent("r-1"))])
    dispatch_all()
    assert actions(paper) == ["delete"]


def test_a_withdrawal_reaches_what_is_asked_again(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after sending, and planned again because this channel takes a second try: the post may be out all the same."""
    monkeypatch.setattr(Paper, "idempotent", True)
    row = claimed_and_killed(people)
    reconcile.settle_expired_leases()
    row.refresh_from_db()
    assert row.state == "planned"
    assert row.interrupted_at
    paper.found = lambda _job: Sent("lost-and-found")
    api.withdraw(KEY, by=people.freya)
    tasks.reconcile_ledger()
    dispatch_all()
    assert actions(paper) == ["delete"]
    assert api.status(KEY).state == "withdrawn"


def test_a_version_released_before_the_first_was_out_edits_it(people: Cast, paper: Paper) -> None:
    first = submit(people)
    release(people, first)
    second = submit(people, title="Mühlstraße offen")  # written as a new post: the first waits for its worker
    dispatch_all()
    release(people, second)
    dispatch_all()
    assert actions(paper) == ["create", "update"]


def test_a_mail_that_became_a_correction_is_shown_anew(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Paper, "can_update", False)
    release(people, submit(people))
    second = submit(people, title="Mühlstraße offen")
    dispatch_all()
    with pytest.raises(api.Outdated, match="hinausgegangen"):
        release(people, second)
    dispatch_all()
    assert actions(paper) == ["create"]


def test_without_its_page_nothing_links_to_it(people: Cast, paper: Paper) -> None:
    page = Page()
    page.answer = lambda _job: Permanent("Die Platte ist voll.")
    api.CHANNELS.register(page.key, page)
    try:
        ChannelAccount.objects.create(key="page", channel="page", label="Website")
        release(people, submit(people))
        dispatch_all()
        dispatch_all()
    finally:
        api.CHANNELS.unregister(page.key)
    assert paper.taken == []
    assert set(Delivery.objects.values_list("account", "state")) == {("page", "failed"), ("paper", "failed")}
    assert not Dispatch.objects.exclude(state="ended").exists()


def test_what_is_known_is_written_before_the_next_one_begins(people: Cast, paper: Paper) -> None:
    paper.readers = ["anna", "berta", "carla"]
    states: list[list[str]] = []
    good = paper.answer

    def looked_at(job: Job) -> Outcome:
        rows = Delivery.objects.order_by("recipient").values_list("recipient", "state")
        states.append([name for name, state in rows if state == "sent"])
        return good(job)

    paper.answer = looked_at
    release(people, submit(people))
    dispatch_all()
    assert [len(sent) for sent in states] == [0, 1, 2]  # a kill leaves one in doubt, never those before it
