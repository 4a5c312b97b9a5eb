"""„Verschieben“: below which page it shall stand, what that changes, and on to the municipality."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk.works import work_of
from stadtnah.surfaces.website.relocating import release, rule
from stadtnah.surfaces.website.relocating.targets import targets

_PER_PAGE = 50
_LONGEST = 80  # characters that are searched for
_NOTE = 2000
_SHOWN = 5  # pages below that are named before the list is unfolded


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Without „nach“ the pages to choose from; with it what would change. A POST does it, or takes back what waits."""
    user = access.require(request.user, Action.MESSAGE_EDIT)
    page: Any = work_of(user, key)
    if request.method == "POST" and request.POST.get("do") == "back":
        return _taken_back(request, page, user)
    wanted = (request.POST if request.method == "POST" else request.GET).get("nach", "")[:_LONGEST]
    if not wanted:
        return _choose(request, page)
    try:
        parent = _chosen(wanted)
        if request.method == "POST":
            return _done(request, page, parent, user)
        way = rule.plan(page, parent)
    except rule.NotMoved as problem:
        return _choose(request, page, problem=str(problem))
    return render(
        request, "desk/move_seen.html", {"page": page, "way": way, "shown": _SHOWN, "wanted": wanted}
    )


def _chosen(wanted: str) -> Any:
    parent = rule.page_of(wanted, rule.parents()) if _is_key(wanted) else None
    if parent is None:
        raise rule.NotMoved("Diese Seite gibt es nicht mehr. Bitte wählen Sie eine andere.")
    return parent


def _choose(request: HttpRequest, page: Any, *, problem: str = "") -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    possible = rule.movable(page)
    found = targets(page, words) if possible else []
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("seite"))
    wish = release.of_page(page)
    context = {
        "target": page,
        "possible": possible,
        "rows": shown.object_list,
        "page": shown,
        "words": words,
        "problem": problem,
        "waiting": _waiting(wish),
        "progress": release.progress(wish) if wish else (0, 0),
    }
    return render(request, "desk/move.html", context, status=409 if problem else 200)


def _waiting(wish: Any) -> publishing.ReleaseRequest | None:
    if wish is None:
        return None
    rows = publishing.ReleaseRequest.objects.filter(object_key=release.key_of(wish), state="open")
    return rows.select_related("submitted_by").first()


def _done(request: HttpRequest, page: Any, parent: Any, by: User) -> HttpResponse:
    way = rule.plan(page, parent)
    if not way.public:
        release.move_draft(page, parent, by=by)
        messages.success(request, f"„{page.title}“ steht jetzt unter „{parent.title}“: {way.new}")
        return redirect("desk_pages")
    note = request.POST.get("note", "")[:_NOTE].strip()
    try:
        release.propose(page, parent, by=by, note=note)
    except publishing.NotAccepted as problem:
        raise rule.NotMoved(problem.findings[0].text if problem.findings else str(problem)) from problem
    messages.success(
        request,
        f"Der Umzug von „{page.title}“ liegt im Freigabekorb. Die Kommune hat eine E-Mail erhalten; bis sie ihn freigibt, bleibt alles, wie es ist.",
    )
    return redirect("desk_pages")


def _taken_back(request: HttpRequest, page: Any, by: User) -> HttpResponse:
    if release.take_back(page, by=by):
        messages.success(request, "Der Vorschlag ist zurückgenommen. Die Seite bleibt, wo sie ist.")
    else:
        messages.error(
            request,
            "Zurücknehmen kann den Vorschlag nur, wer ihn gemacht hat, und nur, bis darüber entschieden ist.",
        )
    return redirect("desk_move", key=page.uuid)


def _is_key(wanted: str) -> bool:
    try:
        UUID(wanted.partition(":")[2])
    except ValueError:
        return False
    return True
