"""Whether this session proved a second factor lately. allauth's own step-up accepts the password alone."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


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
