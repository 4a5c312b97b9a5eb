"""The form of what the municipality says about itself; the rules are the website's."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website import town_facts

_LONGEST = 4000
_CONTRAST = "Sie muss sich auf Weiß gut lesen lassen; das wird beim Speichern geprüft."
_LABELS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("name", "Name", "So steht er auf der Website, zum Beispiel: Stadt Erlenfurt.", "text", True),
    ("short_name", "Kurzname", "Wie man im Alltag sagt, zum Beispiel: Erlenfurt.", "text", True),
    ("street", "Straße und Hausnummer", "", "text", False),
    ("postcode", "Postleitzahl", "", "text", False),
    ("phone", "Telefon", "", "tel", False),
    ("mail", "E-Mail", "Die Adresse für alle, nicht die einer Person.", "email", False),
    ("hours", "Öffnungszeiten", "Eine Zeile je Tag, zum Beispiel: Montag: 8–12 Uhr", "textarea", False),
    ("colour", "Farbe", _CONTRAST, "color", True),
    ("accent", "Zweitfarbe", _CONTRAST, "color", True),
    ("arms", "Wappen", "Ein Bild als PNG, JPEG oder WebP, am besten freigestellt. Es ersetzt das bisherige.", "picture", False),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The form; what is typed goes the way of a message, because it stands on every page."""
    by = access.require(request.user, Action.TOWN_EDIT)
    if request.method != "POST":
        return _show(request, _stored(), {})
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name, *_ in _LABELS}
    file = request.FILES.get("arms")
    try:
        laid_before = town_facts.propose(
            typed,
            (file.name or "Wappen", file.read()) if file else None,
            without_arms=request.POST.get("without_arms") == "1",
            by=by,
        )
    except town_facts.TownWrong as wrong:
        return _show(request, typed, wrong.problems)
    except publishing.NotAccepted as problem:
        messages.error(request, str(problem))
        return _show(request, typed, {}, status=422)
    if laid_before:
        messages.success(request, "Zur Freigabe gegeben. Nach der Freigabe erscheint es auf jeder Seite.")
    else:
        messages.info(request, "Die Website zeigt diese Angaben schon. Zur Freigabe liegt nichts mehr vor.")
    return redirect("desk_town")


def _stored() -> dict[str, str]:
    found = town_facts.proposed()
    hours = "\n".join(f"{day}: {when}" for day, when in found["opening_hours"])
    return {**{name: str(found[name]) for name in town_facts.TEXTS}, "hours": hours}


def _show(
    request: HttpRequest, typed: Mapping[str, str], problems: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    fields = [
        Field(name, label, typed.get(name, ""), text, problems.get(name, ""), type=kind, required=required, rows=7)
        for name, label, text, kind, required in _LABELS
    ]  # fmt: skip
    context = {
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
        "arms": town_facts.proposed()["arms_sha256"],
        "waiting": town_facts.waiting(),
        "scheduled": town_facts.scheduled(),
        "status": publishing.status(town_facts.OBJECT_KEY),
        "key": town_facts.KEY,
    }
    return render(request, "desk/town.html", context, status=422 if problems else status)
