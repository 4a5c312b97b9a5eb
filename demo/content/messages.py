"""The twelve messages of the demo town, in the order of the newsroom's plan.

Each message is a plain dict:
    key, title, teaser, category (slug of `surfaces.website.founding.CATEGORIES`), place, valid_from, valid_until (ISO wall time
    or None), language, hashtags (without the sign, #Erlenfurt first), hero (see `blocks.picture`), blocks,
    channels {"mastodon", "bluesky", "newsletter"} - own texts without link and hashtags, which the channel adds -,
    editor_note (for the approver), state.
`state` has name (draft, submitted, sent_back, scheduled, delivered), author, approver, created_at,
submitted_at, released_at, send_at (ISO wall time or None), release_by (the agency's wish) and
comments [{"by", "at", "block" (index or None: the whole message), "text"}].
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from demo.content import messages_drafts, messages_open, messages_sent

DEMO_DATE = "2026-11-23"  # the Monday on which the demo town is looked at


def messages() -> list[dict[str, Any]]:
    """All twelve, as fresh copies; equal at every call."""
    every = {**messages_sent.MESSAGES, **messages_open.MESSAGES, **messages_drafts.MESSAGES}
    order = (
        "muehlstrasse",
        "weide-steigt",
        "buergerbudget",
        "buergerbuero",
        "abkochgebot",
        "kita",
        "haushalt",
        "christbaum",
        "spielplatz",
        "weidebad",
        "glasfaser",
        "lesepaten",
    )
    return [deepcopy({"key": key, **every[key]}) for key in order]
