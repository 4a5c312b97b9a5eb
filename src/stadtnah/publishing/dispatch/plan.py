"""Rows of the ledger out of a released snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import accounts, embargo, snapshot
from stadtnah.publishing.channel import Action
from stadtnah.publishing.models import ChannelAccount, Delivery, Dispatch, Halt
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import DeliveryState, DispatchState

BATCH = 1000


def plan(digest: str) -> int:
    """Writes the deliveries of a due dispatch, once; returns how many. A second call or a crash changes nothing."""
    with transaction.atomic():
        dispatch = (
            Dispatch.objects.select_for_update(of=("self",))
            .filter(pk=digest, state=DispatchState.WAITING.value, due_at__lte=clock.now())
            .select_related("approval__snapshot")
            .first()
        )
        if dispatch is None:
            return 0
        if Halt.objects.filter(approval_id=digest, lifted_at=None).exists():
            return 0
        body = snapshot.opened(dispatch.approval.snapshot)
        if embargo.too_early(body):
            return 0
        rows = (row for entry in body["channels"] if not entry["kept"] for row in _rows(dispatch, entry))
        count = 0
        while batch := list(islice(rows, BATCH)):
            Delivery.objects.bulk_create(batch)
            count += len(batch)
        dispatch.state, dispatch.planned_at = DispatchState.PLANNED.value, clock.now()
        dispatch.save(update_fields=["state", "planned_at"])
        audit.record(
            "dispatch.planned",
            subject=dispatch.object_key,
            data={"digest": digest, "deliveries": count},
            anchored=True,
        )
    return count


def _rows(dispatch: Dispatch, entry: dict[str, Any]) -> Iterator[Delivery]:
    row = ChannelAccount.objects.filter(pk=entry["account"]).first()
    channel = CHANNELS.get(entry["channel"])
    if row is None or channel is None:
        return
    single = entry["action"] != Action.CREATE.value
    recipients = ("",) if single else channel.recipients(entry["body"], accounts.view(row))
    for recipient in recipients:
        yield Delivery(
            approval_id=dispatch.pk,
            object_key=dispatch.object_key,
            account=row.key,
            channel=row.channel,
            recipient=recipient,
            action=entry["action"],
            stage=int(channel.stage),
            lane=dispatch.lane,
            state=DeliveryState.PLANNED.value,
            due_at=dispatch.due_at,
            next_try_at=dispatch.due_at,
        )
