"""The overview and the list of messages."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from stadtnah.kernel import media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.publishing.states import DeliveryState, DispatchState, RequestState
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk import corrections, first_steps
from stadtnah.surfaces.desk.framed import small_picture
from stadtnah.surfaces.desk.row_times import row_times, wishes_of
from stadtnah.surfaces.desk.works import titles_of
from stadtnah.surfaces.website.cms_order import newest_first
from stadtnah.surfaces.website.legal import state as legal
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.moving_in.release import waiting_together
from stadtnah.surfaces.website.moving_in.subscribed import answers

_PER_PAGE = 25
_SHOWN, _LOOKED_AT = 10, 60  # rows of a section of the overview; rows read to find them
_FILTERED = 2000  # messages looked at for a status, the newest
FILTERS = (
    ("", "Alle"),
    ("draft", "Entwürfe"),
    ("submitted", "Zur Freigabe"),
    ("returned", "Zurück an Redaktion"),
    ("refused", "Abgelehnt"),
    ("scheduled", "Geplant"),
    ("sending", "Wird versendet"),
    ("delivered", "Veröffentlicht, zugestellt"),
    ("partly", "Teilweise zugestellt"),
    ("failed", "Nicht zugestellt"),
    ("unknown", "Ungeklärt"),
    ("stopped", "Angehalten"),
    ("withdrawn", "Zurückgezogen"),
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for this person, what goes out next, what went wrong."""
    imported, runs = waiting_together()
    open_requests = list(
        publishing.ReleaseRequest.objects.filter(state=RequestState.OPEN.value)
        .exclude(object_key__in=imported)
        .select_related("submitted_by")
        .order_by("wish", "submitted_at")[:20]
    )
    planned = list(
        publishing.Dispatch.objects.filter(state=DispatchState.WAITING.value)
        .exclude(publishing.halted("pk"))
        .select_related("approval__request")
        .order_by("due_at")[:10]
    )
    trouble = _trouble()
    held = list(publishing.ChannelAccount.objects.filter(held_at__isnull=False))
    decided, drafts, untrue = _returned(), _drafts(request), legal.stale()
    refused = [row for row in decided if row.state == RequestState.REFUSED.value]
    returned = [row for row in decided if row.state == RequestState.RETURNED.value]
    handed_in = events.waiting() if access.can(request.user, Action.EVENTS_MODERATE) else 0
    asked = answers.waiting().count() if access.can(request.user, Action.IMPORT_RUN) else 0
    steps = first_steps.left(access.require(request.user, Action.DESK_OPEN))
    return render(
        request,
        "desk/home.html",
        {
            "open_requests": open_requests,
            "runs": runs,
            "returned": returned,
            "refused": refused,
            "planned": planned,
            "trouble": trouble,
            "held": held,
            "drafts": drafts,
            "untrue": untrue,
            "steps": steps,
            "handed_in": handed_in,
            "asked": asked,
            "nothing": not any(
                (
                    steps,
                    handed_in,
                    asked,
                    open_requests,
                    runs,
                    decided,
                    planned,
                    trouble,
                    held,
                    drafts,
                    untrue,
                )
            ),
        },
    )


def _trouble() -> list[Any]:
    """Deliveries that failed or are not known, together for each message and account."""
    trouble = list(
        publishing.Delivery.objects.filter(
            state__in=[DeliveryState.UNKNOWN.value, DeliveryState.FAILED.value]
        )
        .values("object_key", "account", "state", "reason")
        .annotate(number=Count("pk"), last=Max("finished_at"), title=Max("approval__request__title"))
        .order_by("-last")[:10]
    )
    labels = dict(publishing.ChannelAccount.objects.values_list("pk", "label")) if trouble else {}
    for row in trouble:
        row["account"] = labels.get(row["account"], row["account"])
    return trouble


def _returned() -> list[publishing.ReleaseRequest]:
    """What the editors have to do something about: sent back or refused, and nothing came after it."""
    newer = publishing.ReleaseRequest.objects.filter(
        object_key=OuterRef("object_key"), submitted_at__gt=OuterRef("submitted_at")
    )
    # A withdrawal has no request, but it ends the matter, too.
    released = publishing.Approval.objects.filter(
        snapshot__object_key=OuterRef("object_key"), at__gt=OuterRef("submitted_at")
    )
    rows = list(
        publishing.ReleaseRequest.objects.filter(
            ~Exists(newer),
            ~Exists(released),
            state__in=[RequestState.RETURNED.value, RequestState.REFUSED.value],
        )
        .select_related("decided_by")
        .order_by("-decided_at")[:_LOOKED_AT]
    )
    still_there = titles_of(row.object_key for row in rows)
    return [row for row in rows if row.object_key in still_there][:_SHOWN]


@dataclass(frozen=True, slots=True)
class _Row:
    """A message, how it stands, and the word for what was saved after its last submission ("": nothing was)."""

    page: MessagePage
    status: publishing.Status
    in_work: str

    @property
    def to_write(self) -> bool:
        """Whether something of it was saved and not handed in yet."""
        return bool(self.in_work) or self.status.state == "draft"


def _rows(pages: Iterable[MessagePage]) -> list[_Row]:
    """In a constant number of queries."""
    found = list(pages)
    states = publishing.statuses([page.object_key for page in found])
    words = corrections.in_work(found, states)
    return [_Row(page, states[page.object_key], words[page.object_key]) for page in found]


def _drafts(request: HttpRequest) -> list[_Row]:
    if not access.can(request.user, Action.MESSAGE_EDIT):
        return []
    recent = newest_first(MessagePage)[:_LOOKED_AT]
    return [row for row in _rows(_messages(recent)) if row.to_write][:_SHOWN]


def _messages(numbers: Iterable[int]) -> list[MessagePage]:
    """These, in this order, without their texts: of thousands only the status is asked. One query."""
    wanted = list(numbers)
    found = MessagePage.objects.select_related("category").defer("body").in_bulk(wanted)
    return [found[number] for number in wanted if number in found]


@require_safe
def messages_list(request: HttpRequest) -> HttpResponse:
    """All messages with their status; searched by title, filtered by status."""
    words, wanted = request.GET.get("q", "").strip()[:80], request.GET.get("status", "")
    numbers: Any = newest_first(MessagePage)
    if words:
        numbers = numbers.filter(title__icontains=words)
    if wanted:
        found = _rows(_messages(numbers[:_FILTERED]))
        numbers = [
            row.page.pk for row in found if row.status.state == wanted or (wanted == "draft" and row.to_write)
        ]
    page = Paginator(numbers, _PER_PAGE).get_page(request.GET.get("seite"))
    rows = _rows(_messages(page.object_list))
    times = row_times((row.page, row.status, bool(row.in_work)) for row in rows)
    wished = wishes_of((row.page, row.status) for row in rows)
    return render(
        request,
        "desk/messages.html",
        {
            "rows": list(zip(rows, times, wished, strict=True)),
            "page": page,
            "words": words,
            "wanted": wanted,
            "filters": FILTERS,
        },
    )


@require_safe
def upload(request: HttpRequest, name: str) -> FileResponse:
    """A working picture of the desk; nobody else sees it."""
    del request
    try:
        path = safe_join(settings.MEDIA_ROOT, name)
        file = open(path, "rb")  # noqa: SIM115, PTH123 - FileResponse closes it
    except (OSError, ValueError) as problem:
        raise Http404 from problem
    kind = mimetypes.guess_type(name)[0] or ""
    if kind not in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
        file.close()
        raise Http404
    return FileResponse(file, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture of a snapshot by its digest, for previews in the desk."""
    del request
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):  # noqa: PLR2004 - SHA-256 in hex
        raise Http404
    try:
        kind, data = small_picture(sha256)
    except media.MediaError as problem:
        raise Http404 from problem
    return HttpResponse(
        data,
        content_type=kind,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400, immutable"},
    )
