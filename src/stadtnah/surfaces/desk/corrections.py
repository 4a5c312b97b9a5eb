"""What was saved of a page after the municipality saw it last: the word for it beside where the release stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from stadtnah.publishing import api as publishing


def in_work(pages: Iterable[Any], states: Mapping[str, publishing.Status]) -> dict[str, str]:
    """Object key to the word, "" where nothing was saved since. `states` has every page's. Two queries at most."""
    found = list(pages)
    seen = publishing.told([page.object_key for page in found if _is_out(states[page.object_key])])
    return {
        page.object_key: _word(page, states[page.object_key], seen.get(page.object_key)) for page in found
    }


def of(page: Any, status: publishing.Status) -> str:
    """As `in_work`, for one page."""
    return in_work([page], {page.object_key: status})[page.object_key]


def _is_out(status: publishing.Status) -> bool:
    # An edit that changes what is planned ends its release: it is a draft again and needs no second word.
    return bool(status.digest) and status.state not in {"draft", "scheduled"}


def _word(page: Any, status: publishing.Status, seen: datetime | None) -> str:
    saved = page.latest_revision_created_at
    if not (saved and seen and saved > seen):
        return ""
    return "Neue Fassung in Arbeit" if status.state == "withdrawn" else "Berichtigung in Arbeit"
