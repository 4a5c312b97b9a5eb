"""The worker process: one thread per lane, so that an alert never waits behind a newsletter.

One more thread looks what there is to do and calls the lanes: a cell in which nothing happens costs next to nothing.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import DatabaseError, InterfaceError
from django.dispatch import Signal
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock, ending
from stadtnah.kernel.jobs import queued, ticker, wake

logger = logging.getLogger(__name__)

LANES: tuple[tuple[str, ...], ...] = (
    ("alert",),
    ("transactional", "alert"),
    ("news",),
    ("news",),
    ("default",),
    ("takeover",),  # an old website is read for hours; nothing else waits for that
)
KEPT = timedelta(days=2)
LOOK = 0.5  # seconds between two looks at the queue when nobody says that there is something
GRACE = 8.0  # seconds for the items under way; a deploy waits for less than ten
_stop = threading.Event()
took_over = Signal()  # gone: Callable[[str], bool], whether the worker of that id is surely dead


def stopping() -> bool:
    """Whether this process was asked to end: long work asks between two items."""
    return _stop.is_set()


class LaneWorker(Worker):
    """django-tasks' worker in a thread: it survives a database that restarts, and ends when the process is told to."""

    def __init__(self, queues: tuple[str, ...], worker_id: str) -> None:
        super().__init__(
            queue_names=list(queues),
            interval=LOOK,
            batch=True,  # until nothing is left
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.called = threading.Event()

    def loop(self) -> None:
        """Works when called, until told to stop; a lost database is tried again every second."""
        while not _stop.is_set():
            self.called.wait()
            self.called.clear()
            try:
                self.run()
                _forget_connections()  # each keeps about a megabyte: a lane with nothing to do needs none
            except (DatabaseError, InterfaceError):
                logger.warning("worker: the database does not answer; trying again")
                _forget_connections()
                _stop.wait(1)
            except Exception:
                # A lane that ends while its process lives would leave its work lying, unseen.
                logger.exception("worker: lane %s broke off; going on", self.queue_names)
                _forget_connections()
                _stop.wait(1)


def call(lanes: Sequence[LaneWorker]) -> None:
    """Wakes the lanes for which there is something to do now."""
    there = set(DBTaskResult.objects.ready().order_by().values_list("queue_name", flat=True).distinct())
    for lane in lanes:
        if there.intersection(lane.queue_names):
            lane.called.set()


def _watch(lanes: Sequence[LaneWorker]) -> None:
    """Looks until told to stop, on one connection; a lost database is tried again every second."""
    while not _stop.is_set():
        try:
            call(lanes)
            wake.wait(LOOK)
        except Exception:
            # Without this thread nothing would ever go out.
            logger.warning("worker: the queue cannot be read; trying again", exc_info=True)
            _forget_connections()
            _stop.wait(1)


def name() -> str:
    """Of this process; the ids of its workers are this and one more part, "host-pid-part"."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}"


def take_over() -> None:
    """What workers of this machine left when they were killed need not wait until it grows stale. Before any lane runs."""
    for row in DBTaskResult.objects.filter(status="RUNNING").only("worker_ids"):
        if row.worker_ids and _gone(row.worker_ids[-1]):
            DBTaskResult.objects.filter(pk=row.pk, status="RUNNING").update(
                status="FAILED", finished_at=clock.now()
            )
    took_over.send(sender=LaneWorker, gone=_gone)


def _gone(worker_id: str) -> bool:
    host, _, pid = worker_id.rpartition("-")[0].rpartition("-")
    if host != name().rpartition("-")[0] or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return True  # a predecessor: in a container every start may get the same number
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _forget_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - per thread

    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except (DatabaseError, InterfaceError):
            connection.connection = None


def run(*, with_ticker: bool) -> None:
    """Runs the lanes (and the ticker) until SIGTERM or SIGINT; the item under way is finished first."""
    take_over()
    workers = [LaneWorker(queues, f"{name()}-{number}") for number, queues in enumerate(LANES)]

    until_told = ending.taken(signal.SIGTERM, signal.SIGINT)
    threads = [threading.Thread(target=worker.loop, name=worker.worker_id, daemon=True) for worker in workers]
    threads.append(threading.Thread(target=_watch, args=(workers,), name="watch", daemon=True))
    if with_ticker:
        threads.append(threading.Thread(target=ticker.run, args=(_stop, name()), name="ticker", daemon=True))
    for thread in threads:
        thread.start()
    until_told()
    _stop.set()
    wake.wake()
    for worker in workers:
        worker.running = False
        worker.called.set()
    until = time.monotonic() + GRACE
    for thread in threads:
        thread.join(timeout=max(0.0, until - time.monotonic()))


@ticker.periodic(every=60)
def reap() -> None:
    """Task rows of a killed worker stay RUNNING for ever; the ledger brings their work back, this clears the rows."""
    now = clock.now()
    DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - queued.STALE).update(
        status="FAILED", finished_at=now
    )
    DBTaskResult.objects.filter(finished_at__lt=now - KEPT).delete()
