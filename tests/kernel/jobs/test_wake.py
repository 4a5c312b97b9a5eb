"""A queued job is looked at when it is committed, not at the next look."""

from __future__ import annotations

import multiprocessing
import sys

import pytest
from django.db import transaction

from stadtnah.kernel.jobs import wake
from stadtnah.publishing import tasks

JOB = "00000000-0000-4000-8000-00000000beef"


@pytest.fixture(autouse=True)
def _asleep() -> None:
    while wake.wait(0):
        pass


@pytest.mark.django_db(transaction=True)
def test_a_queued_job_wakes_the_worker_once_it_is_committed() -> None:
    with transaction.atomic():
        tasks.tell.enqueue(JOB)
        tasks.tell.enqueue(JOB)
        assert not wake.wait(0)  # nobody could see it
    assert wake.wait(0)
    assert not wake.wait(0)  # many are one


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_taken_back_wakes_nobody() -> None:
    with transaction.atomic():
        tasks.tell.enqueue(JOB)
        transaction.set_rollback(True)
    assert not wake.wait(0)


def test_a_forked_worker_is_woken_by_the_web_process() -> None:
    processes = multiprocessing.get_context("fork")
    worker = processes.Process(target=lambda: sys.exit(0 if wake.wait(60) else 1))
    worker.start()
    wake.wake()
    worker.join()
    assert worker.exitcode == 0


def test_a_pipe_that_nobody_reads_holds_nobody_up() -> None:
    for _ in range(100_000):
        wake.wake()
    assert wake.wait(0)
