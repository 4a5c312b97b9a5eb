"""Thin tasks of the website."""

from __future__ import annotations

from django_tasks import task

from stadtnah.kernel.jobs import queued
from stadtnah.surfaces.website import indexnow, publish, renewal, sweep


@task(queue_name="default")
def renew_pages(build: str) -> None:
    """Makes the stored pages of an older build anew. A job that another build left in the queue does nothing."""
    if build == renewal.build_id() and renewal.due():
        renewal.renew()


@task(queue_name="default")
def settle() -> None:
    """Bakes what is stale. Not in the ticker's thread: after a change to the frame it takes as long as the website is large."""
    publish.settle()


@task(queue_name="default")
def announce() -> None:
    """Tells search engines what changed, where the operator wants it."""
    indexnow.announce()


@task(queue_name="default")
def sweep_store() -> None:
    """Puts right what differs from what was released. Before the pages of this build are made there is nothing to compare."""
    if not renewal.due():
        sweep.heal()


def wake_settle() -> None:
    """Enqueues it when something is stale, unless it is queued or under way."""
    if publish.due() and not queued.alive(settle.module_path):
        settle.enqueue()


def wake_sweep() -> None:
    """Enqueues it, unless it is queued or under way."""
    if not queued.alive(sweep_store.module_path):
        sweep_store.enqueue()


def wake_indexnow() -> None:
    """Enqueues it when something is to be told, unless it is queued or under way."""
    if indexnow.waiting() and not queued.alive(announce.module_path):
        announce.enqueue()


def wake() -> None:
    """Enqueues it where it is due, unless it is queued or under way."""
    if not renewal.due():
        return
    if not queued.alive(renew_pages.module_path):
        renew_pages.enqueue(renewal.build_id())
