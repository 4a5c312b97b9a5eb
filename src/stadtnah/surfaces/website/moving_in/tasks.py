"""Thin tasks: a run in the background, and finding runs whose worker is gone."""

from __future__ import annotations

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.jobs import ticker, worker
from stadtnah.surfaces.website.moving_in import load


@task(queue_name="default")
def take_over(run_id: str) -> None:
    """Works on a run until it is done or this process is told to end."""
    load.advance(run_id, ending=worker.stopping)


@ticker.periodic(every=10)
def wake() -> None:
    """Waiting runs, and those whose worker was killed, get a task unless one is queued."""
    for run in load.waiting():
        args = {"args": [str(run.pk)], "kwargs": {}}
        queued = DBTaskResult.objects.filter(
            status="READY", task_path=take_over.module_path, args_kwargs=args
        )
        if not queued.exists():
            take_over.enqueue(str(run.pk))


@ticker.periodic(every=86_400)
def clear() -> None:
    """Files of runs that nobody went on with do not stay for ever."""
    load.expire()
