"""The languages of the website: which there are, how a page stands in each, and what is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.desk.works import work_of
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.languages import making, report
from stadtnah.surfaces.website.languages.domain.states import State
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES
from stadtnah.surfaces.website.languages.models import VersionPage

_PER_PAGE = 50
_HELP = "Deutsch gehört immer dazu. Für die gewählten Sprachen zeigt der Redaktionsbereich, was fehlt oder veraltet ist."


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The municipality chooses the languages of its website."""
    by = access.require(request.user, Action.TOWN_EDIT)
    if request.method != "POST":
        return _form(request, making.chosen(), "")
    tags = request.POST.getlist("languages")[: len(TONGUES)]
    try:
        making.choose(tags, by=by)
    except making.NotPossible as problem:
        return _form(request, tags, str(problem))
    messages.success(request, "Gespeichert. Was zu übersetzen ist, steht unter „Übersetzungen“.")
    return redirect("desk_languages")


def _form(request: HttpRequest, tags: list[str], problem: str) -> HttpResponse:
    names = tuple((one.tag, _name(one)) for one in TONGUES.values())
    field = Field(
        "languages",
        "Sprachen neben Deutsch",
        "",
        _HELP,
        problem,
        type="checks",
        choices=names,
        chosen=frozenset(tags),
    )
    context = {"fields": [field], "wrong": [field] if problem else []}
    return render(request, "desk/languages.html", context, status=422 if problem else 200)


def _name(tongue: Any) -> str:
    return tongue.label if tongue.label == tongue.name else f"{tongue.label} ({tongue.name})"


@require_safe
def report_view(request: HttpRequest) -> HttpResponse:
    """What is missing or outdated, by language."""
    access.require(request.user, Action.MESSAGE_VIEW)
    found = report.by_language()
    tag = request.GET.get("sprache", "")
    tag = tag if tag in found else next(iter(found), "")
    counts = {one: report.counts(rows) for one, rows in found.items()}
    rows = [row for row in found.get(tag, []) if row.standing.state is not State.RELEASED]
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "tabs": [(TONGUES[one], _open(counts[one]), one == tag) for one in found],
        "tongue": TONGUES.get(tag),
        "rows": [(row, _kind(row.kind)) for row in page.object_list],
        "page": page,
        "counts": counts.get(tag, {}),
        "released": counts[tag][State.RELEASED] if tag else 0,
    }
    return render(request, "desk/translations.html", context)


def _kind(key: str) -> str:
    return str(KINDS[key].page._meta.verbose_name)  # noqa: SLF001 - Django's public way to its names


def _open(counts: dict[State, int]) -> int:
    return counts[State.MISSING] + counts[State.OUTDATED] + counts[State.DRAFT]


@require_safe
def of_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The panel „Fassungen“ of a page: each language with its state and what to do."""
    page = work_of(access.require(request.user, Action.MESSAGE_VIEW), key)
    if isinstance(page, VersionPage):
        raise Http404
    public = page.released()
    context = {
        "page": page,
        "standings": report.of_page(page.object_key),
        "translatable": making.translatable(public),
        "public": public,
    }
    return render(request, "desk/versions.html", context)
