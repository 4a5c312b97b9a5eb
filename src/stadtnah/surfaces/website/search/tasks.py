"""Thin tasks of the search."""

from __future__ import annotations

from django_tasks import task

from stadtnah.kernel.jobs import queued
from stadtnah.surfaces.website.search import index


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
    if index.waiting() and not queued.alive(take_marked.module_path):
        take_marked.enqueue()


def look_through() -> None:
    """Enqueues the whole comparison, unless it is queued or under way."""
    if not queued.alive(catch_up.module_path):
        catch_up.enqueue()
