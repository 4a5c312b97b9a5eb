"""What goes a way of its own before the municipality: what is out beside the website, or shall be, or has a time.

Whatever lays several pages before the municipality together lays them for the website alone, and so leaves these out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Stage
from stadtnah.surfaces.website.pages import SentFields

_KEPT = tuple(f"latest_revision__content__{name}" for name in ("channel_plan", "wish_at", "note"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the newest draft of a page has of `SentFields`; a revision may be older than the fields."""

    channel_plan: dict[str, Any] = field(default_factory=dict)
    wish_at: str = ""
    note: str = ""


def singly(pages: Mapping[int, str]) -> set[str]:
    """Object keys of those that are laid before the municipality one by one. pages: id of the page to its key. Four queries at most."""
    drafts = _drafts(pages)
    if not drafts:
        return set()
    last, out = _last(drafts), publishing.out_of(drafts)
    channels = [row for row in publishing.usable() if publishing.CHANNELS[row.channel].stage >= Stage.OUT]
    return {
        key
        for key, draft in drafts.items()
        if any(publishing.belongs(row, draft.channel_plan, out.get(key, ())) for row in channels)
        or _wished(draft, last.get(key))
    }


def chooses(draft: Any) -> bool:
    """Whether anything is chosen in a draft that is open already: without it nothing new goes a way of its own. No query."""
    return isinstance(draft, SentFields) and bool(
        draft.wish_at or any(one.get("on") for one in draft.channel_plan.values())
    )


def spent(draft: SentFields | Chosen, last: publishing.ReleaseRequest | None) -> bool:
    """Whether its time and note are those of the version that was released: they do not hold for the next one."""
    return bool(last and last.state == "released" and (last.wish, last.note) == (draft.wish_at, draft.note))


def _wished(draft: Chosen, last: publishing.ReleaseRequest | None) -> bool:
    """Whether a time that is still to come is wished for it."""
    if not draft.wish_at or spent(draft, last):
        return False
    try:
        return publishing.due(draft.wish_at) > clock.now()
    except ValueError:
        return True  # no time at all: whoever lays it before the municipality is asked for another


def _drafts(pages: Mapping[int, str]) -> dict[str, Chosen]:
    """By object key. Read from the revisions: thousands of drafts are not opened for three fields."""
    rows = Page.objects.filter(pk__in=list(pages)).order_by().values_list("pk", *_KEPT)
    return {pages[pk]: Chosen(plan or {}, wish or "", note or "") for pk, plan, wish, note in rows}


def _last(keys: Iterable[str]) -> dict[str, publishing.ReleaseRequest]:
    """The newest request of each."""
    rows = publishing.ReleaseRequest.objects.filter(object_key__in=list(keys))
    newer = rows.filter(object_key=OuterRef("object_key"), submitted_at__gt=OuterRef("submitted_at"))
    return {one.object_key: one for one in rows.filter(~Exists(newer))}
