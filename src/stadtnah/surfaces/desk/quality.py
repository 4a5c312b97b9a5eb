"""The quality of the content: links that lead nowhere, and what is chosen for looking after them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import found
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.desk.works import ids_of
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.quality import asking, report, rules

_PER_PAGE = 25
_ASK_HELP = (
    "Etwa einmal in der Woche fragt der Server jede verlinkte Seite, ob es sie noch gibt, höchstens eine Anfrage je Minute an "
    "dieselbe Website. Übertragen werden nur die Adresse der Seite und die Adresse Ihrer Website."
)


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere, a row for each page."""
    user = access.require(request.user, Action.MESSAGE_VIEW)
    words = " ".join(request.GET.get("q", "").split())[:80]
    report.freshen()
    page = Paginator(report.pages(words), _PER_PAGE).get_page(request.GET.get("seite"))
    rows = report.rows(page.object_list)
    editable = ids_of(row.object_key for row in rows) if access.can(user, Action.MESSAGE_EDIT) else {}
    shown = [
        {
            "row": row,
            "kind": _kind(row.kind),
            "lines": [(line, _editor(editable.get(row.object_key), line.where)) for line in row.lines],
            "editor": _editor(editable.get(row.object_key), ""),
        }
        for row in rows
    ]
    context = {"rows": shown, "page": page, "words": words, "sums": report.sums(), "asking": asking.on()}
    return render(request, "desk/quality_links.html", context)


def _kind(key: str) -> str:
    return str(KINDS[key].page._meta.verbose_name) if key in KINDS else ""  # noqa: SLF001 - Django's public way to its names


def _editor(pk: int | None, where: str) -> str:
    """The editor, at the field when there is one."""
    if pk is None:
        return ""
    field = found.field_of(where)
    return reverse("wagtailadmin_pages:edit", args=[pk]) + (f"#{field}" if field else "")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What the municipality chooses."""
    by = access.require(request.user, Action.TOWN_EDIT)
    if request.method == "POST":
        rules.change(ask_others=request.POST.get("ask_others") == "1", by=by)
        messages.success(request, "Gespeichert.")
        return redirect("desk_quality_settings")
    chosen: Any = frozenset({"1"}) if rules.now().ask_others else frozenset()
    field = Field(
        "ask_others",
        "Links zu anderen Websites",
        "",
        _ASK_HELP,
        type="checks",
        choices=(("1", "Prüfen, ob sie noch erreichbar sind"),),
        chosen=chosen,
    )
    return render(request, "desk/quality_settings.html", {"fields": [field], "wrong": []})
