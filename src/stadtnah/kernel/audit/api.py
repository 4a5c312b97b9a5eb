"""Appending to the log and checking it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import transaction

from stadtnah.kernel import clock, turns
from stadtnah.kernel.audit.models import Entry

if TYPE_CHECKING:
    from stadtnah.kernel.identity.models import User

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Damage:
    """Where the chain does not hold, in German."""

    seq: int
    text: str


def record(
    event: str,
    *,
    actor: User | None = None,
    subject: str = "",
    data: dict[str, Any] | None = None,
    anchored: bool = False,
) -> Entry:
    """Appends an event. Call it last in the transaction: the lock is held until its end.

    `data` holds no personal data; people are named by id. `anchored`: noted outside the database as soon as it is
    committed (`anchors`).
    """
    with transaction.atomic():
        turns.take(turns.AUDIT)
        last = Entry.objects.order_by("-seq").only("seq", "digest").first()
        at = clock.now()
        fields: dict[str, Any] = {
            "seq": last.seq + 1 if last else 1,
            "at": at,
            "event": event,
            "actor": f"user:{actor.pk}" if actor else "system",
            "subject": subject,
            "data": data or {},
            "previous": last.digest if last else GENESIS,
        }
        entry = Entry.objects.create(**fields, digest=_digest(fields))
        if anchored:
            _anchor(entry)
    return entry


def _anchor(entry: Entry) -> None:
    from stadtnah.kernel.audit import anchors  # noqa: PLC0415 - it checks with what is declared here

    anchor = anchors.Anchor(entry.seq, entry.digest)
    transaction.on_commit(partial(anchors.note, anchor), robust=True)


def _digest(fields: dict[str, Any]) -> str:
    at: datetime = fields["at"]
    return hashlib.sha256(rfc8785.dumps({**fields, "at": at.isoformat(timespec="microseconds")})).hexdigest()


def of_subject(subject: str, event: str) -> list[Entry]:
    """What was recorded of it, the oldest first."""
    return list(Entry.objects.filter(subject=subject, event=event).order_by("seq"))


def of_event(event: str) -> Iterator[Entry]:
    """Every entry of this kind, the oldest first, read piece by piece."""
    return Entry.objects.filter(event=event).order_by("seq").iterator(chunk_size=2000)


def length() -> int:
    """How many entries there are."""
    return Entry.objects.count()


def verify() -> Iterator[Damage]:
    """Walks the whole chain; yields every place where it does not hold."""
    previous, expected = GENESIS, 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            yield Damage(entry.seq, f"Eintrag {expected} fehlt.")
        if entry.previous != previous:
            yield Damage(entry.seq, f"Eintrag {entry.seq} schließt nicht an den vorigen an.")
        fields = {
            name: getattr(entry, name)
            for name in ("seq", "at", "event", "actor", "subject", "data", "previous")
        }
        if _digest(fields) != entry.digest:
            yield Damage(entry.seq, f"Eintrag {entry.seq} wurde verändert.")
        previous, expected = entry.digest, entry.seq + 1
