"""Releases that end before they went out (edited, revoked, replaced, their mandate over), and those that are halted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.models import Delivery, Dispatch, Halt, ReleaseRequest, Revocation
from stadtnah.publishing.states import RUNNING, DeliveryState, DispatchState, Ended, RequestState

_ENDED_TEXT = {
    Ended.EDITED: "Nach der Freigabe geändert. Bitte neu zur Freigabe geben.",
    Ended.REVOKED: "Die Freigabe wurde widerrufen.",
    Ended.MANDATE: "Die Vollmacht der Agentur ist beendet.",
    Ended.REPLACED: "Durch eine neue Fassung ersetzt.",
}


def pending(object_key: str) -> list[Dispatch]:
    """What is released of this message and not done, locked until the transaction ends."""
    return list(_not_done(object_key).select_for_update(of=("self",)).select_related("approval__snapshot"))


def is_pending(object_key: str) -> bool:
    """Whether there is any; locks nothing."""
    return _not_done(object_key).exists()


def in_work(object_keys: Iterable[str]) -> set[str]:
    """Which of these lie before the municipality, or are released and not through. Two queries."""
    keys = list(object_keys)
    asked = ReleaseRequest.objects.filter(object_key__in=keys, state=RequestState.OPEN.value)
    states = [DispatchState.WAITING.value, DispatchState.PLANNED.value]
    going = Dispatch.objects.filter(object_key__in=keys, state__in=states)
    return {*asked.values_list("object_key", flat=True), *going.values_list("object_key", flat=True)}


def _not_done(object_key: str) -> QuerySet[Dispatch]:
    states = [DispatchState.WAITING.value, DispatchState.PLANNED.value]
    return Dispatch.objects.filter(object_key=object_key, state__in=states)


def end_pending(object_key: str, by: User | None, why: Ended) -> bool:
    """Ends whatever of this message has not left; False when nothing was waiting."""
    ended = pending(object_key)
    for dispatch in ended:
        end(dispatch, by, why)
    return bool(ended)


def end(dispatch: Dispatch, by: User | None, why: Ended) -> None:
    """Nothing new leaves under this digest: revocation row, then the planned rows are stopped."""
    now = clock.now()
    running = Delivery.objects.filter(approval_id=dispatch.pk).exclude(state=DeliveryState.SENT.value)
    waiting = dispatch.state == DispatchState.WAITING.value
    if waiting or running.exists():
        Revocation.objects.get_or_create(
            approval_id=dispatch.pk, defaults={"at": now, "by": by, "why": why.value}
        )
        # What a try of may have arrived is looked up first (`reconcile.settle_interrupted_rows`).
        running.filter(state=DeliveryState.PLANNED.value, interrupted_at=None).update(
            state=DeliveryState.STOPPED.value, finished_at=now, reason=_ENDED_TEXT[why]
        )
        if why is not Ended.REPLACED:
            audit.record(
                f"release.{why.value}", actor=by, subject=dispatch.object_key, data={"digest": dispatch.pk}
            )
    Dispatch.objects.filter(pk=dispatch.pk).update(state=DispatchState.ENDED.value)


def halt_pending(object_key: str, by: User) -> bool:
    """Halts whatever of this message has not left; False when nothing was waiting. Call it in a transaction."""
    found = False
    for dispatch in pending(object_key):
        running = Delivery.objects.filter(approval_id=dispatch.pk, state__in=[s.value for s in RUNNING])
        if dispatch.state != DispatchState.WAITING.value and not running.exists():
            continue
        found = True
        _halt, made = Halt.objects.get_or_create(
            approval_id=dispatch.pk, lifted_at=None, defaults={"at": clock.now(), "by": by}
        )
        if made:
            audit.record("release.stopped", actor=by, subject=object_key, data={"digest": dispatch.pk})
    return found


def end_plans_of(user: User) -> None:
    """A mandate is over: what its person laid before the municipality, or has planned, ends at once."""
    now = clock.now()
    with transaction.atomic():
        ReleaseRequest.objects.filter(submitted_by=user, state=RequestState.OPEN.value).update(
            state=RequestState.VOID.value, decided_at=now, reason=_ENDED_TEXT[Ended.MANDATE]
        )
        for dispatch in Dispatch.objects.filter(
            approval__snapshot__created_by=user, state=DispatchState.WAITING.value
        ).select_related("approval__snapshot"):
            end(dispatch, None, Ended.MANDATE)
