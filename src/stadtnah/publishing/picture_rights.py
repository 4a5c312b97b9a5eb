"""Pictures that leave with a channel's bytes: whether they may be used there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Use
from stadtnah.publishing import standing
from stadtnah.publishing.channel import Action, Channel
from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.pictures import named
from stadtnah.publishing.checks.rights import refused
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding
from stadtnah.publishing.models import ChannelAccount, Snapshot
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.snapshot import Entry, opened

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is out with the picture in it. It goes with the message's withdrawal, or with its correction."""

    account: str  # as the desk calls it
    url: str
    object_key: str


def posts(object_keys: Iterable[str], sha256: str) -> list[Post]:
    """Posts of these messages that still show the picture on channels of others."""
    accounts = {row.pk: row for row in ChannelAccount.objects.all()}
    found = []
    for key in object_keys:
        for name in sorted(standing.accounts_out(key)):
            account = accounts.get(name)
            channel = CHANNELS.get(account.channel) if account else None
            if account is None or channel is None or channel.use is Use.WEBSITE:
                continue
            there = standing.standing(key, name).row
            if there and sha256 in _sent_with(there.approval_id, name):
                found.append(Post(account.label, there.url, key))
    return found


def _sent_with(digest: str, account: str) -> set[str]:
    entries = opened(Snapshot.objects.get(pk=digest))["channels"]
    return {one for entry in entries if entry["account"] == account for one in in_body(entry["body"])}


def in_body(value: Any) -> Iterator[str]:
    """The digests of everything that the bytes of a channel name (`Rendered.body`: pictures by sha256, never by address)."""
    if isinstance(value, dict):
        for part in value.values():
            yield from in_body(part)
    elif isinstance(value, list):
        for part in value:
            yield from in_body(part)
    elif isinstance(value, str) and _DIGEST.fullmatch(value):
        yield value


def findings(content: Content, entry: Entry, context: CheckContext) -> Iterator[Finding]:
    """Pictures that go with this channel and may not. What holds for the website the checks of the content say."""
    use = entry.channel.use
    if use is Use.WEBSITE or context.rights is None or entry.kept:
        return
    going = set(in_body(entry.rendered.body))
    verdicts = context.rights(going)
    said: set[str] = set()
    for picture, _where, name in named(content):
        sha256 = picture.sha256
        if sha256 in going - said and not verdicts[sha256].covers(use):
            said.add(sha256)
            where, label = f"channel:{entry.account.key}", entry.account.label
            yield refused(verdicts[sha256], use, where, f"{label}: {name}", sha256)


def stopped(channel: Channel, action: str, body: dict[str, Any]) -> str:
    """Why these released bytes may not leave any more, German; "" when they may.

    The bytes cannot be changed after the release, so where they go out as they are the delivery stops: posts upload the picture, a mail
    that only names the website's still says in words who is on it. Taking back is never held up.
    """
    if channel.leaves_out or action == Action.DELETE.value:
        return ""
    verdicts = rights.verdicts(set(in_body(body)))
    barred = next((one for one in verdicts.values() if not one.covers(channel.use)), None)
    if barred is None:
        return ""
    why = f", {rights.CAUSES[cause]}" if (cause := barred.why_not(channel.use)) else ""
    return (
        f"Ein Bild darin darf {rights.PLACES[channel.use]} nicht mehr verwendet werden{why}. Deshalb wurde nichts mehr gesendet. "
        "Bitte geben Sie eine Fassung mit einem anderen Bild neu zur Freigabe."
    )
