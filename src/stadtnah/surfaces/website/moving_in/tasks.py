"""Thin tasks: a run in the background, and finding runs whose worker is gone."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.jobs import ticker, worker
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.moving_in import categories, load, release
from stadtnah.surfaces.website.moving_in.models import ImportRun
from stadtnah.surfaces.website.moving_in.subscribed import reader


@task(queue_name="takeover")
def take_over(run_id: str) -> None:
    """Works on a run until it is done or this process is told to end."""
    run = load.advance(run_id, ending=worker.stopping)
    if run is not None:
        reader.again(run)


@task(queue_name="takeover")
def read_calendar(subscription_id: str) -> None:
    """Asks for a subscribed calendar, and begins what there is to do. In this lane, as nothing else may wait for somebody's slow server."""
    run_id = reader.read(subscription_id)
    if run_id is not None:
        take_over.enqueue(str(run_id))


@task(queue_name="default")
def lay_before(run_id: str, user_id: str, address: str) -> None:
    """Gives the drafts of a run to the municipality, and tells it once. `address`: where it decides."""
    by = User.objects.filter(pk=user_id).first()
    done = release.lay_before(run_id, by, ending=worker.stopping) if by else 0
    if by and done:
        run = ImportRun.objects.get(pk=run_id)
        publishing.ask_for_many(done, address, by=by, names=(run.one, run.many))


@task(queue_name="default")
def sort_in(run_id: str, user_id: str) -> int:
    """Writes what was decided about categories into the drafts; what a process that ends leaves is queued for the next."""
    by = User.objects.filter(pk=user_id).first()
    done = categories.sort_in(run_id, by, ending=worker.stopping) if by else 0
    if worker.stopping():
        sort_in.enqueue(run_id, user_id)
    return done


def laying_before(run_id: str) -> bool:
    """Whether that is queued or under way."""
    alive = Q(status="RUNNING", started_at__gt=clock.now() - load.STALE)
    rows = DBTaskResult.objects.filter(Q(status="READY") | alive, task_path=lay_before.module_path)
    return bool(rows.filter(args_kwargs__args__0=run_id).exists())


def _sort_on() -> None:
    """What a worker was killed at is queued anew; one that failed of itself has said why, and would fail again."""
    killed = DBTaskResult.objects.filter(
        status="FAILED", task_path=sort_in.module_path, exception_class_path=""
    )
    for row in killed:
        with transaction.atomic():
            sort_in.enqueue(*row.args_kwargs["args"])
            row.delete()


@ticker.periodic(every=60)
def wake_calendars() -> None:
    """Subscribed calendars whose time has come get a task unless one is queued."""
    for key in reader.due().values_list("pk", flat=True):
        if not _queued(read_calendar.module_path, str(key)):
            read_calendar.enqueue(str(key))


def _queued(path: str, argument: str) -> bool:
    args = {"args": [argument], "kwargs": {}}
    rows = DBTaskResult.objects.filter(status="READY", task_path=path, args_kwargs=args)
    return bool(rows.exists())


@ticker.periodic(every=10)
def wake() -> None:
    """Waiting runs, and those whose worker was killed, get a task unless one is queued."""
    _sort_on()
    for run in load.waiting():
        if not _queued(take_over.module_path, str(run.pk)):
            take_over.enqueue(str(run.pk))
