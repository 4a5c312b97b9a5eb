"""Absence of those who release: meanwhile the requests go to the deputies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.access.models import Absence
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk.forms import Field, wall_problem


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """One's own absences, and a form for another one."""
    user = access.require(request.user, Action.MESSAGE_RELEASE)
    if request.method != "POST":
        return _show(request, user, {}, {})
    typed = {name: request.POST.get(name, "")[:16] for name in ("starts", "ends")}
    wrong = {name: problem for name, text in typed.items() if (problem := wall_problem(text))}
    if not wrong:
        starts, ends = (clock.resolve_wall(clock.parse_wall(typed[name])) for name in ("starts", "ends"))
        if ends <= starts:
            wrong["ends"] = "Das Ende liegt vor dem Beginn. Bitte wählen Sie einen späteren Zeitpunkt."
        elif ends <= clock.now():
            wrong["ends"] = "Das Ende liegt in der Vergangenheit."
    if wrong:
        return _show(request, user, typed, wrong)
    with transaction.atomic():
        entered = Absence.objects.create(user=user, starts_at=starts, ends_at=ends)
        audit.record("absence.entered", actor=user, subject=f"user:{user.pk}")
    names = _names(entered)
    if names:
        messages.success(request, f"Eingetragen. In dieser Zeit fragen wir: {names}.")
    else:
        messages.warning(
            request,
            "Eingetragen. In dieser Zeit ist aber niemand sonst da, der freigeben darf. Anfragen kommen weiter zu Ihnen.",
        )
    return redirect("desk_absence")


@require_POST
def remove(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Back earlier. Someone else's absence is unknown here."""
    user = access.require(request.user, Action.MESSAGE_RELEASE)
    with transaction.atomic():
        gone, _ = Absence.objects.filter(pk=absence_id, user=user).delete()
        if not gone:
            raise Http404
        audit.record("absence.removed", actor=user, subject=f"user:{user.pk}")
    messages.success(request, "Gelöscht. Neue Anfragen kommen wieder zu Ihnen.")
    return redirect("desk_absence")


def _names(absence: Absence) -> str:
    return ", ".join(user.name for user in access.stand_ins(absence))


def _show(request: HttpRequest, user: User, typed: dict[str, str], wrong: dict[str, str]) -> HttpResponse:
    fields = [
        Field(
            name, label, typed.get(name, ""), text, wrong.get(name, ""), type="datetime-local", required=True
        )
        for name, label, text in (
            ("starts", "Abwesend ab", "Ortszeit"),
            ("ends", "Wieder da ab", "Ab dann kommen neue Anfragen wieder zu Ihnen."),
        )
    ]
    rows = (
        Absence.objects.filter(user=user, ends_at__gt=clock.now())
        .select_related("user")
        .order_by("starts_at")
    )
    context: dict[str, Any] = {
        "rows": [(row, _names(row)) for row in rows],
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
    }
    return render(request, "desk/absence.html", context, status=422 if wrong else 200)
