"""Thin tasks of the reports on quality. They step aside for whatever else waits in their lane."""

from __future__ import annotations

from django_tasks import task

from stadtnah.kernel.jobs import queued, worker
from stadtnah.surfaces.website.quality import asking, reading

_LANE = "default"
_MOST = 500  # pages read in one go


@task(queue_name=_LANE)
def read_pages() -> None:
    """Reads what was released or saved."""
    reading.catch_up(_MOST, stop=_others_wait)


@task(queue_name=_LANE)
def ask_websites() -> None:
    """Asks other websites whether what is linked to is still there."""
    asking.ask_some(stop=_others_wait)


def wake() -> None:
    """Enqueues what there is to do, unless it is queued or under way."""
    for job, waiting in ((read_pages, reading.waiting), (ask_websites, asking.waiting)):
        if not queued.alive(job.module_path) and waiting():
            job.enqueue()


def _others_wait() -> bool:
    return worker.stopping() or queued.waits(_LANE)
