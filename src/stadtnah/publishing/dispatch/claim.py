"""Claiming rows and writing outcomes: short transactions, whole batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.publishing import holding, standing
from stadtnah.publishing.channel import Action, NotWanted, Outcome, Permanent, Sent, Stage, Temporary, Unknown
from stadtnah.publishing.models import ChannelAccount, Delivery
from stadtnah.publishing.states import DeliveryState, Lane

LEASE = timedelta(seconds=180)
GIVE_UP = timedelta(
    hours=72
)  # mail habit (RFC 5321, 4.5.4.1 asks for at least 4-5 days of queue; news is stale before)
BROKEN_OFF = "Der Versand wurde unterbrochen. Es ist nicht sicher, ob diese Nachricht hinausging."
_FIRST_PAUSE, _LONGEST_PAUSE = 20.0, 3600.0
BREAKER_AFTER, BREAKER_PAUSE = 5, 60.0
_random = SystemRandom()


def claimable(now: datetime) -> QuerySet[Delivery]:
    """Planned rows whose time has come, of accounts that are neither held nor paused.

    The page must be there before anything links to it (a deletion out there need not wait for it; the feeds are made
    from what is public, so theirs does), and no earlier version may
    be under way on the same account: what became of it decides whether this one corrects, deletes or posts anew.
    """
    blocked = ChannelAccount.objects.filter(
        Q(enabled=False) | Q(held_at__isnull=False) | Q(open_until__gt=now)
    ).values("key")
    before = Delivery.objects.filter(
        standing.under_way(), object_key=OuterRef("object_key"), account=OuterRef("account")
    ).exclude(approval_id=OuterRef("approval_id"))
    page_missing = Delivery.objects.filter(
        approval_id=OuterRef("approval_id"), stage=int(Stage.SITE)
    ).exclude(state=DeliveryState.SENT.value)
    return (
        Delivery.objects.filter(state=DeliveryState.PLANNED.value, next_try_at__lte=now)
        .exclude(account__in=blocked)
        .exclude(holding.revoked())
        .exclude(holding.halted())
        .filter(
            Q(stage=int(Stage.SITE))
            | Q(action=Action.DELETE.value, stage=int(Stage.OUT))
            | ~Exists(page_missing)
        )
        .filter(~Q(recipient="") | ~Exists(before))
    )


def claim(account: str, worker: str, limit: int, lane: int = Lane.NEWS) -> list[Delivery]:
    """Takes up to `limit` rows of one account and one snapshot for `worker`; committed before anything is sent."""
    now = clock.now()
    with transaction.atomic():
        rows = claimable(now).filter(account=account, lane__lte=lane).order_by("stage", "lane", "next_try_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        found = list(rows[:limit])
        mine = [row for row in found if row.approval_id == found[0].approval_id]
        Delivery.objects.filter(pk__in=[row.pk for row in mine], state=DeliveryState.PLANNED.value).update(
            state=DeliveryState.SENDING.value, claimed_by=worker, lease_until=now + LEASE, begun_at=None
        )
    for row in mine:
        row.attempts += 1
    return mine


def renew(ids: Iterable[object], worker: str) -> None:
    """Long batches keep their lease."""
    Delivery.objects.filter(pk__in=list(ids), claimed_by=worker, state=DeliveryState.SENDING.value).update(
        lease_until=clock.now() + LEASE
    )


def begin(ids: Iterable[object], worker: str) -> None:
    """Right before the first byte leaves: from here on these rows may be out."""
    Delivery.objects.filter(pk__in=list(ids), claimed_by=worker, state=DeliveryState.SENDING.value).update(
        begun_at=clock.now()
    )


def let_go(rows: Iterable[Delivery]) -> None:
    """Rows whose sending broke off: their lease ends now, and the reconciler settles them as after a kill."""
    Delivery.objects.filter(pk__in=[row.pk for row in rows], state=DeliveryState.SENDING.value).update(
        lease_until=clock.now()
    )


def give_back(rows: Iterable[Delivery]) -> None:
    """Rows that were claimed but not touched (stop, shutdown) go back; nothing was sent for them."""
    ids = [row.pk for row in rows]
    with transaction.atomic():
        mine = Delivery.objects.filter(pk__in=ids, state=DeliveryState.SENDING.value)
        mine.filter(holding.revoked(), interrupted_at=None).update(
            state=DeliveryState.STOPPED.value,
            finished_at=clock.now(),
            reason="Die Freigabe endete, bevor es hinausging.",
        )
        mine.update(state=DeliveryState.PLANNED.value, claimed_by="", lease_until=None)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claimed row."""

    row: Delivery
    outcome: Outcome


def settle_doubt(row: Delivery, found: Sent | Temporary, not_there: str) -> None:
    """A row in doubt of an earlier version, now that the channel said whether it is out: it is never sent again."""
    now = clock.now()
    mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.UNKNOWN.value)
    if isinstance(found, Sent):
        _apply(row, found, now)
        mine.update(state=row.state, remote_id=row.remote_id, url=row.url, reason="", finished_at=now)
    else:
        mine.update(state=DeliveryState.STOPPED.value, reason=not_there, finished_at=now)


_WRITTEN = [
    "state",
    "attempts",
    "remote_id",
    "url",
    "reason",
    "tries",
    "next_try_at",
    "finished_at",
    "lease_until",
    "interrupted_at",
]


def record(results: list[Result], *, of_the_channel: bool = True) -> None:
    """Writes outcomes in one transaction, and what they say about the account.

    `of_the_channel` is False when a crash of ours is the cause: that must not open the breaker of a sound server.
    """
    if not results:
        return
    now = clock.now()
    for result in results:
        _apply(result.row, result.outcome, now)
    with transaction.atomic():
        Delivery.objects.bulk_update([r.row for r in results], _WRITTEN, batch_size=200)
        if of_the_channel:
            _note_health(results[-1].row.account, [r.outcome for r in results], now)


def _apply(row: Delivery, outcome: Outcome, now: datetime) -> None:
    row.lease_until = None
    if isinstance(outcome, Sent):
        row.state, row.finished_at = DeliveryState.SENT.value, now
        row.remote_id, row.url, row.reason = outcome.remote_id[:500], outcome.url[:500], ""
        return
    row.reason = outcome.reason
    if isinstance(outcome, NotWanted):
        row.state, row.finished_at = DeliveryState.STOPPED.value, now
        return
    row.tries = [
        *row.tries[-19:],
        {"at": now.isoformat(), "outcome": type(outcome).__name__.lower(), "reason": outcome.reason},
    ]
    if isinstance(outcome, Unknown):
        row.state, row.finished_at = DeliveryState.UNKNOWN.value, now
    elif (isinstance(outcome, Permanent) and not outcome.account_broken) or now - row.due_at > GIVE_UP:
        row.state, row.finished_at = DeliveryState.FAILED.value, now
        if row.interrupted_at and row.stage >= Stage.OUT:  # what the earlier try did is still open
            row.state, row.reason = DeliveryState.UNKNOWN.value, f"{BROKEN_OFF} Danach: {outcome.reason}"
    else:
        row.state = DeliveryState.PLANNED.value
        row.next_try_at = _next_try(row, outcome, now)


def _next_try(row: Delivery, outcome: Outcome, now: datetime) -> datetime:
    """Exponential backoff with full jitter; a moment the channel named is kept."""
    asked = outcome.retry_at if isinstance(outcome, Temporary) else None
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(row.attempts, 12))
    pause = now + timedelta(seconds=_random.uniform(longest / 2, longest))
    return max(asked, now) if asked else pause


def _note_health(account: str, outcomes: list[Outcome], now: datetime) -> None:
    broken = next((o for o in outcomes if isinstance(o, Permanent) and o.account_broken), None)
    if broken is not None:
        ChannelAccount.objects.filter(pk=account, held_at__isnull=True).update(
            held_at=now, held_reason=broken.reason
        )
        return
    # The breaker is about the server, so only a batch in which nothing went through counts.
    tried = [o for o in outcomes if not isinstance(o, NotWanted)]
    if not tried:
        return
    if any(isinstance(o, Sent | Permanent) or (isinstance(o, Temporary) and o.of_recipient) for o in tried):
        ChannelAccount.objects.filter(pk=account, failures__gt=0).update(failures=0, open_until=None)
        return
    row = ChannelAccount.objects.select_for_update().filter(pk=account).first()
    if row is not None:
        row.failures += 1
        over = row.failures - BREAKER_AFTER
        if over >= 0:
            row.open_until = now + timedelta(seconds=BREAKER_PAUSE * 2 ** min(over, 5))
        row.save(update_fields=["failures", "open_until"])
