"""Signed tokens: bound to a purpose and a row; a confirmation also to a time."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass

from django.core import signing

from stadtnah.kernel import clock

CONFIRM_SECONDS = 7 * 24 * 3600  # as long as an unconfirmed sign-up is kept
FORM_SECONDS = 6 * 3600
_CONFIRM, _UNSUBSCRIBE, _FORM = "newsletter.confirm", "newsletter.unsubscribe", "newsletter.form"
_SEPARATOR = "."  # survives in paths and in quoted-printable


class TokenError(ValueError):
    """A token that is forged, damaged, for something else or too old (`expired`)."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "invalid")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a form showed (`wording.shown`). `age` in seconds."""

    shown: str
    age: float


def confirm_token(consent_id: int) -> str:
    """For the link in the confirmation mail; ends after seven days."""
    return signing.TimestampSigner(salt=_CONFIRM, sep=_SEPARATOR).sign(str(consent_id))


def read_confirm(token: str) -> int:
    """The consent a confirmation is for. Raises TokenError."""
    try:
        return int(
            signing.TimestampSigner(salt=_CONFIRM, sep=_SEPARATOR).unsign(token, max_age=CONFIRM_SECONDS)
        )
    except signing.SignatureExpired:
        raise TokenError(expired=True) from None
    except (signing.BadSignature, ValueError):
        raise TokenError from None


def unsubscribe_token(subscriber_id: uuid.UUID | str) -> str:
    """For the links in every newsletter. Has no end: leaving must stay as easy as joining (Art. 7 (3) GDPR)."""
    raw = uuid.UUID(str(subscriber_id)).bytes
    return signing.Signer(salt=_UNSUBSCRIBE, sep=_SEPARATOR).sign(
        base64.urlsafe_b64encode(raw).decode().rstrip("=")
    )


def read_unsubscribe(token: str) -> uuid.UUID:
    """The subscriber who leaves. Raises TokenError."""
    try:
        raw = signing.Signer(salt=_UNSUBSCRIBE, sep=_SEPARATOR).unsign(token)
        return uuid.UUID(bytes=base64.urlsafe_b64decode(raw + "=="))
    except (signing.BadSignature, ValueError):
        raise TokenError from None


def form_token(shown: str) -> str:
    """Says what a form showed (`wording.shown`) and when; needs no cookie."""
    at = round(clock.now().timestamp(), 1)
    return signing.Signer(salt=_FORM).sign_object([shown, at])


def read_form(token: str) -> FormToken:
    """Raises TokenError; `expired` after six hours."""
    try:
        shown, at = signing.Signer(salt=_FORM).unsign_object(token)
        age = clock.now().timestamp() - float(at)
    except (signing.BadSignature, ValueError, TypeError):
        raise TokenError from None
    if age > FORM_SECONDS:
        raise TokenError(expired=True)
    return FormToken(str(shown), age)
