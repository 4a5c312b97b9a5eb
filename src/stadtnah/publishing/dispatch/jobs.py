"""From a row of the ledger to the job a channel carries out: the bytes come from the release, and from nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from stadtnah.kernel import clock
from stadtnah.publishing import embargo, snapshot, standing
from stadtnah.publishing.channel import (
    Account,
    Action,
    Channel,
    Job,
    Outcome,
    Sent,
    Stage,
    Temporary,
)
from stadtnah.publishing.dispatch import claim
from stadtnah.publishing.models import Delivery, Snapshot

logger = logging.getLogger(__name__)
_DOUBT = "Ob die frühere Fassung hier hinausging, ist ungeklärt. Bitte sehen Sie dort nach und sagen Sie es im Nachweis."
_CHANGED = (
    "Absender oder Ziel dieses Kanals wurden nach der Freigabe geändert. Hier ging nichts hinaus. Bitte geben Sie die Meldung "
    "neu zur Freigabe."
)
_TOO_EARLY = "Die Freigabe gilt erst für später. Es wurde nichts gesendet."
_ASK_AGAIN = timedelta(minutes=5)
_NOT_THERE = "Nachgesehen: Der Beitrag ist nicht hinausgegangen."


def released_body(row: Delivery, channel: Channel, config: Mapping[str, Any]) -> dict[str, Any]:
    """The bytes for this account out of the released snapshot, its digest computed anew. config: the account's now.

    Raises SnapshotDamaged when they are not there, or not those that were released, TooEarly and SenderChanged.
    """
    released = snapshot.opened(Snapshot.objects.get(pk=row.approval_id))
    if embargo.too_early(released):
        raise snapshot.TooEarly(_TOO_EARLY)
    for entry in released["channels"]:
        if entry["account"] == row.account and entry["action"] == row.action:
            body: dict[str, Any] = entry["body"]
            if entry.get("sender", {}) not in ({}, snapshot.sender(channel, config)):
                raise snapshot.SenderChanged(_CHANGED)
            return body
    raise snapshot.SnapshotDamaged("Die Freigabe enthält dieses Kanalkonto nicht. Es wurde nichts gesendet.")


def job_of(row: Delivery, account: Account, body: dict[str, Any]) -> Job:
    """The job of one row as it was released."""
    return Job(
        delivery_id=str(row.pk),
        action=Action(row.action),
        recipient=row.recipient,
        account=account,
        body=body,
        attempt=row.attempts,
        object_key=row.object_key,
        digest=row.approval_id,
    )


def jobs_of(
    rows: list[Delivery], channel: Channel, account: Account, body: dict[str, Any]
) -> dict[str, Job | Outcome]:
    """What to do for each row, by its id, or what became of it already."""
    return {str(row.pk): _placed(job_of(row, account, body), channel) for row in rows}


def ask(row: Delivery, channel: Channel, account: Account) -> Outcome | None:
    """What the channel says about a row nobody knows about; None when it cannot tell. Never raises."""
    try:
        standing_now = standing.standing(row.object_key, row.account)
        job = replace(
            job_of(row, account, released_body(row, channel, account.config)),
            previous_remote_id=standing_now.remote_id,
        )
        return channel.look_up(job)
    except snapshot.SnapshotDamaged:
        return None
    except Exception:
        logger.exception("channel %s: look-up raised", channel.key)
        return None


def _placed(job: Job, channel: Channel) -> Job | Outcome:
    """Fits a job to what stands there now: the release was written when an earlier version was perhaps not out yet.

    Editing a post that is not there means posting it, posting one that is there means editing it, and deleting one
    that is not there is done. So a post is never there twice, and none stays behind.
    """
    if job.recipient or not (channel.can_update or channel.can_delete):
        return job
    there = standing.standing(job.object_key, job.account.key)
    if there.doubt and _hinders(there.doubt, job):
        if not _cleared(there.doubt, channel, job.account):
            return Temporary(_DOUBT, retry_at=clock.now() + _ASK_AGAIN)
        there = standing.standing(job.object_key, job.account.key)
    job = replace(job, previous_remote_id=there.remote_id)
    if job.action is Action.DELETE:
        # The website's own pages are cleared in any case: a half-written one counts as nothing in the ledger.
        return job if there.out or channel.stage < Stage.OUT else Sent()
    if not there.out:
        return replace(job, action=Action.CREATE)
    if channel.stage is Stage.OUT and there.row and _says_the_same(there.row, job, channel):
        return Sent(there.remote_id, there.row.url)
    return replace(job, action=Action.UPDATE) if channel.can_update else job


def _says_the_same(there: Delivery, job: Job, channel: Channel) -> bool:
    """Whether what stands there is what is to be said: where a channel deletes and posts anew, answers would be lost for nothing."""
    entries = snapshot.opened(Snapshot.objects.get(pk=there.approval_id))["channels"]
    now = job.body, snapshot.sender(channel, job.account.config)
    return any(
        entry["account"] == there.account and (entry["body"], entry.get("sender")) == now for entry in entries
    )


def _hinders(doubt: Delivery, job: Job) -> bool:
    """Whether the job has to wait for what is in doubt; deleting once more does no harm."""
    twice_deleted = job.action is Action.DELETE and doubt.action == Action.DELETE.value
    return str(doubt.pk) != job.delivery_id and not twice_deleted


def _cleared(row: Delivery, channel: Channel, account: Account) -> bool:
    """Whether the channel knows about an earlier row in doubt; then the ledger does, too."""
    found = ask(row, channel, account)
    if not isinstance(found, Sent | Temporary):
        return False
    claim.settle_doubt(row, found, _NOT_THERE)
    return True
