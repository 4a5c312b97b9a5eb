"""Sending: claim, check the digest anew, hand to the channel, write what became of it."""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

from stadtnah.kernel import vault
from stadtnah.kernel.jobs import worker
from stadtnah.publishing import accounts, snapshot
from stadtnah.publishing.channel import Account, Action, Channel, Job, Permanent
from stadtnah.publishing.dispatch import claim
from stadtnah.publishing.models import ChannelAccount, Delivery, Revocation, Snapshot
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import DeliveryState, Lane

logger = logging.getLogger(__name__)
FLUSH_ROWS, FLUSH_SECONDS = 50, 1.0
TURN_SECONDS = 60.0  # then the thread is free for others; the ticker asks again


def deliver(account_key: str, lane: int = Lane.NEWS) -> int:
    """Sends what is due for one account, for at most a minute; returns how many rows were handled."""
    row = ChannelAccount.objects.filter(pk=account_key).first()
    if row is None or row.channel not in CHANNELS:
        return 0
    channel, name, done = CHANNELS[row.channel], _worker_name(), 0
    until = time.monotonic() + TURN_SECONDS
    while time.monotonic() < until and not worker.stopping():
        batch = claim.claim(account_key, name, channel.batch, lane)
        if not batch:
            break
        done += _send(batch, channel, row, name)
    return done


def _worker_name() -> str:
    return f"{os.getpid()}-{threading.get_ident()}"


def _send(batch: list[Delivery], channel: Channel, row: ChannelAccount, name: str) -> int:
    try:
        body = _released_body(batch[0])
        account = accounts.view(row, opened=True)
    except (snapshot.SnapshotDamaged, vault.VaultError) as problem:
        logger.error("delivery refused before sending: %s", type(problem).__name__)  # noqa: TRY400 - no secrets in a trace
        refused = Permanent(str(problem), account_broken=isinstance(problem, vault.VaultError))
        claim.record([claim.Result(one, refused) for one in batch])
        return len(batch)
    open_rows = {str(one.pk): one for one in batch}
    _run(channel, _jobs(batch, account, body), open_rows, _StopWatch(batch[0].approval_id), name)
    return len(batch)


def _run(
    channel: Channel, jobs: list[Job], open_rows: dict[str, Delivery], stop: _StopWatch, name: str
) -> None:
    results: list[claim.Result] = []
    flushed = time.monotonic()
    crashed = False
    try:
        for delivery_id, outcome in channel.deliver(jobs, stop=stop):
            results.append(claim.Result(open_rows.pop(delivery_id), outcome))
            if len(results) >= FLUSH_ROWS or time.monotonic() - flushed > FLUSH_SECONDS:
                claim.record(results)
                claim.renew(open_rows, name)
                results, flushed = [], time.monotonic()
    except Exception:
        # A fault of ours, or the database is gone: what was under way may be out, so each row is judged on its own.
        logger.exception("channel %s raised", channel.key)
        crashed = True
    claim.record(results)
    if crashed:
        claim.let_go(open_rows.values())
    elif open_rows:
        claim.give_back(open_rows.values())


def _released_body(row: Delivery) -> dict[str, Any]:
    """The bytes for this account out of the released snapshot, its digest computed anew."""
    stored = Snapshot.objects.get(pk=row.approval_id)
    for entry in snapshot.opened(stored)["channels"]:
        if entry["account"] == row.account and entry["action"] == row.action:
            body: dict[str, Any] = entry["body"]
            return body
    raise snapshot.SnapshotDamaged("Die Freigabe enthält dieses Kanalkonto nicht. Es wurde nichts gesendet.")


def _jobs(batch: list[Delivery], account: Account, body: dict[str, Any]) -> list[Job]:
    before = {}
    if batch[0].action != Action.CREATE.value:
        before = dict(
            Delivery.objects.filter(
                object_key=batch[0].object_key, account=account.key, state=DeliveryState.SENT.value
            )
            .exclude(remote_id="")
            .order_by("approval__snapshot__number")
            .values_list("recipient", "remote_id")
        )
    return [
        Job(
            delivery_id=str(row.pk),
            action=Action(row.action),
            recipient=row.recipient,
            account=account,
            body=body,
            attempt=row.attempts,
            previous_remote_id=before.get(row.recipient, ""),
            object_key=row.object_key,
            digest=row.approval_id,
        )
        for row in batch
    ]


def job_of(row: Delivery, account: Account) -> Job | None:
    """The job of one row, for a look-up; None when its snapshot cannot be read."""
    try:
        return _jobs([row], account, _released_body(row))[0]
    except snapshot.SnapshotDamaged:
        return None


class _StopWatch:
    """Asks the database at most twice a second whether the release still holds."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._asked = 0.0
        self._stopped = False

    def __call__(self) -> bool:
        if worker.stopping():
            return True
        if not self._stopped and time.monotonic() - self._asked > 0.5:  # noqa: PLR2004 - twice a second
            self._stopped = Revocation.objects.filter(pk=self._digest).exists()
            self._asked = time.monotonic()
        return self._stopped
