"""The public pages of the feedback service.

All are exempt from CSRF checks: those need a cookie or a session, and there is none before a sign-in. What a forged
request could do here, anybody can do without one: write to the municipality.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from stadtnah.kernel import clock, flood
from stadtnah.kernel.identity.peers import client_address
from stadtnah.kernel.public import language_of, public, see_other
from stadtnah.services.feedback.domain import reports, tokens
from stadtnah.services.feedback.form import FeedbackForm
from stadtnah.services.feedback.models import Report

GATE = flood.Gate(10)  # messages an hour from one network; a school or an office is one, too
BARRIER, CONTACT = Report.Kind.BARRIER.value, Report.Kind.CONTACT.value


@public
def barrier(request: HttpRequest) -> HttpResponse:
    """„Barriere melden“ (feedback mechanism, Directive (EU) 2016/2102, Art. 7 (1) b)."""
    return _form(request, BARRIER)


@public
def contact(request: HttpRequest) -> HttpResponse:
    """A message about anything else."""
    return _form(request, CONTACT)


@public
def barrier_done(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next."""
    return _done(request, token)


@public
def contact_done(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next."""
    return _done(request, token)


def _form(request: HttpRequest, kind: str) -> HttpResponse:
    language = language_of(request)
    if request.method != "POST":
        form = FeedbackForm.empty(kind, language, request.GET.get("seite", ""))
        return _show(request, form)
    form = FeedbackForm.read(kind, language, request.POST)
    if form.errors:
        return _show(request, form, status=422)
    if not GATE.take(client_address(request)):
        form.errors["form"] = translation.gettext(
            "Very many messages came from your network within the last hour. Yours was not stored. Please try again in an hour or call us."
        )
        return _show(request, form, status=429)
    try:
        report = reports.receive(form.sent, form.shown)
    except reports.FormIsFullError:
        form.errors["form"] = translation.gettext(
            "Very many messages are arriving right now. Yours was not stored. Please try again in an hour."
        )
        return _show(request, form, status=503)
    return see_other(f"{request.path}danke/{tokens.done_token(report.pk)}/")


def _show(request: HttpRequest, form: FeedbackForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "days": reports.days_for(form.kind)}
    return render(request, "feedback/form.html", context, status=status)


def _done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks only for what is really stored: the row is asked for."""
    try:
        report = Report.objects.filter(pk=tokens.read_done(token)).first()
    except tokens.TokenError:
        report = None
    if report is None:
        return render(request, "feedback/gone.html", status=404)
    context = {"report": report, "due": clock.local(report.due_at)}
    return render(request, "feedback/done.html", context)
