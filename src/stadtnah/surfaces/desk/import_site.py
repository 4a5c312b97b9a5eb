"""The proposal for an old website: what was found, what is to become of it, and the choice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.website.moving_in import tasks
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun
from stadtnah.surfaces.website.moving_in.site import folder, report, sites

_PER_PAGE, _LEFT = 100, 60
_DEEPEST = 5


def proposal(run: ImportRun, page: str | None) -> dict[str, Any]:
    """What the page of a run shows of a website that was read. page: of the list."""
    if run.state != ImportRun.State.FOUND or not run.of_site:
        return {}
    found = FoundPage.objects.filter(run=run).order_by("position")
    depths = _depths(dict(found.values_list("pk", "above_id")))
    rows = Paginator(found.filter(possible=True), _PER_PAGE).get_page(page)
    left = found.filter(possible=False)
    origin = str(run.options["origin"])
    return {
        "made_up": origin if folder.invented(origin) else "",
        "summary": report.summary(run),
        "proposed": rows,
        "rows": [(row, min(depths[row.pk], _DEEPEST)) for row in rows],
        "kinds": FoundPage.Kind.choices,
        "impossible": left[:_LEFT],
        "impossible_number": left.count(),
        "impossible_more": max(0, left.count() - _LEFT),
    }


def _depths(above: dict[int, int | None]) -> dict[int, int]:
    """How deep each stands; those above come first."""
    found: dict[int, int] = {}
    for key, upper in above.items():
        found[key] = found.get(upper, -1) + 1 if upper is not None else 0
    return found


@require_POST
def choose(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Remembers the choice on this page of the list; with the second button the taking over begins."""
    by = access.require(request.user, Action.IMPORT_RUN)
    run = get_object_or_404(ImportRun, pk=run_id)
    shown = {int(one) for one in request.POST.getlist("zeile") if one.isdecimal() and len(one) < 7}  # noqa: PLR2004
    taken = {one for one in shown if request.POST.get(f"nimm-{one}") == "1"}
    wanted = {one: request.POST.get(f"art-{one}", "") for one in taken}
    here = reverse("desk_import_run", args=[run.pk])
    if not sites.keep(run, wanted, shown=shown, by=by):
        messages.error(request, "Über diese Seiten ist schon entschieden. Hier sehen Sie den Stand.")
        return redirect(here)
    if request.POST.get("dann") != "nehmen":
        messages.success(request, "Ihre Auswahl ist gemerkt.")
        return redirect(
            f"{here}?vorschlag={request.POST.get('weiter') or request.POST.get('blatt') or '1'}#vorschlag"
        )
    if not sites.choose(run, by=by):
        messages.error(request, "Es ist keine Seite ausgewählt. Bitte setzen Sie mindestens ein Häkchen.")
        return redirect(f"{here}#vorschlag")
    tasks.take_over.enqueue(str(run.pk))
    return redirect(here)
