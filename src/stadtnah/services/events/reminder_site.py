"""The public pages of reminders: the form, which a surface calls with an event, and what the link of a mail opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtnah.kernel import flood, vault
from stadtnah.kernel.identity.peers import client_address
from stadtnah.kernel.public import language_of, public, see_other
from stadtnah.services.events.domain import reminder_mails, reminders
from stadtnah.services.events.domain.reminders import Told
from stadtnah.services.events.reminder_form import ReminderForm

GATE = flood.Gate(20)  # wishes an hour from one network


def ask(request: HttpRequest, told: Told) -> HttpResponse:
    """The form for an event as the public is told of it. Whatever the address, a correct form gets the same answer."""
    language = language_of(request)
    if request.method != "POST":
        return _show(request, ReminderForm.empty(language, told.dates), told)
    form = ReminderForm.read(language, told.dates, request.POST)
    if form.errors:
        return _show(request, form, told, status=422)
    if not GATE.take(client_address(request)):
        form.errors["form"] = _(
            "Very many requests came from your network within the last hour. Yours was not stored. Please try again in an hour."
        )
        return _show(request, form, told, status=429)
    try:
        reminders.ask(told, form.wish, form.shown)
    except reminders.AskedTooMuchError:
        form.errors["form"] = _(
            "Very many requests are arriving right now. Yours was not stored. Please try again in an hour."
        )
        return _show(request, form, told, status=503)
    return see_other(f"{request.path}danke/")


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next: nothing without the confirmation."""
    return render(request, "events/reminder_thanks.html")


@public
def reminder(request: HttpRequest, token: str) -> HttpResponse:
    """What was asked for. POST confirms; GET changes nothing: programs that check mails follow links."""
    try:
        row = reminders.by_link(token)
    except vault.LinkInvalid:
        return _gone(request, wrong=True)
    if row is None:
        return _gone(request)
    if request.method == "POST":
        reminders.confirm(row)
        return see_other(reverse("events:reminder", args=[token]))
    return render(request, "events/reminder.html", {**reminder_mails.told(row), "token": token})


@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button; POST ends it, from the page or in one click from the mail program (RFC 8058)."""
    try:
        row = reminders.by_link(token)
    except vault.LinkInvalid:
        return _gone(request, wrong=True)
    if row is None or request.method == "POST":  # what is gone already is what was wanted
        if row is not None:
            reminders.stop(row)
        return render(request, "events/reminder_stop.html", {"done": True})
    return render(request, "events/reminder_stop.html", {**reminder_mails.told(row), "token": token})


def unknown(request: HttpRequest) -> HttpResponse:
    """There is no such event in the calendar."""
    return render(request, "events/reminder_unknown.html", status=404)


def _gone(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    return render(request, "events/reminder_gone.html", {"wrong": wrong}, status=404 if wrong else 410)


def _show(request: HttpRequest, form: ReminderForm, told: Told, *, status: int = 200) -> HttpResponse:
    return render(request, "events/reminder_form.html", {"form": form, "told": told}, status=status)
