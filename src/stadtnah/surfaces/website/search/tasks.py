"""Thin tasks of the search."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.surfaces.website.search import index

_STALE = timedelta(minutes=15)


@task(queue_name="default")
def take_marked() -> None:
    """Indexes what was released or withdrawn."""
    index.take_marked()


@task(queue_name="default")
def catch_up() -> None:
    """Makes the index what it should be: after an update, after a backup was put back, after a fault."""
    index.catch_up()


def wake() -> None:
    """Enqueues it when something waits, unless it is queued or under way."""
    if index.waiting() and not _alive(take_marked.module_path):
        take_marked.enqueue()


def look_through() -> None:
    """Enqueues the whole comparison, unless it is queued or under way."""
    if not _alive(catch_up.module_path):
        catch_up.enqueue()


def _alive(path: str) -> bool:
    running = Q(status="RUNNING", started_at__gt=clock.now() - _STALE)
    return bool(DBTaskResult.objects.filter(Q(status="READY") | running, task_path=path).exists())
