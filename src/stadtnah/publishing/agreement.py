"""Whether the tables say what the log says: a row that somebody wrote past the release has no entry, and the other way round.

The chain alone shows that the log was not changed; it does not show what was never written into it.

The cell goes on meanwhile: the log is read first, so every entry must have its row; a row without its entry may have come after
that, and the log is asked for it once more. Entry and row are one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import snapshot
from stadtnah.publishing.models import Approval, Delivery, Snapshot
from stadtnah.publishing.states import DeliveryState

_STEP = 1000
_LEFT = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN)


def contradictions() -> Iterator[str]:
    """Every place where snapshots, releases and deliveries do not agree with themselves or with the log, in German."""
    yield from _damaged()
    yield from _releases()
    yield from _deliveries()


def _damaged() -> Iterator[str]:
    for row in Snapshot.objects.order_by("object_key", "number").iterator(chunk_size=_STEP):
        try:
            body = snapshot.opened(row)
        except snapshot.SnapshotDamaged as problem:
            yield f"{problem} ({row.object_key})"
            continue
        if (row.kind, row.object_key, row.number) != (
            body.get("kind"),
            body.get("object"),
            body.get("number"),
        ):
            yield f"Fassung {row.digest[:12]} gehört nicht zu {row.object_key}, Nummer {row.number}."


def _releases() -> Iterator[str]:
    """A withdrawal is a release, too."""
    logged = {entry.data.get("digest"): entry.actor for entry in audit.of_event("released")}
    rows = Approval.objects.order_by("at").values_list("pk", "approver_id", "snapshot__object_key")
    for digest, approver, key in rows.iterator(chunk_size=_STEP):
        actor = logged.pop(digest, None) or _released_since(digest, key)
        if actor is None:
            yield f"Freigabe {digest[:12]} ({key}) steht nicht im Protokoll."
        elif actor != f"user:{approver}":
            yield f"Freigabe {digest[:12]} ({key}) nennt eine andere Person als das Protokoll."
    for digest in logged:
        yield f"Freigabe {str(digest)[:12]} steht im Protokoll und fehlt in der Datenbank."


def _released_since(digest: str, key: str) -> str | None:
    entries = audit.of_subject(key, "released")
    return next((entry.actor for entry in entries if entry.data.get("digest") == digest), None)


def _deliveries() -> Iterator[str]:
    planned: dict[str, int] = {}
    for entry in audit.of_event("dispatch.planned"):
        digest = str(entry.data.get("digest"))
        planned[digest] = planned.get(digest, 0) + _deliveries_in(entry.data)
    left = Delivery.objects.filter(state__in=[state.value for state in _LEFT])
    counted = left.order_by().values_list("approval_id", "object_key").annotate(number=Count("pk"))
    for digest, key, number in counted:
        if number <= planned.get(digest, 0):
            continue
        entries = audit.of_subject(key, "dispatch.planned")
        since = sum(_deliveries_in(entry.data) for entry in entries if entry.data.get("digest") == digest)
        if number > since:
            yield (
                f"Zur Freigabe {digest[:12]} ({key}) gibt es {number} Zustellungen, im Protokoll stehen {since}."
            )


def _deliveries_in(said: dict[str, Any]) -> int:
    return int(said.get("deliveries", 0))
