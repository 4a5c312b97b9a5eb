"""What the categories of an old website are here: an existing one, none, or, with a tick, a new one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import importing
from stadtnah.surfaces.website.models import Category
from stadtnah.surfaces.website.moving_in import categories, tasks
from stadtnah.surfaces.website.moving_in.models import ImportRun

_NONE = "-"  # the messages have no category here, on purpose


@require_POST
def decide(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Keeps the decisions and writes them into the drafts, in the background. What is left open stays so."""
    by = access.require(request.user, Action.IMPORT_RUN)
    run = get_object_or_404(ImportRun, pk=run_id)
    rows = importing.old_categories(run, request.POST)["old_categories"]
    if any(row["both"] for row in rows):
        problem = "Bitte entscheiden Sie sich bei jeder Rubrik: zuordnen oder neu anlegen."
        return importing.show(request, run, problem=problem, status=422, posted=request.POST)
    ours = {str(row.pk): row for row in Category.objects.all()}
    chosen = {row["key"]: ours.get(row["chosen"]) for row in rows if row["chosen"] in {*ours, _NONE}}
    new = {row["key"]: row["name"] for row in rows if row["new"]}
    if not chosen and not new:
        problem = "Bitte ordnen Sie mindestens eine Rubrik zu."
        return importing.show(request, run, problem=problem, status=422)
    categories.decide(run, chosen, new, by=by)
    tasks.sort_in.enqueue(str(run.pk), str(by.pk))
    messages.success(request, "Gemerkt. Die Rubriken werden in die Entwürfe eingetragen.")
    return redirect("desk_import_run", run_id=run_id)
