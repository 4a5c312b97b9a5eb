"""What others may call of publishing."""

from __future__ import annotations

from stadtnah.publishing.accounts import (
    SettingsWrong,
    add_account,
    addable,
    change_account,
    check_account,
    secrets_kept,
    set_secrets,
    switch_account,
    usable,
    view,
)
from stadtnah.publishing.approval import (
    NotAccepted,
    Outdated,
    content_changed,
    due,
    refuse,
    release,
    resume,
    revoke,
    send_back,
    stop,
    submit,
    take_back,
    withdraw,
)
from stadtnah.publishing.asides import asides
from stadtnah.publishing.basket import release_many, seen_before, website_alone
from stadtnah.publishing.bulk import Progress
from stadtnah.publishing.bulk import begin as release_in_bulk
from stadtnah.publishing.bulk import left as left_of_bulk
from stadtnah.publishing.bulk import progress as bulk_progress
from stadtnah.publishing.bulk import stop as stop_bulk
from stadtnah.publishing.embargo import said as embargo_said
from stadtnah.publishing.ending import in_work, is_pending
from stadtnah.publishing.holding import about_to_show, halted, past_return
from stadtnah.publishing.last_look import findings_of, too_late
from stadtnah.publishing.models import (
    Approval,
    BulkRelease,
    ChannelAccount,
    Comment,
    Delivery,
    Dispatch,
    ReleaseRequest,
    Revocation,
    Snapshot,
)
from stadtnah.publishing.notices import ask_for_basket, ask_for_many, tell_of_rights
from stadtnah.publishing.picture_rights import posts as posts_with
from stadtnah.publishing.places import block_text, kind_of, place, places
from stadtnah.publishing.proof import SaidTwice, key_here, proof, public_key
from stadtnah.publishing.proof import read as read_proof
from stadtnah.publishing.proof import verify as verify_proof
from stadtnah.publishing.receipts import resolve_unknown, take_up_account
from stadtnah.publishing.registry import CHANNELS, register_channel
from stadtnah.publishing.snapshot import (
    Entry,
    SnapshotDamaged,
    belongs,
    content_of,
    opened,
    released_at,
    wrote,
)
from stadtnah.publishing.snapshot import compose as compose_draft
from stadtnah.publishing.standing import out_of
from stadtnah.publishing.status import Status, laid_before, status, statuses, told

__all__ = [
    "CHANNELS",
    "Approval",
    "BulkRelease",
    "ChannelAccount",
    "Comment",
    "Delivery",
    "Dispatch",
    "Entry",
    "NotAccepted",
    "Outdated",
    "Progress",
    "ReleaseRequest",
    "Revocation",
    "SaidTwice",
    "SettingsWrong",
    "Snapshot",
    "SnapshotDamaged",
    "Status",
    "about_to_show",
    "add_account",
    "addable",
    "asides",
    "ask_for_basket",
    "ask_for_many",
    "belongs",
    "block_text",
    "bulk_progress",
    "change_account",
    "check_account",
    "compose_draft",
    "content_changed",
    "content_of",
    "due",
    "embargo_said",
    "findings_of",
    "halted",
    "in_work",
    "is_pending",
    "key_here",
    "kind_of",
    "laid_before",
    "left_of_bulk",
    "opened",
    "out_of",
    "past_return",
    "place",
    "places",
    "posts_with",
    "proof",
    "public_key",
    "read_proof",
    "refuse",
    "register_channel",
    "release",
    "release_in_bulk",
    "release_many",
    "released_at",
    "resolve_unknown",
    "resume",
    "revoke",
    "secrets_kept",
    "seen_before",
    "send_back",
    "set_secrets",
    "status",
    "statuses",
    "stop",
    "stop_bulk",
    "submit",
    "switch_account",
    "take_back",
    "take_up_account",
    "tell_of_rights",
    "told",
    "too_late",
    "usable",
    "verify_proof",
    "view",
    "website_alone",
    "withdraw",
    "wrote",
]
