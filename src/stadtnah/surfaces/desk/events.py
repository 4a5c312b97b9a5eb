"""The events in the desk: those that come first, then what is over; and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts, founding
from stadtnah.surfaces.website.calendar.models import EventIndexPage, EventPage

_PER_PAGE = 50


@require_safe
def events_list(request: HttpRequest) -> HttpResponse:
    """Each with its first date and where it stands, the newest first; searched by title. Below them their place."""
    access.require(request.user, Action.MESSAGE_VIEW)
    words = request.GET.get("q", "").strip()[:80]
    rows: Any = EventPage.objects.select_related("place").order_by("-pk")
    if words:
        rows = rows.filter(title__icontains=words)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    shown = list(page.object_list)
    index = EventIndexPage.objects.first()
    around = [one for one in [index] if one]
    states = publishing.statuses([one.object_key for one in [*shown, *around]])
    context = {
        "rows": [{"page": one, "status": states[one.object_key], "when": _when(one)} for one in shown],
        "around": [{"page": one, "status": states[one.object_key]} for one in around],
        "page": page,
        "words": words,
    }
    return render(request, "desk/events.html", context)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty event."""
    access.require(request.user, Action.MESSAGE_EDIT)
    try:
        place = founding.calendar()
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("desk_home")
    return redirect("wagtailadmin_pages:add", "calendar", "eventpage", place.pk)


def _when(page: EventPage) -> str:
    said = events.when(drafts.alone(page))
    return f"{said} und weitere Termine" if page.rrule or page.extra_dates else said
