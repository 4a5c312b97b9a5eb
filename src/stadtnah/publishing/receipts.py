"""What people decide about deliveries: unknown ones, and accounts that were held."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.models import Approval, ChannelAccount, Delivery, Revocation
from stadtnah.publishing.states import DeliveryState


def resolve_unknown(delivery_id: UUID | str, *, by: User, arrived: bool) -> Delivery:
    """A person looked at the channel: it is there, or it shall be sent again. Raises Http404 when nothing is open."""
    access.require(by, Action.DISPATCH_RESOLVE)
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update()
            .filter(pk=delivery_id, state__in=[DeliveryState.UNKNOWN.value, DeliveryState.FAILED.value])
            .first()
        )
        if row is None:
            raise Http404
        row.decided_by, row.interrupted_at = by, None
        if arrived:
            row.state, row.finished_at = DeliveryState.SENT.value, clock.now()
        elif _over(row):
            row.state = DeliveryState.STOPPED.value
        else:
            row.state, row.next_try_at, row.finished_at = DeliveryState.PLANNED.value, clock.now(), None
            row.due_at = row.next_try_at
            row.approval.dispatch.__class__.objects.filter(pk=row.approval_id).update(state="planned")
        row.save()
        _wake_what_waited(row)
        audit.record(
            "delivery.resolved",
            actor=by,
            subject=row.object_key,
            data={"delivery": str(row.pk), "account": row.account, "arrived": arrived},
        )
    return row


def _wake_what_waited(row: Delivery) -> None:
    """A correction or deletion that waited for this answer is due now."""
    Delivery.objects.filter(
        object_key=row.object_key, account=row.account, state=DeliveryState.PLANNED.value
    ).update(next_try_at=clock.now())


def _over(row: Delivery) -> bool:
    """Whether the release ended or a later one took its place: an old version must not follow a new one."""
    later = Approval.objects.filter(snapshot__object_key=row.object_key, at__gt=row.approval.at)
    return later.exists() or Revocation.objects.filter(pk=row.approval_id).exists()


def take_up_account(account_key: str, *, by: User) -> None:
    """After a reconnect: what is held goes on."""
    access.require(by, Action.CHANNELS_MANAGE)
    with transaction.atomic():
        ChannelAccount.objects.filter(pk=account_key).update(
            held_at=None, held_reason="", failures=0, open_until=None
        )
        Delivery.objects.filter(account=account_key, state=DeliveryState.PLANNED.value).update(
            next_try_at=clock.now()
        )
        audit.record("account.taken_up", actor=by, subject=f"account:{account_key}")
