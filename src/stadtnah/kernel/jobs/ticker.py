"""Periodic work, run by one leader of all processes.

Each work is short (it looks what is due and enqueues), so the ticker runs them one after the other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, InterfaceError, close_old_connections, transaction

from stadtnah.kernel import clock
from stadtnah.kernel.jobs.models import Lease, PeriodicRun
from stadtnah.kernel.registry import Registry

logger = logging.getLogger(__name__)
LEASE_SECONDS = 15
RENEW_SECONDS = 5  # a leader writes only this often


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function and the seconds between two runs."""

    name: str
    every: int
    run: Callable[[], None]


PERIODICS: Registry[Periodic] = Registry("periodic work")


def periodic(*, every: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declares periodic work: `@periodic(every=10)` (seconds). It must be idempotent."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__qualname__}"
        PERIODICS.register(name, Periodic(name, every, function))
        return function

    return declare


def lead(name: str, holder: str, now: datetime) -> bool:
    """Takes or renews the named lease; False while another living holder has it."""
    with transaction.atomic():
        until = now + timedelta(seconds=LEASE_SECONDS)
        lease = Lease.objects.select_for_update().filter(name=name).first()
        if lease is None:
            _, made = Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": until})
            return made
        # An end far beyond any lease comes from a clock that jumped back: that holder is not believed. The room is
        # for clocks of two machines, and for a `now` that was read before waiting for this row.
        far = until + timedelta(seconds=LEASE_SECONDS)
        if lease.holder != holder and now < lease.until <= far:
            return False
        lease.holder, lease.until = holder, until
        lease.save()
        return True


def run_due(last: dict[str, datetime], now: datetime) -> None:
    """Runs every periodic work whose time has come; a failing one is logged and does not stop the others."""
    for work in PERIODICS:
        before = last.get(work.name)
        # A clock that jumped back must not silence the work for hours.
        if before and before <= now < before + timedelta(seconds=work.every):
            continue
        last[work.name] = now
        _run(work)


def _run(work: Periodic) -> None:
    noted = work.every >= 60  # noqa: PLR2004 - a row per minute is worth keeping, one per second is not
    if noted:
        PeriodicRun.objects.update_or_create(
            name=work.name, defaults={"started_at": clock.now(), "finished_at": None, "failed": False}
        )
    failed = False
    try:
        work.run()
    except Exception:
        failed = True
        logger.exception("periodic work %s failed", work.name)
    if noted:
        PeriodicRun.objects.filter(name=work.name).update(finished_at=clock.now(), failed=failed)


def run(stopped: Event, holder: str) -> None:
    """The ticker's loop: leads when it can, else waits to take over. Ends when `stopped` is set."""
    last: dict[str, datetime] = {}
    renewed: datetime | None = None  # when the lease was taken or renewed; None while another one leads
    while not stopped.is_set():
        try:
            now = clock.now()
            if not (renewed and renewed <= now < renewed + timedelta(seconds=RENEW_SECONDS)):
                renewed = now if lead("ticker", holder, now) else None
            if renewed:
                run_due(last, now)
        except (DatabaseError, InterfaceError):
            logger.warning("ticker: the database does not answer; trying again")
            close_old_connections()
            renewed = None
        stopped.wait(1)
