"""Legal pages: which there are, whether they are still true, a new draft in one click with what it changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.land import api as laender
from stadtnah.kernel.town.api import town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.checks.gaps import left
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk import difference
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website.legal import drafts, state
from stadtnah.surfaces.website.legal.known import KINDS
from stadtnah.surfaces.website.models import StandardPage

_LABELS = {"answer_days": "Frist für Antworten", "contact": "Kontakt", "mail": "E-Mail", "phone": "Telefon",
           "street": "Straße", "place": "Ort", "url": "Website"}  # fmt: skip

_AT_THE_TOP = 3  # root of the CMS, first page, its pages: there the addresses of the kinds lie


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every page that can be generated, and the law of the Land it is made from."""
    access.require(request.user, Action.MESSAGE_VIEW)
    found = state.states()
    keys = [f"page:{one.page_uuid}" for one in found if one.page_uuid]
    status = publishing.statuses(keys)
    by_hand = _by_hand([one.kind.slug for one in found if not one.page_uuid])
    status |= publishing.statuses([page.object_key for page in by_hand.values()])
    missing, rows = _missing([one.page_uuid for one in found if one.page_uuid]), []
    for one in found:
        page = None if one.page_uuid else by_hand.get(one.kind.slug)
        row_key = page.object_key if page else f"page:{one.page_uuid}"
        rows.append(
            {
                "state": one,
                "by_hand": page,
                "status": status.get(row_key),
                "gaps": missing.get(one.page_uuid, 0),
            }
        )
    land = laender.profile(town().land)
    context = {"rows": rows, "land": land, "unverified": sorted(map(_unverified, land.unverified))}
    return render(request, "desk/legal.html", context)


def _missing(uuids: list[UUID]) -> dict[UUID | None, int]:
    """How much each draft still leaves to be filled in."""
    pages = StandardPage.objects.filter(uuid__in=uuids).select_related("latest_revision")
    return {page.uuid: len(left(draft_of(page).content())) for page in pages}


def _by_hand(slugs: list[str]) -> dict[str, StandardPage]:
    """Pages at these addresses that somebody wrote, without a draft of ours."""
    return {page.slug: page for page in StandardPage.objects.filter(slug__in=slugs, depth=_AT_THE_TOP)}


@require_POST
def make(request: HttpRequest, key: str) -> HttpResponse:
    """A new draft; nothing of it is public before its release."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    try:
        drafts.make(key, by=by)
    except KeyError as unknown:
        raise Http404 from unknown
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("desk_legal")
    messages.success(request, "Der Entwurf ist erzeugt. Öffentlich wird er erst mit der Freigabe.")
    return redirect("desk_legal_page", key=key)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """What the draft would change on the website, what is missing, what to look at."""
    access.require(request.user, Action.MESSAGE_VIEW)
    if key not in KINDS:
        raise Http404
    one = next(found for found in state.states() if found.kind.key == key)
    page: Any = StandardPage.objects.filter(uuid=one.page_uuid).first() if one.page_uuid else None
    if page is None:
        return redirect("desk_legal")
    content = draft_of(page).content()
    released = page.released()
    public = Content.from_json(released.said()) if released and released.state == "live" else None
    return render(
        request,
        "desk/legal_page.html",
        {
            "state": one,
            "page": page,
            "status": publishing.status(page.object_key),
            "changes": difference.changes(public, content),
            "gaps": left(content),
            "public": public is not None,
        },
    )


def _unverified(name: str) -> str:
    where, _dot, field = name.rpartition(".")
    label = _LABELS[field or name]
    return f"{label} der {'Aufsichtsbehörde' if where == 'data_protection' else 'Stelle'}" if where else label
