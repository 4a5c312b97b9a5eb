"""What somebody changes about their own sign-in is in the log: that it happened, never with what."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User


@receiver([account.password_set, account.password_changed, account.password_reset])
def _password(user: User, **_: Any) -> None:
    audit.record("person.password", actor=user, subject=f"user:{user.pk}")


@receiver(mfa.authenticator_added)
def _added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    audit.record("person.factor_added", **_about(user, authenticator))
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        # It was shown to be set up: asking for it again at once would tell nothing new.
        record_authentication(request, user, method="mfa", type=str(authenticator.type), reauthenticated=True)


@receiver(mfa.authenticator_removed)
def _removed(user: User, authenticator: Any, **_: Any) -> None:
    audit.record("person.factor_removed", **_about(user, authenticator))


@receiver(mfa.authenticator_reset)
def _renewed(user: User, authenticator: Any, **_: Any) -> None:
    audit.record("person.factor_renewed", **_about(user, authenticator))


def _about(user: User, authenticator: Any) -> dict[str, Any]:
    return {"actor": user, "subject": f"user:{user.pk}", "data": {"kind": str(authenticator.type)}}
