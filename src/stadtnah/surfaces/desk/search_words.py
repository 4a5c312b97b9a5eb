"""The municipality's own words for the search of its website, with a place to try a question."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.search import own_words, synonyms, trial

_LONGEST: Final = 200_000
_HELP: Final = (
    "Eine Zeile je Gruppe, die Wörter mit Komma getrennt: Bütt, Freibad. Wer das eine sucht, findet auch das andere. "
    "Soll es nur in einer Richtung gelten, steht ein Größer-Zeichen dazwischen: Elternabend > Grundschule."
)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The words; a question in the address is tried."""
    by = access.require(request.user, Action.GUIDE_EDIT)
    if request.method != "POST":
        return _show(request, synonyms.own_text(), "")
    typed = request.POST.get("words", "")[:_LONGEST]
    try:
        own_words.change(typed, by=by)
    except own_words.WordsWrong as wrong:
        return _show(request, typed, str(wrong))
    messages.success(request, "Gespeichert. Die Suche richtet sich ab sofort danach.")
    return redirect("desk_search")


def _show(request: HttpRequest, typed: str, problem: str) -> HttpResponse:
    field = Field("words", "Eigene Wörter", typed, _HELP, problem, type="textarea", rows=10)
    asked = " ".join(request.GET.get("frage", "").split())
    context = {
        "fields": [field],
        "wrong": [field] if problem else [],
        "asked": asked,
        "tried": trial.of(asked) if asked else None,
        "ours": synonyms.ours(),
    }
    return render(request, "desk/search.html", context, status=422 if problem else 200)
