"""What citizens wrote: the list, one report with its answers, what can be done about it. Not for agencies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.services.feedback import api as feedback
from stadtnah.surfaces.desk.forms import Field

_PER_PAGE = 25
_LONGEST = 10_000
FILTERS = (("", "Alle"), ("open", "Offen"), ("answered", "Beantwortet"), ("closed", "Erledigt"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Open ones first, the most urgent on top."""
    access.require(request.user, Action.FEEDBACK_VIEW)
    wanted = request.GET.get("status", "")
    page = Paginator(feedback.inbox(wanted), _PER_PAGE).get_page(request.GET.get("seite"))
    now = clock.now()
    rows = [{"report": row, "late": row.state == "open" and row.due_at < now} for row in page.object_list]
    return render(
        request, "desk/inbox.html", {"rows": rows, "page": page, "wanted": wanted, "filters": FILTERS}
    )


@require_safe
def view(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report."""
    return _show(request, _report(request, report_id), "", "")


@require_POST
def answer(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Writes back by mail."""
    by = access.require(request.user, Action.FEEDBACK_ANSWER)
    report = _report(request, report_id)
    text = request.POST.get("text", "")
    problem = ""
    if len(text) > _LONGEST:
        problem = f"Bitte kürzen Sie die Antwort auf {_LONGEST} Zeichen."
    if not problem:
        try:
            feedback.answer(report, text, by=by)
        except feedback.CannotAnswerError as wrong:
            problem = str(wrong)
    if problem:
        return _show(request, report, text, problem)
    messages.success(request, "Die Antwort wird gesendet. Hier steht, sobald sie hinausgegangen ist.")
    return redirect("desk_report", report_id=report.pk)


@require_POST
def close(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    by = access.require(request.user, Action.FEEDBACK_ANSWER)
    feedback.close(_report(request, report_id), by=by)
    messages.success(request, "Erledigt.")
    return redirect("desk_inbox")


@require_POST
def reopen(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """It is to be dealt with again."""
    by = access.require(request.user, Action.FEEDBACK_ANSWER)
    feedback.reopen(_report(request, report_id), by=by)
    return redirect("desk_report", report_id=report_id)


def _report(request: HttpRequest, report_id: UUID) -> feedback.Report:
    return access.access_object(
        feedback.Report.objects.all(), request.user, Action.FEEDBACK_VIEW, pk=report_id
    )


def _show(request: HttpRequest, report: feedback.Report, text: str, problem: str) -> HttpResponse:
    field = Field("text", "Ihre Antwort", text, "", problem, type="textarea", required=True, rows=8)
    context: dict[str, Any] = {
        "report": report,
        "answers": report.answers.select_related("by"),
        "fields": [field],
        "wrong": [field] if problem else [],
        "late": report.state == "open" and report.due_at < clock.now(),
    }
    return render(request, "desk/report.html", context, status=422 if problem else 200)
