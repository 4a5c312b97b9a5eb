"""The panel „In Suchmaschinen“ of a page: how a result looks, what would help, what machines are told."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk.works import draft_of, work_of
from stadtnah.surfaces.website import findable, linked_data, snippets
from stadtnah.surfaces.website import site as sites


@require_safe
def of_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page as it was saved last, whether it is public or not."""
    page = work_of(access.require(request.user, Action.MESSAGE_VIEW), key)
    content = draft_of(page).content()
    site = sites.current(content.path)
    said = linked_data.nodes(findable.document(content, None, site))
    context = {
        "page": page,
        "snippet": snippets.snippet(content, site.town),
        "said": json.dumps(said, ensure_ascii=False, indent=2),
        "most_title": snippets.TITLE,
        "most_description": snippets.DESCRIPTION,
    }
    return render(request, "desk/finding.html", context)
