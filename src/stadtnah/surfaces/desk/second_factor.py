"""Whether this session proved a second factor lately, and what asks for it.

allauth's own step-up accepts the password alone: who found an open session and a saved password could put a factor of
their own in place of the owner's, or read the recovery codes, and then release.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

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
    asked = (
        settings.STADTNAH_SECOND_FACTOR_REQUIRED
        or Authenticator.objects.filter(user_id=request.user.pk).exists()
    )
    return not asked or used(request)


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
        has_one = Authenticator.objects.filter(user_id=request.user.pk).exists()
        if not has_one or used(request):
            return None
        return redirect(f"{address()}?{urlencode({'next': request.path})}")
