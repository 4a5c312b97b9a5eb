"""Whether this session proved a second factor lately, and what asks for it.

allauth's own step-up accepts the password alone: who found an open session and a saved password could put a factor of
their own in place of the owner's, or read the recovery codes, and then release.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from stadtnah.kernel import vault
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action

# What lets something leave, or decides who may let it leave and where to: the gateway asks before each of them.
ASKED: Final = frozenset(
    {
        Action.MESSAGE_RELEASE,
        Action.MESSAGE_WITHDRAW,
        Action.IMPORT_RELEASE,
        Action.DISPATCH_RESOLVE,
        Action.PEOPLE_MANAGE,
        Action.MANDATES_MANAGE,
        Action.CHANNELS_MANAGE,
    }
)
# They only say no, and saying no is never made harder.
_ONLY_NO: Final = frozenset({"desk_refuse", "desk_send_back", "desk_import_release_stop"})
# Where somebody goes on who is to see once more what leaves; everywhere else what was typed is kept.
_SEEN_AGAIN: Final = {
    "desk_release": "desk_request",
    "desk_basket": "desk_basket",
    "desk_import_release": "desk_import_run",
    "desk_withdraw": "desk_withdraw",
    "desk_resume": "desk_proof",
}
_KEPT: Final = "desk_kept"
DROP: Final = "drop-what-was-kept"  # the name of the button
_MOST_KEPT: Final = 200_000  # signs

# allauth's pages that show, make, renew or remove a factor.
_ABOUT_FACTORS = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


def _last(request: HttpRequest) -> float:
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return max((float(r.get("at", 0)) for r in records if r.get("method") == "mfa"), default=0.0)


def used(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session within the time the settings allow."""
    return time.time() - _last(request) <= settings.STADTNAH_SECOND_FACTOR_SECONDS


def recent(request: HttpRequest) -> bool:
    """Whether a release may go on: a recent second factor, or none is asked of this person."""
    return used(request) or not _asked_of(request.user)


def _asked_of(user: Any) -> bool:
    """Of everybody where the settings say so, of whoever has one, and of whoever got the last word from somebody with one.

    Else an account made on the side would release without any.
    """
    if settings.STADTNAH_SECOND_FACTOR_REQUIRED or _has_one(user.pk):
        return True
    givers = access.who_gave_the_last_word(user)
    return bool(givers and Authenticator.objects.filter(user_id__in=givers).exists())


def _has_one(pk: Any) -> bool:
    return bool(Authenticator.objects.filter(user_id=pk).exists())


def asks(name: str, action: Action) -> bool:
    """Whether a change at this route waits for a second factor."""
    return action in ASKED and name not in _ONLY_NO


def ask(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> HttpResponse:
    """To where the factor is asked for, and back; without one yet, to where it is set up. What was typed is kept."""
    again = _SEEN_AGAIN.get(name)
    back = reverse(again, kwargs=kwargs) if again else request.path
    _keep(request, back, seen_again=bool(again))
    if not _has_one(request.user.pk):
        messages.error(
            request, "Dafür brauchen Sie einen zweiten Faktor. Richten Sie ihn hier ein, dann geht es weiter."
        )
        return redirect("mfa_index")
    return redirect(_by_way_of_the_factor(back))


def _keep(request: HttpRequest, back: str, *, seen_again: bool) -> None:
    """Sealed: a form of a channel can have a password in it."""
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    form = posted.urlencode()
    if len(form) > _MOST_KEPT:
        form = ""
    sealed = vault.seal({"form": form}, purpose=_purpose(request, back))
    kept = {"path": back, "posted": request.path, "at": time.time(), "form": sealed, "again": seen_again}
    request.session[_KEPT] = kept


def _purpose(request: HttpRequest, path: str) -> str:
    return f"desk-kept:{request.user.pk}:{path}"


def _waits(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept, for as long as a factor counts."""
    waits: dict[str, Any] | None = request.session.get(_KEPT)
    if waits and time.time() - waits["at"] <= settings.STADTNAH_SECOND_FACTOR_SECONDS:
        return waits
    return None


def back_again(request: HttpRequest, *, again: bool = True) -> bool:
    """Whether this is where somebody came back to from the factor, and what they had begun is not carried out yet."""
    waits = _waits(request)
    return bool(waits and waits["path"] == request.path and waits["again"] == again and recent(request))


def _opened(request: HttpRequest, *, again: bool) -> QueryDict | None:
    if not back_again(request, again=again):
        return None
    waits = request.session[_KEPT]
    try:
        return QueryDict(vault.unseal(waits["form"], purpose=_purpose(request, request.path))["form"])
    except vault.VaultError:
        return None


def kept(request: HttpRequest) -> HttpResponse | None:
    """After the factor: what was typed, to be carried out with one click or thrown away. None when nothing waits at this address."""
    form = _opened(request, again=False)
    if not form:
        return None
    values = [(name, value) for name, several in form.lists() for value in several]
    answer = render(request, "desk/kept.html", {"values": values, "drop": DROP})
    answer["Cache-Control"] = "no-store"
    return answer


def typed(request: HttpRequest) -> QueryDict | None:
    """After the factor, where somebody sees once more what leaves: what they had typed and chosen there."""
    return _opened(request, again=True)


def carried_out(request: HttpRequest) -> HttpResponse | None:
    """A form that went through the gate, or was thrown away, waits no longer."""
    waits = request.session.get(_KEPT)
    if waits and waits["posted"] == request.path:
        del request.session[_KEPT]
    return redirect("desk_home") if DROP in request.POST else None


def way_back(request: HttpRequest) -> str:
    """Where whoever set up a factor goes on with what was kept; "" when nothing waits."""
    waits = _waits(request)
    if not waits or not _has_one(request.user.pk):
        return ""
    return waits["path"] if recent(request) else _by_way_of_the_factor(waits["path"])


def _by_way_of_the_factor(back: str) -> str:
    return f"{address()}?{urlencode({'next': back})}"


def address() -> str:
    """Where the second factor is asked for."""
    return reverse("mfa_reauthenticate")


class StepUp:
    """Middleware: a person's factors are touched only with one of them; the first one needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Decides before the view runs."""
        match = request.resolver_match
        if match is None or match.view_name not in _ABOUT_FACTORS or not request.user.is_authenticated:
            return None
        if not _has_one(request.user.pk) or used(request):
            return None
        return redirect(f"{address()}?{urlencode({'next': request.path})}")
