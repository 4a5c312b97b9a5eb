"""Rows of the ledger out of a released snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import accounts, snapshot
from stadtnah.publishing.channel import Action
from stadtnah.publishing.dispatch import claim
from stadtnah.publishing.models import ChannelAccount, Delivery, Dispatch, Revocation
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
        if _still_sending(dispatch.continues):
            return 0  # who may have got it is known only when these rows are settled; the ticker asks again
        body = snapshot.opened(dispatch.approval.snapshot)
        had = _had(dispatch.continues)
        rows = (row for entry in body["channels"] if not entry["kept"] for row in _rows(dispatch, entry, had))
        count = 0
        while batch := list(islice(rows, BATCH)):
            Delivery.objects.bulk_create(batch)
            count += len(batch)
        dispatch.state, dispatch.planned_at = DispatchState.PLANNED.value, clock.now()
        dispatch.save(update_fields=["state", "planned_at"])
        audit.record(
            "dispatch.planned", subject=dispatch.object_key, data={"digest": digest, "deliveries": count}
        )
    return count


def _chain(continues: str) -> Iterator[str]:
    """The digests of the dispatches that one takes up again, the latest first."""
    while continues:
        yield continues
        before = Dispatch.objects.filter(pk=continues).only("continues").first()
        continues = before.continues if before else ""


def _still_sending(continues: str) -> bool:
    chain = list(_chain(continues))
    return Delivery.objects.filter(claim.under_way(), approval_id__in=chain).exists()


def _had(continues: str) -> set[tuple[str, str]]:
    """Who got (or may have got) it in the dispatches that this one continues."""
    had: set[tuple[str, str]] = set()
    rows = Delivery.objects.filter(
        approval_id__in=list(_chain(continues)),
        state__in=[DeliveryState.SENT.value, DeliveryState.UNKNOWN.value],
    )
    had.update(rows.values_list("account", "recipient").iterator(chunk_size=5000))
    return had


def _rows(dispatch: Dispatch, entry: dict[str, Any], had: set[tuple[str, str]]) -> Iterator[Delivery]:
    row = ChannelAccount.objects.filter(pk=entry["account"]).first()
    channel = CHANNELS.get(entry["channel"])
    if row is None or channel is None:
        return
    single = entry["action"] != Action.CREATE.value
    recipients = ("",) if single else channel.recipients(entry["body"], accounts.view(row))
    for recipient in recipients:
        if (row.key, recipient) not in had:
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


def hand_on(row: Delivery) -> None:
    """A recipient who did not get a stopped version, as a person found out, belongs to the dispatch that took it up."""
    digest, successor = row.approval_id, None
    while found := Dispatch.objects.filter(continues=digest).exclude(pk=digest).first():
        digest, successor = found.pk, found
    # One that is not planned yet finds the recipient by itself; one that ended by a stop sends nothing.
    if successor is None or successor.planned_at is None or Revocation.objects.filter(pk=digest).exists():
        return
    now = clock.now()
    _, made = Delivery.objects.get_or_create(
        approval_id=digest,
        account=row.account,
        recipient=row.recipient,
        defaults={
            "object_key": row.object_key,
            "channel": row.channel,
            "action": row.action,
            "stage": row.stage,
            "lane": successor.lane,
            "state": DeliveryState.PLANNED.value,
            "due_at": now,
            "next_try_at": now,
        },
    )
    if made:
        Dispatch.objects.filter(pk=digest).update(state=DispatchState.PLANNED.value)
