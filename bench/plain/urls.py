"""Every address belongs to Wagtail; with PLAIN_ADMIN=1 its admin and a search, as its project template has them."""

from __future__ import annotations

import os

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.models import Page


def search(request: HttpRequest) -> HttpResponse:
    """Wagtail's project template, `search/views.py`."""
    query = request.GET.get("q")
    results = Page.objects.live().search(query) if query else Page.objects.none()
    page = Paginator(results, 10).get_page(request.GET.get("page"))
    return render(request, "plain/search.html", {"search_query": query, "search_results": page})


urlpatterns = [path("", include(wagtail_urls))]
if os.environ.get("PLAIN_ADMIN") == "1":
    from wagtail.admin import urls as wagtailadmin_urls

    urlpatterns = [path("admin/", include(wagtailadmin_urls)), path("suche/", search), *urlpatterns]
