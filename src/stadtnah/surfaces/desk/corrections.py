"""What was saved of a page after the municipality saw it last: the word for it beside where the release stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from stadtnah.publishing import api as publishing
from stadtnah.publishing.states import Kind


def in_work(pages: Iterable[Any], states: Mapping[str, publishing.Status]) -> dict[str, str]:
    """Object key to the word, "" where nothing was saved since. `states` has every page's. Two queries at most."""
    found = list(pages)
    seen = _seen([page.object_key for page in found if _is_out(states[page.object_key])])
    return {
        page.object_key: _word(page, states[page.object_key], seen.get(page.object_key)) for page in found
    }


def of(page: Any, status: publishing.Status) -> str:
    """As `in_work`, for one page."""
    return in_work([page], {page.object_key: status})[page.object_key]


def _is_out(status: publishing.Status) -> bool:
    # An edit that changes what is planned ends its release: it is a draft again and needs no second word.
    return bool(status.digest) and status.state not in {"draft", "scheduled"}


def _seen(keys: list[str]) -> dict[str, datetime]:
    """When the municipality was told of each last: what was submitted, or taken back, is the newest that it knows."""
    if not keys:
        return {}
    known: dict[str, datetime] = dict(
        publishing.ReleaseRequest.objects.filter(object_key__in=keys)
        .order_by()
        .values_list("object_key")
        .annotate(last=Max("submitted_at"))
    )
    taken_back = publishing.Approval.objects.filter(
        snapshot__object_key__in=keys, snapshot__kind=Kind.WITHDRAWAL.value
    )
    for key, at in taken_back.order_by().values_list("snapshot__object_key").annotate(last=Max("at")):
        known[key] = max(at, known.get(key, at))
    return known


def _word(page: Any, status: publishing.Status, seen: datetime | None) -> str:
    saved = page.latest_revision_created_at
    if not (saved and seen and saved > seen):
        return ""
    return "Neue Fassung in Arbeit" if status.state == "withdrawn" else "Berichtigung in Arbeit"
