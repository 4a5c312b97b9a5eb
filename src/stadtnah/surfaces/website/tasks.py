"""Thin tasks of the website."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.surfaces.website import renewal

_STALE = timedelta(minutes=15)


@task(queue_name="default")
def renew_pages(build: str) -> None:
    """Makes the stored pages of an older build anew. A job that another build left in the queue does nothing."""
    if build == renewal.build_id() and renewal.due():
        renewal.renew()


def wake() -> None:
    """Enqueues it where it is due, unless it is queued or under way."""
    if not renewal.due():
        return
    alive = Q(status="RUNNING", started_at__gt=clock.now() - _STALE)
    rows = DBTaskResult.objects.filter(Q(status="READY") | alive, task_path=renew_pages.module_path)
    if not rows.exists():
        renew_pages.enqueue(renewal.build_id())
