"""Signed tokens instead of a cookie: what a form was, and which report a confirmation is about."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

from django.core import signing

from stadtnah.kernel import clock

FORM_SECONDS = 6 * 3600
DONE_SECONDS = 24 * 3600
_FORM, _DONE = "feedback.form", "feedback.done"


class TokenError(ValueError):
    """A token that is forged, damaged or too old (`expired`)."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "invalid")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class FormToken:
    """`key` names one showing of the form; `age` in seconds."""

    key: str
    age: float


def form_token(kind: str) -> str:
    """For one showing of the form of this kind."""
    at = round(clock.now().timestamp(), 1)
    return signing.Signer(salt=_FORM).sign_object([kind, secrets.token_hex(8), at])


def read_form(token: str, kind: str) -> FormToken:
    """Raises TokenError; `expired` after six hours."""
    try:
        shown, random, at = signing.Signer(salt=_FORM).unsign_object(token)
        age = clock.now().timestamp() - float(at)
    except (signing.BadSignature, ValueError, TypeError):
        raise TokenError from None
    if shown != kind:
        raise TokenError
    if age > FORM_SECONDS:
        raise TokenError(expired=True)
    return FormToken(str(random), age)


def done_token(report_id: uuid.UUID) -> str:
    """For the page that says that a report arrived."""
    return signing.TimestampSigner(salt=_DONE, sep=".").sign(report_id.hex)


def read_done(token: str) -> uuid.UUID:
    """The report a confirmation is about. Raises TokenError; `expired` after a day."""
    try:
        return uuid.UUID(hex=signing.TimestampSigner(salt=_DONE, sep=".").unsign(token, max_age=DONE_SECONDS))
    except signing.SignatureExpired:
        raise TokenError(expired=True) from None
    except (signing.BadSignature, ValueError):
        raise TokenError from None
