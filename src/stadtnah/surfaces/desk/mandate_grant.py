"""The municipality grants a mandate: which person of which agency, for what, from when until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.actions import SCOPE_LABELS
from stadtnah.kernel.access.api import Action, Agency, Scope
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk.forms import Field

_NEW = "neu"
_LONGEST_NAME = 160
_YEAR = timedelta(days=365)


@dataclass
class _Form:
    """What was typed, what it means, and what is wrong with it."""

    typed: dict[str, str]
    scopes: frozenset[str]
    wrong: dict[str, str] = field(default_factory=dict)
    user: User | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """The form; what it grants holds from its first day on."""
    by = access.require(request.user, Action.MANDATES_MANAGE)
    people = list(User.objects.filter(kind=User.Kind.AGENCY, is_active=True).order_by("name", "email"))
    agencies = list(Agency.objects.order_by("name"))
    if request.method != "POST":
        today = clock.local(clock.now()).date()
        typed = {"starts": today.isoformat(), "ends": (today + _YEAR).isoformat()}
        return _show(request, _Form(typed, frozenset({Scope.WRITE.value})), people, agencies)
    form = _read(request.POST, people, agencies)
    if form.wrong or form.user is None or form.starts is None:
        return _show(request, form, people, agencies)
    chosen = next((one for one in agencies if str(one.pk) == form.typed["agency"]), None)
    mandate = access.grant_mandate(
        chosen or access.agency_named(form.typed["agency_name"], by=by),
        form.user,
        [Scope(scope) for scope in form.scopes],
        by=by,
        starts_at=form.starts,
        ends_at=form.ends,
    )
    messages.success(
        request, f"Erteilt: Vollmacht für {mandate.user}, gilt ab {clock.german_date(mandate.starts_at)}"
    )
    return redirect("desk_mandates")


def _read(post: QueryDict, people: list[User], agencies: list[Agency]) -> _Form:
    typed = {
        name: post.get(name, "").strip()[:200]
        for name in ("person", "agency", "agency_name", "starts", "ends")
    }
    form = _Form(typed, frozenset(post.getlist("scopes")) & {scope.value for scope in Scope})
    form.user = next((one for one in people if str(one.pk) == typed["person"]), None)
    if form.user is None:
        form.wrong["person"] = "Bitte wählen Sie, wer die Vollmacht bekommt."
    _agency(form, agencies)
    if not form.scopes:
        form.wrong["scopes"] = "Bitte wählen Sie mindestens eine Aufgabe."
    _dates(form)
    return form


def _agency(form: _Form, agencies: list[Agency]) -> None:
    name = form.typed["agency_name"]
    if form.typed["agency"] in {str(one.pk) for one in agencies}:
        return
    if not name:
        where = "agency_name" if form.typed["agency"] == _NEW or not agencies else "agency"
        form.wrong[where] = "Bitte geben Sie an, für welche Agentur die Person arbeitet."
    elif len(name) > _LONGEST_NAME:
        form.wrong["agency_name"] = f"Der Name ist zu lang; möglich sind {_LONGEST_NAME} Zeichen."


def _dates(form: _Form) -> None:
    """First and last day, whole days of local time."""
    first, last = _day(form, "starts"), _day(form, "ends")
    today = clock.local(clock.now()).date()
    if first is None and "starts" not in form.wrong:
        form.wrong["starts"] = "Bitte geben Sie den ersten Tag an."
    if first and first < today:
        form.wrong["starts"] = "Der erste Tag liegt in der Vergangenheit. Rückwirkend gilt keine Vollmacht."
    if last and last < max(first or today, today):
        form.wrong["ends"] = "Der letzte Tag liegt vor dem ersten. Bitte wählen Sie einen späteren."
    if form.wrong:
        return
    form.starts = clock.resolve_wall(datetime.combine(first, time())) if first else None
    form.ends = clock.resolve_wall(datetime.combine(last, time(23, 59))) if last else None


def _day(form: _Form, name: str) -> date | None:
    text = form.typed[name]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        form.wrong[name] = "Das ist kein Datum. Bitte geben Sie es so an: 2027-01-31."
        return None


def _show(request: HttpRequest, form: _Form, people: list[User], agencies: list[Agency]) -> HttpResponse:
    fields = _fields(form, people, agencies)
    context: dict[str, Any] = {
        "fields": fields,
        "wrong": [one for one in fields if one.problem],
        "nobody": not people,
    }
    return render(request, "desk/mandate_grant.html", context, status=422 if form.wrong else 200)


def _fields(form: _Form, people: list[User], agencies: list[Agency]) -> list[Field]:
    typed, wrong = form.typed, form.wrong
    persons = (("", "Bitte wählen"), *((str(p.pk), f"{p.name} ({p.email})") for p in people))
    houses = (("", "Bitte wählen"), *((str(a.pk), a.name) for a in agencies), (_NEW, "Eine andere Agentur"))
    person = Field(
        "person", "Person", typed.get("person", ""), "Eine Vollmacht gilt für eine Person, nie für eine ganze Agentur.",
        wrong.get("person", ""), type="select", required=True, choices=persons,
    )  # fmt: skip
    agency = Field(
        "agency", "Agentur", typed.get("agency", ""), problem=wrong.get("agency", ""), type="select",
        required=True, choices=houses,
    )  # fmt: skip
    name = Field(
        "agency_name",
        "Name der Agentur",
        typed.get("agency_name", ""),
        "Nur wenn sie oben nicht steht." if agencies else "",
        wrong.get("agency_name", ""),
        required=not agencies,
    )
    scopes = Field(
        "scopes", "Wofür", "", "Freigeben kann eine Agentur nie.", wrong.get("scopes", ""), type="checks",
        choices=tuple((s.value, label) for s, label in SCOPE_LABELS.items()), chosen=form.scopes,
    )  # fmt: skip
    first = Field(
        "starts",
        "Erster Tag",
        typed.get("starts", ""),
        problem=wrong.get("starts", ""),
        type="date",
        required=True,
    )
    last = Field(
        "ends", "Letzter Tag", typed.get("ends", ""), "Ohne Angabe gilt sie, bis Sie sie beenden.",
        wrong.get("ends", ""), type="date",
    )  # fmt: skip
    return [person, *([agency] if agencies else []), name, scopes, first, last]
