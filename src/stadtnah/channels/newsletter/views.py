"""The public pages of the newsletter.

All are exempt from CSRF checks: those need a cookie or a session, and there is none before a sign-in. What a forged
request could do here, anybody can do without one: ask for a mail, or use a link that only its owner has.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stadtnah.channels.newsletter.domain import subscriptions, tokens
from stadtnah.channels.newsletter.models import MailingList
from stadtnah.channels.newsletter.signup_form import SignupForm
from stadtnah.kernel import flood
from stadtnah.kernel.identity.peers import client_address
from stadtnah.kernel.public import language_of, public, see_other

GATE = flood.Gate(10)  # sign-ups an hour from one network


@public
def signup(request: HttpRequest) -> HttpResponse:
    """The form. Whatever the address, a correct form gets the same answer."""
    lists = list(MailingList.objects.all())
    if request.method != "POST":
        form = SignupForm.empty(lists, language_of(request), request.GET.get("liste", ""))
        return render(request, "newsletter/signup.html", {"form": form})
    form = SignupForm.read(lists, language_of(request), request.POST)
    if form.errors:
        return render(request, "newsletter/signup.html", {"form": form}, status=422)
    done = see_other(f"{request.path}danke/")
    if form.trapped or form.mailing_list is None:
        return done
    if not GATE.take(client_address(request)):
        form.errors["form"] = _(
            "Very many subscriptions came from your network within the last hour. Yours was not stored. Please try again in an hour."
        )
        return render(request, "newsletter/signup.html", {"form": form, "busy": True}, status=429)
    try:
        subscriptions.subscribe(form.mailing_list, form.email, language=form.language, form_path=request.path)
    except subscriptions.FormIsFullError:
        form.errors["form"] = _(
            "Very many people are subscribing right now. Your subscription was not stored. Please try again in an hour."
        )
        return render(request, "newsletter/signup.html", {"form": form, "busy": True}, status=503)
    return done


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "newsletter/thanks.html")


@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, POST confirms: programs that check mails for harm follow links, too."""
    try:
        found = subscriptions.confirm(token) if request.method == "POST" else subscriptions.pending_of(token)
    except tokens.TokenError as problem:
        return _dead(request, problem)
    done = request.method == "POST" or found.state == found.State.CONFIRMED
    context = {"subscriber": found, "done": done, "leave": tokens.unsubscribe_token(found.pk)}
    return render(request, "newsletter/confirm.html", context)


@public
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button; POST leaves, from the page or in one click from the mail program (RFC 8058)."""
    try:
        left = subscriptions.unsubscribe(token, dry=request.method != "POST")
    except tokens.TokenError as problem:
        if problem.expired:  # the row was deleted: nothing is sent there any more, which is what was wanted
            return render(request, "newsletter/unsubscribe.html", {"done": True})
        return _dead(request, problem)
    done = request.method == "POST" or left.was == "gone"
    return render(request, "newsletter/unsubscribe.html", {"left": left, "done": done})


def _dead(request: HttpRequest, problem: tokens.TokenError) -> HttpResponse:
    status = 410 if problem.expired else 404
    return render(request, "newsletter/dead_link.html", {"expired": problem.expired}, status=status)
