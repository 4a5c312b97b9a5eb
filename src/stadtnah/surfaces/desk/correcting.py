"""What a correction cannot change, and whom a correction mail would reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stadtnah.publishing import api as publishing
from stadtnah.publishing.states import DeliveryState


@dataclass(frozen=True, slots=True)
class Unchangeable:
    """An account where an earlier version is out for good.

    `reached`: how many got it; `now`: how many a correction would go to today; `subject` as it would read.
    """

    label: str
    reached: int
    now: int
    subject: str


def unchangeable(object_key: str, entries: Iterable[publishing.Entry]) -> dict[str, Unchangeable]:
    """The accounts of a draft that can only send anew, by key; two queries for each."""
    return {
        entry.account.key: Unchangeable(
            entry.account.label,
            _reached(object_key, entry.account.key),
            entry.channel.audience(entry.rendered.body, publishing.view(entry.account)) or 0,
            str(entry.rendered.body.get("subject", "")),
        )
        for entry in entries
        if entry.again and not entry.channel.can_update
    }


def _reached(object_key: str, account: str) -> int:
    rows = publishing.Delivery.objects.filter(
        object_key=object_key, account=account, state=DeliveryState.SENT.value
    )
    return rows.values("recipient").distinct().count()
