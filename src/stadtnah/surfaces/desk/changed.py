"""Pages of the website whose draft says something else than what the municipality saw last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk.difference import Change, changes
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website import edits
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.pages import MessagePage

MOST = 40  # drafts looked into; the rest comes once these are handed in


@dataclass(frozen=True, slots=True)
class Changed:
    """A page with a draft that waits to be handed in. changes: None when the municipality never saw the page."""

    page: Any
    content: Content
    changes: list[Change] | None


def pages() -> list[Changed]:
    """Those that were edited since, and say something else. A number of queries that follows the kinds, not the pages."""
    touched = _touched()
    keys = {page.object_key for page in touched}
    last: dict[str, publishing.Snapshot] = {}
    for snapshot in publishing.Snapshot.objects.filter(object_key__in=keys, kind="message").order_by(
        "number"
    ):
        last[snapshot.object_key] = snapshot
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


def _touched() -> list[Any]:
    edited: list[tuple[datetime, str, Any]] = []
    for kind in KINDS:
        if not issubclass(kind.page, MessagePage):
            pages: Any = kind.page
            rows = (
                pages.objects.filter(latest_revision__isnull=False)
                .select_related("latest_revision")
                .order_by()
            )
            edited += [(row.latest_revision_created_at, row.object_key, row) for row in rows]
    seen = dict(
        publishing.Snapshot.objects.filter(object_key__in=[key for _at, key, _row in edited])
        .values_list("object_key")
        .annotate(last=Max("created_at"))
    )
    later = [(at, row) for at, key, row in edited if key not in seen or (at and at > seen[key])]
    return [row for _at, row in sorted(later, key=lambda one: one[0], reverse=True)[:MOST]]
