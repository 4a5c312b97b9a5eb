"""A mail that may have gone: one page that says what is known, and what the municipality makes of it. Not for agencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.services.events import api as events
from stadtnah.services.feedback import api as feedback

_CHOICES = {"gesendet": True, "noch-einmal": False}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The mail to the town hall that a report arrived."""
    by = access.require(request.user, Action.FEEDBACK_ANSWER)
    row = access.access_object(feedback.Report.objects.all(), by, Action.FEEDBACK_VIEW, pk=report_id)
    back = (row.get_kind_display(), reverse("desk_report", args=[row.pk]))
    return _page(
        request, row, "Nachricht an die Kommune", back, lambda sent: feedback.settle(row, arrived=sent, by=by)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, report_id: UUID, answer_id: int) -> HttpResponse:
    """An answer to who wrote."""
    by = access.require(request.user, Action.FEEDBACK_ANSWER)
    of = access.access_object(feedback.Report.objects.all(), by, Action.FEEDBACK_VIEW, pk=report_id)
    row = get_object_or_404(of.answers, pk=answer_id)
    back = (of.get_kind_display(), reverse("desk_report", args=[of.pk]))
    return _page(request, row, "Ihre Antwort", back, lambda sent: feedback.settle(row, arrived=sent, by=by))


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, submission_id: UUID, letter_id: int) -> HttpResponse:
    """A mail to who handed in an event."""
    by = access.require(request.user, Action.EVENTS_ANSWER)
    of = access.access_object(events.inbox(), by, Action.EVENTS_MODERATE, pk=submission_id)
    row = get_object_or_404(of.letters, pk=letter_id)
    back = ("Gemeldete Veranstaltung", reverse("desk_handed_in_one", args=[of.pk]))
    what = f"E-Mail „{row.get_kind_display()}“"
    return _page(request, row, what, back, lambda sent: events.settle(row, arrived=sent, by=by))


def _page(
    request: HttpRequest,
    mail: feedback.Report | feedback.Answer | events.Letter,
    what: str,
    back: tuple[str, str],
    settle: Callable[[bool], bool],
) -> HttpResponse:
    """Asks first; what was settled meanwhile is said and left alone."""
    if request.method == "POST":
        arrived = _CHOICES.get(request.POST.get("do", ""))
        if arrived is None:
            raise Http404
        if not settle(arrived):
            messages.info(request, "Das ist schon geklärt.")
        elif arrived:
            messages.success(request, "Die E-Mail gilt als gesendet.")
        else:
            messages.success(
                request, "Die E-Mail wird noch einmal gesendet. Hier steht, sobald sie hinausgegangen ist."
            )
        return redirect(back[1])
    tried: datetime | None = mail.taken_at
    if not mail.unclear:
        messages.info(request, "Das ist schon geklärt.")
        return redirect(back[1])
    context = {"what": what, "back": back, "tried": tried}
    return render(request, "desk/unclear_mail.html", context)
