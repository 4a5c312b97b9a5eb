"""The events in the desk, the newest first, and a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk import page_lists
from stadtnah.surfaces.website.calendar import drafts, founding
from stadtnah.surfaces.website.calendar.models import EventIndexPage, EventPage


@require_safe
def events_list(request: HttpRequest) -> HttpResponse:
    """Each with its first date and where it stands, the newest first; searched by title. Below them their place."""
    access.require(request.user, Action.MESSAGE_VIEW)
    pages: Any = EventPage.objects.select_related("place")
    index = EventIndexPage.objects.first()
    context = page_lists.newest(request, pages, filter(None, [index]))
    asked = events.asked_for_reminders([row["page"].object_key for row in context["rows"]])
    for row in context["rows"]:
        row["when"] = _when(row["page"])
        row["asked"] = asked.get(row["page"].object_key)
    return render(request, "desk/events.html", context)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty event."""
    return page_lists.to_empty(request, EventPage, founding.calendar)


def _when(page: EventPage) -> str:
    event = drafts.alone(page)
    said = events.when(event)
    state = (
        "" if event.status is events.Status.SCHEDULED else f"{capfirst(events.STATUS_WORDS[event.status])}: "
    )
    return f"{state}{said}{' und weitere Termine' if page.rrule or page.extra_dates else ''}"
