"""What citizens said of each page: numbers, the most „no“ first."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.website.helpful import counts

_PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All pages with an answer."""
    access.require(request.user, Action.MESSAGE_VIEW)
    words = " ".join(request.GET.get("q", "").split())[:80]
    page = Paginator(counts.verdicts(words), _PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "desk/verdicts.html", {"rows": page.object_list, "page": page, "words": words})


@require_POST
def begin_anew(request: HttpRequest) -> HttpResponse:
    """The page was revised: its answers are counted from nothing."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    if counts.begin_anew(request.POST.get("page", "")[:80], by=by):
        messages.success(request, "Gezählt wird ab jetzt von vorn.")
    return redirect("desk_verdicts")
