"""The entries of the blog in the desk, the newest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import page_lists
from stadtnah.surfaces.website.blog import founding
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage


@require_safe
def entries_list(request: HttpRequest) -> HttpResponse:
    """Each with its series and where it stands; searched by title. Above them the blog itself and its series."""
    access.require(request.user, Action.MESSAGE_VIEW)
    entries: Any = BlogEntryPage.objects.select_related("series")
    index = BlogIndexPage.objects.first()
    around = [*filter(None, [index]), *BlogSeriesPage.objects.order_by("title")]
    context = {**page_lists.newest(request, entries, around), "index": index}
    return render(request, "desk/blog.html", context)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty entry."""
    return page_lists.to_empty(request, BlogEntryPage, founding.blog)
