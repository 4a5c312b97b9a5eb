"""Sending: claim, check the digest anew, hand to the channel, write what became of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from django.db import transaction

from stadtnah.kernel import vault
from stadtnah.kernel.jobs import worker
from stadtnah.publishing import accounts, holding, picture_rights, snapshot
from stadtnah.publishing.channel import Channel, Job, Permanent
from stadtnah.publishing.dispatch import claim, jobs
from stadtnah.publishing.models import ChannelAccount, Delivery
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import Lane

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
    return f"{worker.name()}-{threading.get_ident()}"


def _send(batch: list[Delivery], channel: Channel, row: ChannelAccount, name: str) -> int:
    try:
        body = jobs.released_body(batch[0], channel, row.config)
        account = accounts.view(row, opened=True)
    except (snapshot.SnapshotDamaged, vault.VaultError) as problem:
        logger.error("delivery refused before sending: %s", type(problem).__name__)  # noqa: TRY400 - no secrets in a trace
        refused = Permanent(str(problem), account_broken=isinstance(problem, vault.VaultError))
        claim.record([claim.Result(one, refused) for one in batch])
        return len(batch)
    if stopped := picture_rights.stopped(channel, batch[0].action, body):
        claim.record([claim.Result(one, Permanent(stopped)) for one in batch], of_the_channel=False)
        return len(batch)
    found = jobs.jobs_of(batch, channel, account, body)
    open_rows = {str(one.pk): one for one in batch}
    settled = [
        claim.Result(open_rows.pop(key), job) for key, job in found.items() if not isinstance(job, Job)
    ]
    claim.record(settled, of_the_channel=False)
    to_do = [job for job in found.values() if isinstance(job, Job)]
    _run(channel, to_do, open_rows, _StopWatch(batch[0].approval_id), name)
    return len(batch)


def _run(
    channel: Channel, to_do: list[Job], open_rows: dict[str, Delivery], stop: _StopWatch, name: str
) -> None:
    results: list[claim.Result] = []
    flushed = time.monotonic()
    crashed = False

    def begin(ids: Sequence[str]) -> None:
        nonlocal results
        if channel.idempotent:  # there a second try is no harm
            return
        if len(ids) > 1:  # mails in groups: a write for each group would cost more than it is worth
            claim.begin(ids, name)
            return
        # What is known is written with it: a kill then leaves only what is under way in doubt.
        with transaction.atomic():
            claim.record(results)
            claim.begin(ids, name)
        results = []

    try:
        for delivery_id, outcome in channel.deliver(to_do, stop=stop, begin=begin):
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
            self._stopped = not holding.holds(self._digest)
            self._asked = time.monotonic()
        return self._stopped
