"""From a message to the bytes that are released: canonical JSON, content-addressed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.conf import settings
from django.db.models import Max

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import accounts, signs, standing
from stadtnah.publishing.channel import Action, Channel, Rendered, Stage
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding
from stadtnah.publishing.models import ChannelAccount, ReleaseRequest, Snapshot
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import Kind

SCHEMA = "stadtnah.snapshot/1"


class SnapshotDamaged(Exception):
    """The stored bytes are not those that were released: nothing may be sent."""


class TooEarly(SnapshotDamaged):
    """The municipality released it for a later time."""


class SenderChanged(SnapshotDamaged):
    """The account speaks in another name, or to another place, than the municipality released."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one account gets. `kept` says, in German, why the channel keeps what it has (no bytes leave).

    `again`: an earlier version was out there, or might have been, when this one was composed.
    """

    account: ChannelAccount
    channel: Channel
    action: Action
    rendered: Rendered
    findings: list[Finding] = field(default_factory=list)
    kept: str = ""
    again: bool = False


def compose(content: Content, plan: dict[str, Any], *, correction_mail: bool = False) -> list[Entry]:
    """Renders the message for every account that is switched on in `plan` ({key: {"on": bool, "text": str}}).

    The website and its feeds always belong to it: every other channel links there.
    """
    out = standing.accounts_out(content.object_key)
    entries = []
    for row in accounts.usable():
        channel = CHANNELS[row.channel]
        if not channel.carries(content):
            continue
        options = signs.plain_value(dict(plan.get(row.key) or {}))
        if channel.stage < Stage.OUT or belongs(row, plan, out):
            again = row.key in out
            entry = _entry(content, row, options, again=again, correction_mail=correction_mail)
            entries.append(entry)
    return entries


def belongs(row: ChannelAccount, plan: Mapping[str, Any], out: Collection[str]) -> bool:
    """Whether an account gets a message: it is switched on in `plan`, or has an earlier version (`out`: those that have)."""
    return bool((plan.get(row.key) or {}).get("on")) or row.key in out


def _entry(
    content: Content,
    row: ChannelAccount,
    options: dict[str, Any],
    *,
    again: bool,
    correction_mail: bool,
) -> Entry:
    account, channel = accounts.view(row), CHANNELS[row.channel]
    action, kept = Action.CREATE, ""
    if again and channel.can_update:
        action = Action.UPDATE
    elif again:
        options["correction"] = True
        kept = "" if correction_mail else channel.cannot_take_back
    rendered = channel.render(content, options, account)
    findings = [] if kept else channel.check(content, rendered)
    return Entry(row, channel, action, rendered, findings, kept, again)


def message_body(
    content: Content,
    entries: list[Entry],
    *,
    number: int,
    wish: str,
    writers: Iterable[User] = (),
) -> dict[str, Any]:
    """The snapshot of a message as plain JSON. `wish` is wall time of the town or "" for at once.

    `writers` have a part in it and cannot release it (locks.py reads them from here); they are named by opaque id.
    """
    return {
        "schema": SCHEMA,
        "kind": Kind.MESSAGE.value,
        "object": content.object_key,
        "number": number,
        "content": content.to_json(),
        "media": content.media(),
        "send_at": {"wall": wish, "zone": settings.STADTNAH_TIME_ZONE} if wish else None,
        "channels": [_channel_json(entry) for entry in entries],
        "written_by": sorted({writer.pk.hex for writer in writers}),
    }


def wrote(user: User, snapshot: Snapshot) -> bool:
    """Whether the person laid this version before the municipality or has a part in it. A withdrawal has no writer."""
    if snapshot.kind == Kind.WITHDRAWAL.value:
        return False
    return snapshot.created_by_id == user.pk or user.pk.hex in opened(snapshot).get("written_by", [])


def _channel_json(entry: Entry) -> dict[str, Any]:
    return {
        "account": entry.account.key,
        "channel": entry.channel.key,
        "label": entry.account.label,
        "action": entry.action.value,
        "body": {} if entry.kept else entry.rendered.body,
        "sender": sender(entry.channel, entry.account.config),
        "length": asdict(entry.rendered.length) if entry.rendered.length else None,
        "kept": entry.kept,
        "again": entry.again,
    }


def sender(channel: Channel, config: Mapping[str, Any]) -> dict[str, str]:
    """In whose name and to where an account with these settings sends."""
    return {name: str(config.get(name) or "") for name in channel.sender_fields}


def withdrawal_body(object_key: str, title: str, *, number: int, previous: str) -> dict[str, Any]:
    """The snapshot that takes a message back wherever a channel can, and says where it cannot."""
    # A page may be public although the ledger could not say so: the town's own surfaces are always cleared.
    out = standing.accounts_out(object_key) | standing.own_surfaces(object_key)
    channels: list[dict[str, Any]] = []
    for row in ChannelAccount.objects.filter(key__in=out):
        channel = CHANNELS[row.channel]
        channels.append(
            {
                "account": row.key,
                "channel": row.channel,
                "label": row.label,
                "action": Action.DELETE.value,
                "body": {},
                "length": None,
                "kept": "" if channel.can_delete else channel.cannot_take_back,
                "again": True,
            }
        )
    return {
        "schema": SCHEMA,
        "kind": Kind.WITHDRAWAL.value,
        "object": object_key,
        "number": number,
        "title": title,
        "previous": previous,
        "send_at": None,
        "channels": channels,
    }


def released_at(object_key: str) -> datetime:
    """When the version that was released last was laid before the municipality; the beginning of time when none was.

    Copies for another time, or of what was stopped, are made later and do not count: their text is older than they are.
    """
    asked = ReleaseRequest.objects.filter(object_key=object_key, approvals__isnull=False)
    last = asked.order_by("-submitted_at").values_list("submitted_at", flat=True).first()
    return last or datetime.min.replace(tzinfo=UTC)


def next_number(object_key: str) -> int:
    """The number of the next version; versions count from 1."""
    top = Snapshot.objects.filter(object_key=object_key).aggregate(top=Max("number"))["top"]
    return int(top or 0) + 1


def canonical(body: dict[str, Any]) -> bytes:
    """RFC 8785 canonical JSON."""
    return rfc8785.dumps(body)


def digest_of(data: bytes) -> str:
    """SHA-256, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def store(body: dict[str, Any], *, by: User) -> Snapshot:
    """Writes a snapshot once; the same bytes give the same row."""
    data = canonical(body)
    digest = digest_of(data)
    existing = Snapshot.objects.filter(digest=digest).first()
    return existing or Snapshot.objects.create(
        digest=digest,
        kind=body["kind"],
        object_key=body["object"],
        number=body["number"],
        body=data.decode("utf-8"),
        created_by=by,
    )


def opened(snapshot: Snapshot) -> dict[str, Any]:
    """The content of a snapshot, its digest computed anew; raises SnapshotDamaged when it does not fit, or is no snapshot at all."""
    if digest_of(snapshot.body.encode("utf-8")) != snapshot.digest:
        raise SnapshotDamaged(f"Fassung {snapshot.digest[:12]} ist beschädigt: Ihre Prüfsumme stimmt nicht.")
    unreadable = SnapshotDamaged(
        f"Fassung {snapshot.digest[:12]} ist beschädigt: Sie lässt sich nicht lesen."
    )
    try:
        value = json.loads(snapshot.body)
    except (ValueError, RecursionError) as problem:
        raise unreadable from problem
    if not isinstance(value, dict):
        raise unreadable
    return value


def content_of(snapshot: Snapshot) -> Content:
    """The message in a snapshot of kind message."""
    return Content.from_json(opened(snapshot)["content"])
