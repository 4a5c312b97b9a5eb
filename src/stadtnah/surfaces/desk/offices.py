"""Offices, places and people in the desk: their lists, and „heute geschlossen“ with one click into the release basket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import changed, page_lists
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website.offices import exceptions, founding, view
from stadtnah.surfaces.website.offices.models import OfficePage, PersonPage, PlacePage

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists."""

    key: str
    label: str
    one: str
    page: Any
    index: Any


_KINDS = {
    "aemter": Kind("aemter", "Ämter", "Neues Amt", OfficePage, founding.office_index),
    "personen": Kind("personen", "Ansprechpersonen", "Neue Person", PersonPage, founding.office_index),
    "orte": Kind("orte", "Orte", "Neuer Ort", PlacePage, founding.place_index),
}
_FIELDS = (
    ("first", "Tag", "", "date", True),
    ("last", "Bis einschließlich", "Leer: nur dieser eine Tag.", "date", False),
    ("hours", "Öffnungszeit", "Leer heißt geschlossen. Zum Beispiel: 8–10", "text", False),
    ("reason", "Grund", "Zum Beispiel: Fortbildung.", "text", False),
)


@require_safe
def offices_list(request: HttpRequest, kind: str = "aemter") -> HttpResponse:
    """Offices, people or places by name, each with where it stands; searched by name."""
    access.require(request.user, Action.MESSAGE_VIEW)
    shown = _kind(kind)
    context = {
        **page_lists.by_name(request, shown.page.objects.all()),
        "kind": shown,
        "kinds": _KINDS.values(),
        "today": view.today(),
    }
    return render(request, "desk/offices.html", context)


@require_safe
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Straight to an empty page."""
    shown = _kind(kind)
    return page_lists.to_empty(request, shown.page, shown.index)


@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, key: UUID) -> HttpResponse:
    """Closed, or other hours, on some days: into the draft and before the municipality in one go."""
    by = access.require(request.user, Action.MESSAGE_SUBMIT)
    page = OfficePage.objects.filter(uuid=key).first()
    if page is None:
        raise Http404
    if request.method != "POST":
        return _form(request, page, {"first": view.today().isoformat()}, {})
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name, *_ in _FIELDS}
    before: Any = draft_of(page)
    try:
        draft: Any = exceptions.add(before, typed, by=by)
    except exceptions.ExceptionWrong as wrong:
        return _form(request, page, typed, wrong.problems)
    return _hand_in(request, draft, typed, by=by)


def _hand_in(request: HttpRequest, draft: Any, typed: Mapping[str, str], *, by: User) -> HttpResponse:
    done, failed = changed.hand_in([changed.Changed(draft, draft.content(), None)], by=by)
    if failed:
        _title, reason, _uuid = failed[0]
        messages.error(
            request,
            f"Die Ausnahme steht im Entwurf, liegt aber noch nicht vor: {reason}",
        )
        return redirect("desk_offices")
    publishing.ask_for_basket(done, reverse("desk_basket"), by=by)
    said = "geschlossen" if not typed["hours"].strip() else "andere Zeiten"
    messages.success(
        request,
        f"{draft.title}: {said}. Die Änderung liegt der Kommune zur Freigabe vor; sie hat eine E-Mail erhalten.",
    )
    return redirect("desk_offices")


def _form(
    request: HttpRequest, page: OfficePage, typed: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    fields = [
        Field(name, label, typed.get(name, ""), text, problems.get(name, ""), type=kind, required=required)
        for name, label, text, kind, required in _FIELDS
    ]
    context = {"office": page, "fields": fields, "wrong": [field for field in fields if field.problem]}
    return render(request, "desk/office_exception.html", context, status=422 if problems else 200)


def _kind(key: str) -> Kind:
    if key not in _KINDS:
        raise Http404
    return _KINDS[key]
