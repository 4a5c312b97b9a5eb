"""Thin tasks: each calls one verb. All may run twice without harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.jobs import ticker, worker
from stadtnah.publishing import bulk, notices
from stadtnah.publishing.dispatch import claim, reconcile
from stadtnah.publishing.dispatch import deliver as sending
from stadtnah.publishing.dispatch import plan as planning
from stadtnah.publishing.models import Dispatch
from stadtnah.publishing.states import Lane


@task(queue_name="transactional")
def plan(digest: str) -> int:
    """Plans a due dispatch and starts sending."""
    planned = planning.plan(digest)
    wake()
    return planned


@task(queue_name="news")
def deliver(account_key: str, lane: int) -> int:
    """Sends what is due for one account, then wakes what waited for it (the page is there now)."""
    done = sending.deliver(account_key, lane)
    if done:
        wake()
    return done


@task(queue_name="transactional")
def ask(request_id: str) -> int:
    """Mails the approvers."""
    return notices.ask_approvers(request_id)


@task(queue_name="transactional")
def tell(request_id: str) -> int:
    """Mails the editor what was decided."""
    return notices.tell_editor(request_id)


@task(queue_name="news")
def release_bulk(bulk_id: str) -> bool:
    """Carries out an approver's click on a list for one turn, and asks for the next one."""
    more = bulk.advance(bulk_id, ending=worker.stopping)
    if more and not worker.stopping():
        release_bulk.enqueue(bulk_id)
    return more


@ticker.periodic(every=5)
def wake_bulks() -> None:
    """Clicks whose worker was killed get a task unless one is queued."""
    for bulk_id in bulk.open_ones():
        if not _queued(release_bulk, [bulk_id]):
            release_bulk.enqueue(bulk_id)


@ticker.periodic(every=1)
def wake() -> None:
    """Due dispatches and claimable rows get a task, unless one is queued already."""
    for digest in reconcile.due_dispatches():
        if not _queued(plan, [digest]):
            plan.enqueue(digest)
    for account, lane in reconcile.waiting_accounts():
        if not _queued(deliver, [account, lane]):
            deliver.using(queue_name=Lane(lane).queue).enqueue(account, lane)


def _queued(work: object, args: list[object]) -> bool:
    """Whether this very task is waiting or running. A killed worker's row says RUNNING for ever: it counts for one lease."""
    path = getattr(work, "module_path", "")
    alive = Q(status="RUNNING", started_at__gt=clock.now() - claim.LEASE)
    return bool(
        DBTaskResult.objects.filter(Q(status="READY") | alive, task_path=path)
        .filter(args_kwargs={"args": args, "kwargs": {}})
        .exists()
    )


@receiver(worker.took_over)
def _settle_what_was_left(gone: Callable[[str], bool], **_: Any) -> None:
    reconcile.end_leases_of(gone)


@ticker.periodic(every=5)
def reconcile_ledger() -> None:
    """Finds what a lost job or a killed worker left behind."""
    reconcile.settle_expired_leases()
    reconcile.stop_rows_of_ended_releases()
    reconcile.settle_interrupted_rows()
    reconcile.give_up_behind_a_missing_page()
    reconcile.close_finished_dispatches()


def waiting() -> int:
    """How many dispatches wait for their time (metrics)."""
    return Dispatch.objects.filter(state="waiting").count()
