"""The release basket: small changes of the website, each with before and after, laid before the municipality and released together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.desk import changed, second_factor
from stadtnah.surfaces.desk.brief import reminded
from stadtnah.surfaces.desk.difference import changes
from stadtnah.surfaces.website import standing
from stadtnah.surfaces.website.calendar import reminding
from stadtnah.surfaces.website.moving_in.release import waiting_together

MOST = 50  # shown and released at a time; more would not be read


@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """What waits for the website alone. A tick is worth the digest that it stands beside."""
    by = access.require(request.user, Action.MESSAGE_RELEASE)
    if request.method != "POST":
        return _show(request)
    picks = [pick.partition(":") for pick in request.POST.getlist("pick")[:MOST]]
    seen = [(pk, digest) for pk, _colon, digest in picks]
    if not seen:
        return _show(request, status=422, problem="Bitte wählen Sie mindestens eine Änderung aus.")
    known = {str(pk) for pk in publishing.website_alone().values_list("pk", flat=True)}
    try:
        if not {pk for pk, _digest in seen} <= known:
            raise publishing.Outdated(
                "Der Korb hat sich geändert, während Sie ihn ansahen. Bitte sehen Sie ihn noch einmal an."
            )
        done = publishing.release_many(seen, by=by, second_factor=second_factor.used(request))
    except publishing.NotAccepted as problem:
        return _show(request, status=409, problem=str(problem))
    except PermissionDenied as problem:
        return _show(request, status=403, problem=str(problem))
    number = len(done)
    messages.success(
        request, "Eine Änderung ist freigegeben." if number == 1 else f"{number} Änderungen sind freigegeben."
    )
    return redirect("desk_requests")


def _show(request: HttpRequest, *, status: int = 200, problem: str = "") -> HttpResponse:
    imported, _runs = waiting_together()
    found = publishing.website_alone().exclude(object_key__in=imported)
    rows = list(found.select_related("snapshot", "submitted_by").order_by("submitted_at", "pk")[: MOST + 1])
    before = publishing.seen_before(rows)
    user = access.require(request.user, Action.MESSAGE_RELEASE)
    shown = [_entry(user, row, before) for row in rows[:MOST]]
    mails = reminding.mails_of(entry["content"] for entry in shown)
    for entry in shown:
        entry["reminded"] = reminded(mails.get(entry["row"].object_key, 0))
    typed = request.POST if request.method == "POST" else second_factor.typed(request)
    picked = {entry["pick"] for entry in shown} if typed is None else set(typed.getlist("pick"))
    context = {
        "rows": shown,
        "more": len(rows) > MOST,
        "problem": problem,
        "pickable": any(not row["own"] for row in shown),
        "picked": picked,
    }
    return render(request, "desk/basket.html", context, status=status)


def _entry(user: User, row: publishing.ReleaseRequest, before: Any) -> dict[str, Any]:
    content = publishing.content_of(row.snapshot)
    thing = standing.of(row.object_key)
    known = thing.public() if thing else before.get(row.object_key)
    return {
        "row": row,
        "content": content,
        "changes": changes(known, content),
        "itself": thing is not None and known is None,  # a move is no version of anything
        "places": [place for place in publishing.places(content) if place.text] if known is None else [],
        "pictures": _new_pictures(known, content),
        "own": publishing.wrote(user, row.snapshot),
        "pick": f"{row.pk}:{row.snapshot_id}",
    }


def _new_pictures(before: Content | None, after: Content) -> list[Picture]:
    """The pictures that the version before did not have, each once: a name alone does not show what is released."""
    had = {picture.sha256 for picture in before.pictures()} if before else set()
    return list({one.sha256: one for one in after.pictures() if one.sha256 not in had}.values())


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """Pages that were changed since the municipality saw them last: laid before it together."""
    by = access.require(request.user, Action.MESSAGE_SUBMIT)
    pages = changed.pages()
    if request.method != "POST":
        return render(request, "desk/collect.html", {"rows": pages})
    wanted = set(request.POST.getlist("page"))
    chosen = [row for row in pages if str(row.page.uuid) in wanted]
    note = request.POST.get("note", "")[:2000].strip()
    if not chosen:
        problem = "Bitte wählen Sie mindestens eine Seite aus."
        return render(
            request, "desk/collect.html", {"rows": pages, "note": note, "problem": problem}, status=422
        )
    done, failed = changed.hand_in(chosen, by=by, note=note)
    if done:
        publishing.ask_for_basket(done, reverse("desk_basket"), by=by)
        said = "Eine Seite liegt" if len(done) == 1 else f"{len(done)} Seiten liegen"
        messages.success(request, f"{said} der Kommune zur Freigabe vor. Sie hat eine E-Mail erhalten.")
    if not failed:
        return redirect("desk_pages")
    return render(
        request,
        "desk/collect.html",
        {"rows": changed.pages(), "note": note, "failed": failed},
        status=422,
    )
