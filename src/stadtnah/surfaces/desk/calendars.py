"""Subscribed calendars at the desk: the list, one of them with what it asks, and what people do with it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk import events_import
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.moving_in import tasks
from stadtnah.surfaces.website.moving_in.models import ImportRun, Question, Subscription
from stadtnah.surfaces.website.moving_in.subscribed import answers, verbs

_PER_PAGE: Final = 50
_QUESTIONS: Final = 25
_FIELDS: Final = (
    ("address", "Adresse des Kalenders", "Zum Beispiel https://www.verein.example/termine.ics. Auch eine Webseite oder ein Feed, wenn darin steht, wann die Termine sind.", 2_000),
    ("organiser", "Wer veranstaltet", "Für Termine, die es selbst nicht sagen. Zum Beispiel: Turnverein Erlenfurt", 300),
    ("place", "Ort", "Für Termine ohne Ort. Zum Beispiel: Vereinsheim, Mühlstraße 4", 500),
    ("category", "Rubrik", "Für Termine ohne Rubrik. Zum Beispiel: Sport", 100),
)  # fmt: skip
_LOOK: Final = {"new": "sending", "active": "delivered", "paused": "stopped"}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All of them with their state, and the form for another one."""
    if request.method != "POST":
        return _index(request, {}, "")
    by = access.require(request.user, Action.IMPORT_RUN)
    typed = {
        name: " ".join(request.POST.get(name, "").replace("\0", "").split())[:most]
        for name, _label, _text, most in _FIELDS
    }
    try:
        one = verbs.add(
            typed["address"],
            organiser=typed["organiser"],
            place=typed["place"],
            category=typed["category"],
            by=by,
        )
    except verbs.NotKept as problem:
        return _index(request, typed, str(problem))
    tasks.read_calendar.enqueue(str(one.pk))
    return redirect("desk_calendar", calendar_id=one.pk)


def _index(request: HttpRequest, typed: dict[str, str], problem: str) -> HttpResponse:
    open_ = Count("questions", filter=Q(questions__in=answers.waiting()))
    rows = (
        Subscription.objects.select_related("by").annotate(waiting=open_).order_by("title", "address", "pk")
    )
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    fields = [
        Field(name, label, typed.get(name, ""), text, problem if name == "address" else "", type="url" if name == "address" else "text", required=name == "address")
        for name, label, text, _most in _FIELDS
    ]  # fmt: skip
    context = {
        "rows": [{"one": one, "look": _look(one)} for one in page.object_list],
        "page": page,
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
    }
    return render(request, "desk/calendars.html", context, status=422 if problem else 200)


@require_safe
def view(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """One of them: what it holds before it is subscribed, and afterwards what somebody has to decide."""
    return _view(request, _calendar(calendar_id))


@require_safe
def live(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """The part of the page that moves."""
    return render(request, "desk/calendar_live.html", _state(_calendar(calendar_id)))


def _view(request: HttpRequest, one: Subscription, problem: str = "", status: int = 200) -> HttpResponse:
    by = access.require(request.user, Action.MESSAGE_VIEW)
    page = Paginator(answers.waiting().filter(subscription=one), _QUESTIONS).get_page(
        request.GET.get("seite")
    )
    context = {
        **_state(one),
        **events_import.proposal(one.run, request.GET.get("vorschlag")),
        "questions": _asked(list(page.object_list), by),
        "page": page,
        "problem": problem,
    }
    return render(request, "desk/calendar.html", context, status=status)


def _state(one: Subscription) -> dict[str, Any]:
    looking = one.state == Subscription.State.NEW and not one.error_de
    found = one.run.state == ImportRun.State.FOUND
    failed = one.run.error_de if one.run.state == ImportRun.State.FAILED else ""
    working = one.run.state in {ImportRun.State.WAITING, ImportRun.State.RUNNING}
    busy = one.busy_until is not None and one.busy_until > clock.now()
    return {
        "one": one,
        "run": one.run,
        "look": _look(one),
        "error": one.error_de or failed,
        "live": not failed and ((looking and not found) or working or busy),
        "seen": one.run.options.get("taking", False),
    }


def _look(one: Subscription) -> str:
    return "failed" if one.error_de and one.failures else _LOOK[one.state]


def _asked(rows: list[Question], by: User) -> list[dict[str, Any]]:
    seen, deletes = answers.laid_before(rows), answers.may_delete(by)
    return [
        {
            "row": row,
            "choices": answers.choices(row, deletes=deletes and row.page_id not in seen),
            "public": row.page_id in seen,
        }
        for row in rows
    ]


@require_POST
def pause(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """It is not read any more, for now."""
    by = access.require(request.user, Action.IMPORT_RUN)
    verbs.pause(_calendar(calendar_id), by=by)
    messages.success(request, "Der Kalender ruht. Was daraus entstanden ist, bleibt.")
    return redirect("desk_calendar", calendar_id=calendar_id)


@require_POST
def resume(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """It is read again, on behalf of this person."""
    by = access.require(request.user, Action.IMPORT_RUN)
    verbs.resume(_calendar(calendar_id), by=by)
    messages.success(request, "Der Kalender wird wieder gelesen.")
    return redirect("desk_calendar", calendar_id=calendar_id)


@require_POST
def read(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """Now and not in an hour."""
    by = access.require(request.user, Action.IMPORT_RUN)
    one = _calendar(calendar_id)
    if verbs.read_now(one, by=by):
        tasks.read_calendar.enqueue(str(one.pk))
        messages.success(request, "Der Kalender wird jetzt gelesen.")
    else:
        messages.info(request, "Der Kalender wurde gerade erst gelesen. Bitte warten Sie einige Minuten.")
    return redirect("desk_calendar", calendar_id=calendar_id)


@require_POST
def remove(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """The source ends; what came of it stays."""
    by = access.require(request.user, Action.IMPORT_RUN)
    one = _calendar(calendar_id)
    verbs.remove(one, by=by)
    messages.success(
        request, f"Abbestellt: {one}. Entwürfe und freigegebene Veranstaltungen bleiben, wie sie sind."
    )
    return redirect("desk_calendars")


@require_POST
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """What somebody decided."""
    by = access.require(request.user, Action.IMPORT_RUN)
    # A question number larger than the database's is nobody's.
    row = get_object_or_404(Question.objects.select_related("subscription"), pk=min(question_id, 2**62))
    try:
        to_do = answers.answer(row, request.POST.get("antwort", ""), by=by)
    except answers.NotAnswered as problem:
        return _view(request, _calendar(row.subscription_id), str(problem), status=409)
    if to_do:
        tasks.take_over.enqueue(str(row.subscription.run_id))
    messages.success(request, "Entschieden. Öffentlich ändert sich nur etwas, wenn die Kommune es freigibt.")
    return redirect("desk_calendar", calendar_id=row.subscription_id)


def _calendar(calendar_id: UUID) -> Subscription:
    return get_object_or_404(Subscription.objects.select_related("run", "by"), pk=calendar_id)
