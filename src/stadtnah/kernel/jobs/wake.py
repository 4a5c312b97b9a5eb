"""Wakes the worker the moment a job is queued. A hint like the queue itself: without it the worker looks twice a second.

A pipe: the cell's web process forks its worker, so both hold its ends. A worker started by itself wakes only itself.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from typing import Any, Final

from django.db import transaction
from django.dispatch import receiver
from django_tasks.signals import task_enqueued

_MOST: Final = 4096  # bytes read at once; one byte is as good as many

_listen, _say = os.pipe()
for _end in (_listen, _say):
    os.set_blocking(_end, False)  # a pipe that nobody reads is full one day: nothing waits for it


def wake() -> None:
    """Whoever waits looks now."""
    with suppress(BlockingIOError):  # full: woken already
        os.write(_say, b".")


def wait(seconds: float) -> bool:
    """Waits until `wake` is called, at most so long; whether it was, since the last time."""
    called, _, _ = select.select([_listen], [], [], seconds)
    if called:
        with suppress(BlockingIOError):
            os.read(_listen, _MOST)
    return bool(called)


@receiver(task_enqueued)
def _queued(**_: Any) -> None:
    # The worker sees the row once it is committed.
    transaction.on_commit(wake)
