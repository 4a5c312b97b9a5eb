"""After a backup was put back: what may have gone out since then is not sent a second time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import holding
from stadtnah.publishing.channel import Action, Stage
from stadtnah.publishing.dispatch import plan, reconcile
from stadtnah.publishing.models import Delivery
from stadtnah.publishing.states import RUNNING, DeliveryState

_DOUBT = (
    "Aus einer Sicherung zurückgespielt: Ob dies danach noch hinausging, ist nicht bekannt. Bitte sehen Sie dort nach und "
    "sagen Sie es im Nachweis."
)
# There, twice is as once: pages and feeds are made again from what is released, what is gone stays gone.
_HARMLESS = Q(stage=int(Stage.SITE)) & ~holding.revoked() | Q(action=Action.DELETE.value)


def hold_doubtful(saved_at: datetime, *, mails: int = 0) -> int:
    """Everything that was due by now becomes "unknown", so that a person decides; returns how many deliveries.

    mails: to single people, held beside them, for the log.
    Call it before a worker runs. What is due later is untouched: nobody can have sent it yet.
    """
    with transaction.atomic():
        for digest in reconcile.due_dispatches():
            plan.plan(digest)
        held = _hold()
        audit.record(
            "cell.restored", data={"saved_at": saved_at.isoformat(), "doubtful": held, "mails": mails}
        )
    return held


def _hold() -> int:
    now = clock.now()
    due = Delivery.objects.filter(due_at__lte=now, state__in=[state.value for state in RUNNING])
    held = due.exclude(_HARMLESS).update(
        state=DeliveryState.UNKNOWN.value, reason=_DOUBT, finished_at=now, claimed_by="", lease_until=None
    )
    due.filter(state=DeliveryState.SENDING.value).update(
        state=DeliveryState.PLANNED.value, claimed_by="", lease_until=None, begun_at=None, next_try_at=now
    )
    return held
