"""Whether a job is on its way already: periodic work asks before it enqueues another one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock

STALE: Final = timedelta(minutes=15)  # what has run for so long was killed


def alive(path: str) -> bool:
    """Whether a job of this module path is queued or under way."""
    running = Q(status="RUNNING", started_at__gt=clock.now() - STALE)
    return bool(DBTaskResult.objects.filter(Q(status="READY") | running, task_path=path).exists())


def waits(lane: str) -> bool:
    """Whether a job waits in this lane: long work steps aside for it."""
    return bool(DBTaskResult.objects.ready().filter(queue_name=lane).exists())
