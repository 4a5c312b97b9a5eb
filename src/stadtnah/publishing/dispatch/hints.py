"""Hints for the job queue. The tables are the truth: a lost hint costs seconds, the ticker finds the work."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.publishing.models import Dispatch, ReleaseRequest


def dispatch_due(dispatch: Dispatch) -> None:
    """Asks a worker to plan at once when the time has come."""
    from stadtnah.publishing import tasks  # noqa: PLC0415 - tasks import the verbs that call this

    if dispatch.due_at <= clock.now():
        transaction.on_commit(partial(tasks.plan.enqueue, dispatch.pk))


def request_submitted(request: ReleaseRequest) -> None:
    """The approvers get their mail."""
    from stadtnah.publishing import tasks  # noqa: PLC0415 - as above

    transaction.on_commit(partial(tasks.ask.enqueue, str(request.pk)))


def request_decided(request: ReleaseRequest) -> None:
    """The editor hears what was decided."""
    from stadtnah.publishing import tasks  # noqa: PLC0415 - as above

    transaction.on_commit(partial(tasks.tell.enqueue, str(request.pk)))
