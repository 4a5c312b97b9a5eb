"""Requests that nobody answers: a reminder when the date draws near, then the deputies are asked."""

from __future__ import annotations

from datetime import timedelta

from stadtnah.kernel import clock
from stadtnah.kernel.jobs import ticker
from stadtnah.publishing import approval, notices
from stadtnah.publishing.models import ReleaseRequest
from stadtnah.publishing.states import RequestState

NEAR = timedelta(hours=4)
CLOSE = timedelta(hours=1)
QUIET = timedelta(hours=24)  # without a wish date: after a day
# Whoever was asked just now is not reminded, however near the date is; the deputies are asked.
FRESH = timedelta(hours=2)


@ticker.periodic(every=60)
def remind() -> None:
    """One reminder, one escalation per request."""
    now = clock.now()
    for request in ReleaseRequest.objects.filter(state=RequestState.OPEN.value, escalated_at=None):
        fresh = now - request.submitted_at < FRESH
        left = approval.due(request.wish) - now if request.wish else request.submitted_at + 2 * QUIET - now
        if left <= (CLOSE if request.wish else timedelta(0)):
            if ReleaseRequest.objects.filter(pk=request.pk, escalated_at=None).update(escalated_at=now):
                notices.ask_approvers(str(request.pk), reminder=not fresh, escalated=True)
        elif fresh or left > (NEAR if request.wish else QUIET):
            continue
        elif ReleaseRequest.objects.filter(pk=request.pk, reminded_at=None).update(reminded_at=now):
            notices.ask_approvers(str(request.pk), reminder=True)
