"""The public pages on which somebody without an account hands in an event, and looks after it by the link of a mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from stadtnah.kernel import flood, vault
from stadtnah.kernel.identity.peers import client_address
from stadtnah.kernel.public import language_of, public, see_other
from stadtnah.services.events.domain import letters, submissions
from stadtnah.services.events.form import SubmissionForm
from stadtnah.services.events.models import Submission

GATE = flood.Gate(20)  # events an hour from one network: a club hands in its year at once
WITH_LINK = Callable[[HttpRequest, Submission, str], HttpResponse]


@public
def report(request: HttpRequest) -> HttpResponse:
    """The form."""
    language = language_of(request)
    if request.method != "POST":
        return _show(request, SubmissionForm.empty(language))
    form = SubmissionForm.read(language, request.POST)
    if form.errors or form.entry is None:
        return _show(request, form, status=422)
    if not GATE.take(client_address(request)):
        form.errors["form"] = translation.gettext(
            "Very many events came from your network within the last hour. Yours was not stored. Please try again in an hour."
        )
        return _show(request, form, status=429)
    try:
        submissions.receive(form.entry, form.sender, form.shown)
    except submissions.FormIsFullError:
        form.errors["form"] = translation.gettext(
            "Very many events are arriving right now. Yours was not stored. Please try again in an hour."
        )
        return _show(request, form, status=503)
    except submissions.MailboxIsFullError:
        form.errors["email"] = translation.gettext(
            "Three events of this address wait for their confirmation. Please confirm one of them first; the links are in our mails."
        )
        return _show(request, form, status=422)
    return see_other(f"{request.path}danke/")


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next: nothing without the confirmation."""
    return render(request, "events/thanks.html")


def _with_link(view: WITH_LINK) -> Callable[..., HttpResponse]:
    """The submission that the link of a mail is for; else a page that says so."""

    @public
    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            row = submissions.by_link(token)
        except vault.LinkInvalid:
            return render(request, "events/gone.html", {"wrong": True}, status=404)
        if row is None:
            return render(request, "events/gone.html", status=410)
        return view(request, row, token)

    return shown


@_with_link
def submission(request: HttpRequest, row: Submission, token: str) -> HttpResponse:
    """What was handed in and how far it is. POST confirms; GET changes nothing: programs that check mails follow links."""
    if request.method == "POST":
        submissions.confirm(row)
        return see_other(_address(token))
    context = {**letters.told(row), "token": token, "mine": row.state in submissions.SENDERS}
    return render(request, "events/submission.html", context)


@_with_link
def change(request: HttpRequest, row: Submission, token: str) -> HttpResponse:
    """The same form, with what was told."""
    if row.state not in submissions.SENDERS:
        return see_other(_address(token))
    language = language_of(request)
    if request.method != "POST":
        return _show(request, SubmissionForm.of(submissions.entry_of(row), language), token=token)
    form = SubmissionForm.read(language, request.POST, changing=True)
    if form.errors or form.entry is None:
        return _show(request, form, status=422, token=token)
    try:
        submissions.change(row, form.entry)
    except submissions.TakenError:
        form.errors["form"] = translation.gettext(
            "The town hall has dealt with your event meanwhile. Your changes were not stored. Please write to us."
        )
        return _show(request, form, status=409, token=token)
    return see_other(_address(token))


@_with_link
def withdraw(request: HttpRequest, row: Submission, token: str) -> HttpResponse:
    """Asks once more, then it is gone."""
    if row.state not in submissions.SENDERS:
        return see_other(_address(token))
    if request.method == "POST":
        try:
            submissions.withdraw(row)
        except submissions.TakenError:
            return see_other(_address(token))
        return render(request, "events/withdrawn.html", {"done": True})
    return render(request, "events/withdrawn.html", {**letters.told(row), "token": token})


def _show(request: HttpRequest, form: SubmissionForm, *, status: int = 200, token: str = "") -> HttpResponse:
    return render(request, "events/form.html", {"form": form, "token": token}, status=status)


def _address(token: str) -> str:
    """With /en before it where the server in front mounted us there."""
    return reverse("events:submission", args=[token])
