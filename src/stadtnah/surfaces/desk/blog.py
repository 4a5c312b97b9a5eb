"""The entries of the blog in the desk, the newest first."""

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
from stadtnah.surfaces.website.blog import founding
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage

_PER_PAGE = 50


@require_safe
def entries_list(request: HttpRequest) -> HttpResponse:
    """Each with its series and where it stands; searched by title. Above them the blog itself and its series."""
    access.require(request.user, Action.MESSAGE_VIEW)
    words = request.GET.get("q", "").strip()[:80]
    entries: Any = BlogEntryPage.objects.select_related("series").order_by("-pk")
    if words:
        entries = entries.filter(title__icontains=words)
    page = Paginator(entries, _PER_PAGE).get_page(request.GET.get("seite"))
    shown = list(page.object_list)
    index = BlogIndexPage.objects.first()
    around = [*filter(None, [index]), *BlogSeriesPage.objects.order_by("title")]
    states = publishing.statuses([one.object_key for one in [*shown, *around]])
    context = {
        "rows": [{"page": one, "status": states[one.object_key]} for one in shown],
        "around": [{"page": one, "status": states[one.object_key]} for one in around],
        "index": index,
        "page": page,
        "words": words,
    }
    return render(request, "desk/blog.html", context)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty entry."""
    access.require(request.user, Action.MESSAGE_EDIT)
    try:
        place = founding.blog()
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("desk_home")
    return redirect("wagtailadmin_pages:add", "blog", "blogentrypage", place.pk)
