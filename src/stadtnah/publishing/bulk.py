"""One click on a list of requests, carried out in the background, row by row: each a release of its own.

What the person saw is kept with the click (digests), and nothing else is released under it. A row is marked in the same
transaction as its release, so a killed worker loses none and releases none twice. Whoever was killed is found by the ticker.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Count, Q
from django.http import Http404

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.approval import NotAccepted, release
from stadtnah.publishing.models import BulkItem, BulkRelease, ReleaseRequest
from stadtnah.publishing.snapshot import SnapshotDamaged
from stadtnah.publishing.states import BulkItemState, BulkState

logger = logging.getLogger(__name__)
TURN_SECONDS = 10.0  # then the lane is free for others
_LOOK = 10  # rows between two looks whether the right still holds
_OWN = "An diesen Fassungen haben Sie mitgeschrieben. Freigeben kann sie eine zweite Person (Vier-Augen-Prinzip)."
_FAULT = "Bei dieser Fassung trat ein Fehler auf. Bitte geben Sie sie neu zur Freigabe."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a click is. `left`: requests that were not released, each with its reason."""

    bulk: BulkRelease
    total: int
    released: int
    left: int

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.bulk.state == BulkState.OPEN.value

    @property
    def handled(self) -> int:
        """What is decided, either way."""
        return self.released + self.left


def begin(
    seen: Iterable[tuple[object, str]], *, by: User, subject: str, second_factor: bool = False
) -> BulkRelease:
    """Keeps the click: (request id, digest that was seen). The one that is open for `subject` already, if there is one.

    Raises PermissionDenied for anyone who may not release, or who wrote all of it.
    """
    access.require(by, Action.MESSAGE_RELEASE)
    rows = [(str(pk), digest) for pk, digest in seen]
    own = ReleaseRequest.objects.filter(pk__in=[pk for pk, _digest in rows], snapshot__created_by=by).count()
    if rows and own == len(rows):
        raise PermissionDenied(_OWN)
    try:
        with transaction.atomic():
            bulk = BulkRelease.objects.create(
                subject=subject, by=by, second_factor=second_factor, clicked_at=clock.now()
            )
            BulkItem.objects.bulk_create(
                [BulkItem(bulk=bulk, request_id=pk, seen_digest=digest) for pk, digest in rows],
                batch_size=500,
            )
            audit.record("bulk.open", actor=by, subject=subject, data={"requests": len(rows)})
            _hint(bulk)
    except IntegrityError:  # a second click before the first one was answered
        there = BulkRelease.objects.filter(subject=subject, state=BulkState.OPEN.value).first()
        if there is None:
            raise
        return there
    return bulk


def stop(subject: str, *, by: User) -> bool:
    """Nothing more is released under the click; what was stays released. False when nothing goes on."""
    access.require(by, Action.MESSAGE_RELEASE)
    return _end(
        BulkRelease.objects.filter(subject=subject, state=BulkState.OPEN.value).first(), BulkState.STOPPED, by
    )


def advance(
    bulk_id: UUID | str, *, ending: Callable[[], bool] = lambda: False, seconds: float = TURN_SECONDS
) -> bool:
    """Releases what the click named, for one turn; True when more is to be done. Safe to call twice, also at once."""
    until = time.monotonic() + seconds
    while True:
        bulk = BulkRelease.objects.select_related("by").filter(pk=bulk_id, state=BulkState.OPEN.value).first()
        if bulk is None:
            return False
        if not access.can(bulk.by, Action.MESSAGE_RELEASE):
            _end(bulk, BulkState.BROKEN, None)
            return False
        some = list(bulk.items.filter(state=BulkItemState.WAITING.value)[:_LOOK])
        if not some:
            _end(bulk, BulkState.DONE, bulk.by)
            return False
        for item in some:
            if ending() or time.monotonic() > until:
                return True
            _release(item, bulk)


def open_ones() -> list[str]:
    """Clicks that go on."""
    return [
        str(pk) for pk in BulkRelease.objects.filter(state=BulkState.OPEN.value).values_list("pk", flat=True)
    ]


def progress(subject: str) -> Progress | None:
    """The latest click on this list; None when there was none. One query."""
    released, left = (
        Count("items", filter=Q(items__state=state.value))
        for state in (BulkItemState.RELEASED, BulkItemState.LEFT)
    )
    bulk = (
        BulkRelease.objects.filter(subject=subject)
        .select_related("by")
        .annotate(released=released, left=left, total=Count("items"))
        .order_by("-clicked_at")
        .first()
    )
    return Progress(bulk, bulk.total, bulk.released, bulk.left) if bulk else None


def left(bulk: BulkRelease) -> list[BulkItem]:
    """What was not released under the click, with the reason."""
    return list(bulk.items.filter(state=BulkItemState.LEFT.value).select_related("request"))


def _release(item: BulkItem, bulk: BulkRelease) -> None:
    """The mark and the release are one transaction; the mark comes first, so that of two workers one waits and finds it."""
    mine = BulkItem.objects.filter(
        pk=item.pk, state=BulkItemState.WAITING.value, bulk__state=BulkState.OPEN.value
    )
    try:
        with transaction.atomic():
            if mine.update(state=BulkItemState.RELEASED.value):
                release(
                    item.request_id,
                    by=bulk.by,
                    seen_digest=item.seen_digest,
                    second_factor=bulk.second_factor,
                )
    except (NotAccepted, PermissionDenied, Http404, SnapshotDamaged) as problem:
        reason = str(problem)
    except (OperationalError, InterfaceError):
        raise  # the database is busy or gone: the ticker comes back to this row
    except Exception:
        # Tried again it would fail again, and hold up for ever what stands behind it.
        logger.exception("bulk release: request %s raised", item.request_id)
        reason = _FAULT
    else:
        return
    if access.can(bulk.by, Action.MESSAGE_RELEASE):  # else the right ended in between; the next look says so
        mine.update(state=BulkItemState.LEFT.value, reason=reason)


def _end(bulk: BulkRelease | None, state: BulkState, by: User | None) -> bool:
    if bulk is None:
        return False
    with transaction.atomic():
        ended = BulkRelease.objects.filter(pk=bulk.pk, state=BulkState.OPEN.value).update(
            state=state.value, ended_at=clock.now()
        )
        if ended:
            counts = {s.value: bulk.items.filter(state=s.value).count() for s in BulkItemState}
            audit.record(f"bulk.{state.value}", actor=by, subject=bulk.subject, data=counts)
    return bool(ended)


def _hint(bulk: BulkRelease) -> None:
    from stadtnah.publishing import tasks  # noqa: PLC0415 - tasks import the verbs that call this

    transaction.on_commit(partial(tasks.release_bulk.enqueue, str(bulk.pk)))
