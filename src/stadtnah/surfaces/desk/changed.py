"""Pages of the website whose draft says something else than what the municipality saw last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk.difference import Change, changes
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website import cms_order, edits, sending
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.pages import MessagePage, SentFields

_AT_ONCE = 500  # drafts whose choices are read together: after an import there are thousands
MOST = 40  # drafts looked into; the rest comes once these are handed in


@dataclass(frozen=True, slots=True)
class Changed:
    """A page with a draft that waits to be handed in. changes: None when the municipality never saw the page."""

    page: Any
    content: Content
    changes: list[Change] | None


def pages() -> list[Changed]:
    """Those that were edited since, and say something else. A number of queries that follows the kinds, not the pages.

    What is or shall be sent on other channels is not among them: it is laid before the municipality by itself, as it will go out there.
    """
    touched = _drafts(_touched())
    last = _last({page.object_key for page in touched})
    found: list[Changed] = []
    for page in touched:
        content = draft_of(page).content()
        seen = publishing.content_of(last[page.object_key]) if page.object_key in last else None
        if seen != content:
            found.append(Changed(page, content, changes(seen, content)))
    return found


def count() -> int:
    """How many there may be: edited since they were laid before the municipality. For the button that leads to them."""
    return len(_touched())


def hand_in(
    chosen: Iterable[Changed], *, by: User, note: str = ""
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Lays each before the municipality; one mail is the caller's. Returns titles, and (title, reason, uuid) of what was refused."""
    done: list[str] = []
    failed: list[tuple[str, str, str]] = []
    context = check_context()
    for row in chosen:
        try:
            publishing.submit(
                row.content,
                {},
                by=by,
                context=context,
                note=note,
                announce=False,
                writers=edits.writers(row.page, row.content),
            )
        except publishing.NotAccepted as problem:
            reason = problem.findings[0].text if problem.findings else str(problem)
            failed.append((row.content.title, reason, str(row.page.uuid)))
        else:
            done.append(row.content.title)
    return done, failed


def _touched() -> list[tuple[Any, int]]:
    """(kind of page, id) of those edited last, the newest first, without what goes a way of its own; no draft is opened for it."""
    edited: list[tuple[datetime, str, Any, int]] = []
    for kind in KINDS:
        if not issubclass(kind.page, MessagePage):
            pages: Any = kind.page
            rows = cms_order.of_type(pages).filter(latest_revision_created_at__isnull=False)
            edited += [
                (at, f"{pages.key_prefix}:{uuid}", pages, pk)
                for pk, uuid, at in rows.values_list("pk", "uuid", "latest_revision_created_at")
            ]
    told = publishing.told([key for _at, key, _kind, _pk in edited])
    later = [one for one in edited if one[1] not in told or one[0] > told[one[1]]]
    later.sort(key=lambda one: one[0], reverse=True)
    found: list[tuple[Any, int]] = []
    for first in range(0, len(later), _AT_ONCE):
        part = later[first : first + _AT_ONCE]
        apart = sending.singly({pk: key for _at, key, kind, pk in part if issubclass(kind, SentFields)})
        found += [(kind, pk) for _at, key, kind, pk in part if key not in apart]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _drafts(touched: list[tuple[Any, int]]) -> list[Any]:
    """The pages themselves, in this order."""
    found: dict[int, Any] = {}
    for kind in {kind for kind, _pk in touched}:
        rows = kind.objects.select_related("latest_revision")
        found |= rows.in_bulk([pk for one, pk in touched if one is kind])
    return [found[pk] for _kind, pk in touched if pk in found]


def _last(keys: set[str]) -> dict[str, publishing.Snapshot]:
    """The newest version of each that was laid before the municipality."""
    rows = publishing.Snapshot.objects.filter(object_key__in=keys, kind="message")
    newer = rows.filter(object_key=OuterRef("object_key"), number__gt=OuterRef("number"))
    return {one.object_key: one for one in rows.filter(~Exists(newer))}
