"""A year of the town's earlier messages, 24 November 2025 to 15 November 2026."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from demo.content import archive_autumn, archive_series, archive_spring, archive_summer, archive_winter

FIRST_DAY, LAST_DAY = "2025-11-24", "2026-11-15"


def archive(count: int = 128) -> list[dict[str, Any]]:
    """Messages in the shape of `messages.messages`, plus `dated` (ISO day), oldest first.

    The same at every call. Asked for fewer than there are, it takes them evenly over the year.

    Raises:
        ValueError: there are not that many.
    """
    every = [
        *archive_winter.MESSAGES,
        *archive_spring.MESSAGES,
        *archive_summer.MESSAGES,
        *archive_autumn.MESSAGES,
        *archive_series.series(),
    ]
    every.sort(key=lambda message: (message["state"]["send_at"], message["title"]))
    if not 0 <= count <= len(every):
        raise ValueError(f"Das Archiv hat {len(every)} Meldungen, nicht {count}.")
    chosen = [every[i * len(every) // count] for i in range(count)]
    for message in chosen:
        message.setdefault("channels", _channel_texts(message))
        message.setdefault("editor_note", "")
    return deepcopy(chosen)


def _channel_texts(message: dict[str, Any]) -> dict[str, str]:
    teaser = message["teaser"]
    return {"mastodon": teaser, "bluesky": teaser, "newsletter": teaser}
