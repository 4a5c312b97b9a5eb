"""„Entwurf verwerfen“: one page that names what goes and says that it does not come back, and the button."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import found, page_lists
from stadtnah.surfaces.desk.works import draft_of, work_of
from stadtnah.surfaces.website import discarding


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first; where it cannot be, says why instead."""
    user = access.require(request.user, Action.MESSAGE_EDIT)
    work = work_of(user, key)
    back = page_lists.of(type(work)._meta.model_name)  # noqa: SLF001 - Django's public way to its names
    page = draft_of(work)
    status = publishing.status(work.object_key)
    problem = discarding.hindrance(work, status)
    if request.method == "POST" and not problem:
        try:
            discarding.discard(work, by=user)
        except discarding.NotDiscarded as why:
            problem = str(why)
        else:
            messages.success(
                request, f"Der Entwurf „{page.title}“ ist verworfen; seine Adresse ist wieder frei."
            )
            return redirect(back.name)
    context = {
        "page": page,
        "status": status,
        "back": {"url": reverse(back.name), "label": back.label},
        "editor": found.editor(page),
        "problem": problem,
    }
    return render(request, "desk/discard.html", context, status=409 if request.method == "POST" else 200)
