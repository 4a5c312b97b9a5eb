"""What of a message is out on which account, as the ledger knows it: the base of corrections and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from stadtnah.publishing.channel import Action, Stage
from stadtnah.publishing.models import Delivery
from stadtnah.publishing.states import DeliveryState


@dataclass(frozen=True, slots=True)
class Standing:
    """One account's post of a message, and the row that brought it there last.

    `doubt`: a later row of which nobody knows whether it went out.
    """

    out: bool = False
    remote_id: str = ""
    doubt: Delivery | None = None
    row: Delivery | None = None


def under_way() -> Q:
    """Rows of which it is open whether they are out: being sent, or planned again after a try that broke off."""
    again = Q(state=DeliveryState.PLANNED.value, interrupted_at__isnull=False)
    return Q(state=DeliveryState.SENDING.value) | again


def _maybe_out() -> Q:
    """What is under way, or in doubt, may be out: treated as if it were, until the ledger knows better."""
    return under_way() | Q(state__in=[DeliveryState.SENT.value, DeliveryState.UNKNOWN.value])


def accounts_out(object_key: str) -> set[str]:
    """The accounts where the message is out or may be; what is known to be deleted does not count."""
    return out_of([object_key]).get(object_key, set())


def out_of(object_keys: Iterable[str]) -> dict[str, set[str]]:
    """As `accounts_out`, of several. One query."""
    rows = (
        Delivery.objects.filter(_maybe_out(), object_key__in=list(object_keys))
        .values_list("object_key", "account", "approval__snapshot__number", "action", "state")
        .annotate(last=Max("finished_at"))  # a newsletter has many rows that say the same
        .order_by("approval__snapshot__number", "last")
    )
    out: dict[str, set[str]] = {}
    # Per account only the last word counts.
    for key, account, _number, action, state, _last in rows.iterator(chunk_size=2000):
        there = out.setdefault(key, set())
        if action == Action.DELETE.value and state == DeliveryState.SENT.value:
            there.discard(account)
        else:
            there.add(account)
    return out


def own_surfaces(object_key: str) -> set[str]:
    """The town's own website and feeds, once anything of the message was planned for them, whatever came of it."""
    rows = Delivery.objects.filter(object_key=object_key, stage__lt=int(Stage.OUT))
    return set(rows.values_list("account", flat=True).distinct())


def standing(object_key: str, account: str) -> Standing:
    """What stands on an account with one audience (recipient "")."""
    rows = Delivery.objects.filter(object_key=object_key, account=account, recipient="").filter(
        state__in=[DeliveryState.SENT.value, DeliveryState.UNKNOWN.value]
    )
    found = Standing()
    for row in rows.order_by("approval__snapshot__number", "finished_at"):
        if row.state == DeliveryState.UNKNOWN.value:
            found = Standing(found.out, found.remote_id, row, found.row)
        elif row.action == Action.DELETE.value:
            found = Standing()
        else:
            found = Standing(out=True, remote_id=row.remote_id or found.remote_id, row=row)
    return found
