"""The form of the municipality's own rules for its texts; what may be kept is the website's to say."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website import style_rules

_LONGEST = 40_000
_ADDRESSES = (("Sie", "Sie: „Bitte melden Sie sich an.“"), ("du", "du: „Bitte meldet euch an.“"))
_SWITCHES = (("no_exclamation_marks", "Keine Ausrufezeichen"), ("times_need_uhr", "Hinter einer Uhrzeit steht „Uhr“"))  # fmt: skip
_GRADES = tuple(
    (str(grade), f"bis Schulstufe {grade}" if grade else "nicht prüfen") for grade in style_rules.GRADES
)
_FIELDS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("address", "Anrede", "", "select", True),
    ("citizens", "So nennen wir die Menschen in der Kommune", "Andere Formen werden angemerkt. Leer: keine Prüfung.", "text", False),
    ("preferred", "Bessere Wörter", "Eine Zeile je Wort: zuerst das Wort, das Sie vermeiden, dann das bessere. Zum Beispiel: Event: Veranstaltung", "textarea", False),
    ("forbidden", "Wörter, die nicht vorkommen sollen", "Ein Wort je Zeile.", "textarea", False),
    ("districts", "Ortsteile", "Ein Name je Zeile. Fehlt „Ortsteil“ vor dem Namen, wird es angemerkt.", "textarea", False),
    ("first_hashtag", "Eigener Hashtag", "Er steht in jedem Beitrag an erster Stelle.", "text", False),
    ("max_hashtags", "Höchstens so viele Hashtags", "", "number", True),
    ("max_grade", "Verständlichkeit", "Schwerere Texte werden angemerkt. Üblich ist Schulstufe 12; die Zahl ist eine Schätzung aus Satz- und Wortlängen.", "select", True),
    ("rules", "Feste Regeln", "", "checks", False),
    ("official_contacts", "Amtliche Nummern, E-Mail-Adressen und Konten", "Eine Angabe je Zeile. Was hier steht, gilt nicht als persönlich. Endet eine Nummer auf -0, gilt das auch für ihre Durchwahlen.", "textarea", False),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rules; whoever writes sees from the next check on what has changed."""
    by = access.require(request.user, Action.GUIDE_EDIT)
    if request.method != "POST":
        return _show(request, style_rules.as_typed(), {})
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name, *_ in _FIELDS}
    chosen = request.POST.getlist("rules")
    typed |= {name: "1" if name in chosen else "" for name in style_rules.SWITCHES}
    try:
        style_rules.change(typed, by=by)
    except style_rules.StyleWrong as wrong:
        return _show(request, typed, wrong.problems)
    messages.success(request, "Gespeichert. Die Prüfungen richten sich ab sofort danach.")
    return redirect("desk_style")


def _show(request: HttpRequest, typed: Mapping[str, str], problems: Mapping[str, str]) -> HttpResponse:
    choices = {"address": _ADDRESSES, "max_grade": _GRADES, "rules": _SWITCHES}
    on = frozenset(name for name in style_rules.SWITCHES if typed.get(name))
    fields = [
        Field(name, label, typed.get(name, ""), text, problems.get(name, ""), type=kind, required=required,
              choices=choices.get(name, ()), chosen=on if name == "rules" else frozenset(), rows=5)
        for name, label, text, kind, required in _FIELDS
    ]  # fmt: skip
    context = {"fields": fields, "wrong": [field for field in fields if field.problem]}
    return render(request, "desk/style.html", context, status=422 if problems else 200)
