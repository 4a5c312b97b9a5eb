"""One leader at a time, and work that goes on whatever a single one does."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.jobs import queued, ticker, worker
from stadtnah.kernel.jobs.models import Lease
from stadtnah.kernel.registry import Registry
from stadtnah.publishing import tasks
from tests.kernel.conftest import Threads


@pytest.mark.django_db
def test_one_leads_until_its_lease_is_over() -> None:
    now = clock.now()
    assert ticker.lead("ticker", "a", now)
    assert not ticker.lead("ticker", "b", now + timedelta(seconds=ticker.LEASE_SECONDS - 1))
    assert ticker.lead("ticker", "a", now + timedelta(seconds=10))  # renewed
    assert not ticker.lead("ticker", "b", now + timedelta(seconds=ticker.LEASE_SECONDS + 1))
    assert ticker.lead("ticker", "b", now + timedelta(seconds=60))


@pytest.mark.django_db
def test_a_clock_that_jumped_back_silences_nobody() -> None:
    now = clock.now()
    assert ticker.lead("ticker", "dead", now + timedelta(hours=2))
    assert ticker.lead("ticker", "b", now)


def without_a_lock(_holder: str) -> bool:
    """Looks, and would write afterwards: everybody who looks before the first one writes leads."""
    return not Lease.objects.filter(name="t", until__gt=clock.now()).exists()


def test_of_many_at_once_one_leads(of_many: Threads) -> None:
    of_many.tables(Lease)
    past = clock.now() - timedelta(hours=1)
    Lease.objects.create(name="t", holder="dead", until=past)
    assert of_many.race(lambda holder: ticker.lead("t", holder, clock.now())) == 1
    Lease.objects.update(until=past)
    assert of_many.race(without_a_lock) == 8  # the control: the race is real


@pytest.mark.django_db
def test_a_failing_work_does_not_stop_the_others() -> None:
    ran: list[str] = []

    def fails() -> None:
        raise RuntimeError

    first = ticker.Periodic("test.fails", 1, fails)
    second = ticker.Periodic("test.works", 1, lambda: ran.append("x"))
    before = dict(ticker.PERIODICS._items)
    ticker.PERIODICS._items = {"a": first, "b": second}
    try:
        now, last = clock.now(), {}
        ticker.run_due(last, now)
        ticker.run_due(last, now + timedelta(seconds=0.5))  # not due again
        ticker.run_due(last, now - timedelta(hours=2))  # the clock jumped back
    finally:
        ticker.PERIODICS._items = before
    assert ran == ["x", "x"]


@pytest.mark.django_db
def test_the_reaper_clears_what_a_killed_worker_left() -> None:
    dead = tasks.tell.enqueue("00000000-0000-4000-8000-00000000dead")
    alive = tasks.tell.enqueue("00000000-0000-4000-8000-00000000beef")
    stale, fresh = (DBTaskResult.objects.get(pk=result.id) for result in (dead, alive))
    DBTaskResult.objects.filter(pk=stale.pk).update(
        status="RUNNING", started_at=clock.now() - queued.STALE - timedelta(seconds=1)
    )
    DBTaskResult.objects.filter(pk=fresh.pk).update(status="RUNNING", started_at=clock.now())
    worker.reap()
    assert DBTaskResult.objects.get(pk=stale.pk).status == "FAILED"
    assert DBTaskResult.objects.get(pk=fresh.pk).status == "RUNNING"


def test_a_lane_survives_a_lost_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any fault of one round leaves the thread alive; it ends when it is told to."""
    lane = worker.LaneWorker(("news",), "w")
    faults: list[Exception] = [OperationalError("gone"), RuntimeError("ours")]
    ended = threading.Event()
    monkeypatch.setattr(worker, "_stop", ended)
    monkeypatch.setattr(worker, "_forget_connections", lambda: None)
    monkeypatch.setattr(ended, "wait", lambda _seconds: None)

    def run() -> None:
        lane.called.set()  # what it did not do is still there, so it is called again
        if faults:
            raise faults.pop(0)
        ended.set()

    lane.called.set()

    monkeypatch.setattr(lane, "run", run)
    lane.loop()
    assert faults == []
    assert ended.is_set()


@pytest.mark.django_db
def test_only_lanes_with_something_to_do_are_called() -> None:
    lanes = [worker.LaneWorker(queues, "w") for queues in worker.LANES]
    DBTaskResult.objects.all().delete()
    worker.call(lanes)
    assert not any(lane.called.is_set() for lane in lanes)
    task = tasks.tell.using(run_after=clock.now() + timedelta(hours=1))
    task.enqueue("00000000-0000-4000-8000-00000000beef")  # "transactional", later
    worker.call(lanes)
    assert not any(lane.called.is_set() for lane in lanes)
    tasks.tell.enqueue("00000000-0000-4000-8000-00000000dead")
    worker.call(lanes)
    assert [lane.queue_names for lane in lanes if lane.called.is_set()] == [["transactional", "alert"]]


class Rounds(threading.Event):
    """Lets a loop run so many rounds of one second."""

    def __init__(self, number: int, clock_: time_machine.Traveller) -> None:
        super().__init__()
        self.left, self.clock = number, clock_

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        self.clock.shift(timeout or 0)
        if not self.left:
            self.set()
        return self.is_set()


@pytest.mark.django_db
def test_a_leader_keeps_its_lease_without_writing_every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticker, "PERIODICS", Registry("none"))
    with (
        time_machine.travel("2026-11-24T10:00:00Z", tick=False) as traveller,
        CaptureQueriesContext(connection) as asked,
    ):
        ticker.run(Rounds(20, traveller), "one")
        assert Lease.objects.get(name="ticker").until >= clock.now() + timedelta(seconds=9)
        assert not ticker.lead("ticker", "two", clock.now())
    assert sum(query["sql"].startswith(("UPDATE", "INSERT")) for query in asked) <= 5
