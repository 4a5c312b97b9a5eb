"""The saved states of a page: when, by whom, what changed, and the way back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk.difference import Change, changes
from stadtnah.surfaces.desk.works import work_of

_PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class State:
    """One saved state. changes: None for the first; readable: whether today's editor can still open it."""

    pk: int
    at: datetime
    by: str
    changes: list[Change] | None
    readable: bool


@require_safe
def states(request: HttpRequest, key: UUID) -> HttpResponse:
    """The states of one message or page, the newest first."""
    user = access.require(request.user, Action.MESSAGE_EDIT)
    work: Any = work_of(user, key)
    page = Paginator(
        work.revisions.select_related("user").order_by("-created_at", "-pk"), _PER_PAGE
    ).get_page(request.GET.get("seite"))
    rows: list[Revision] = list(page.object_list)
    # One more, so that the last of this list has something to be compared with.
    rest = work.revisions.order_by("-created_at", "-pk")[page.end_index() : page.end_index() + 1]
    read = [_content(row) for row in (*rows, *rest)]
    shown = [
        State(row.pk, row.created_at, row.user.name if row.user else "Stadtnah", *_told(new, old))
        for row, (new, old) in zip(rows, pairwise([*read, *([None] if not rest else [])]), strict=True)
    ]
    return render(request, "desk/history.html", {"work": work, "page": page, "states": shown})


def _content(revision: Revision) -> Content | None:
    """What the page said then; None when it was saved in a shape that nothing reads any more."""
    try:
        content: Content = revision.as_object().content()
    except (LookupError, ValueError, TypeError, AttributeError, ValidationError):
        return None
    return content


def _told(new: Content | None, old: Content | None) -> tuple[list[Change] | None, bool]:
    return (None, False) if new is None else (changes(old, new), True)
