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
# A dot separates: it survives in paths and in quoted-printable.
_unsubscribe_signer = signing.Signer(salt=_UNSUBSCRIBE, sep=".")


class TokenError(ValueError):
    """A token that is forged, damaged, for something else or too old (`expired`)."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "invalid")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a form showed. `age` in seconds."""

    list_slug: str
    language: str
    wording_version: str
    age: float


def confirm_token(consent_id: int) -> str:
    """For the link in the confirmation mail; ends after seven days."""
    return signing.TimestampSigner(salt=_CONFIRM, sep=".").sign(str(consent_id))


def read_confirm(token: str) -> int:
    """The consent a confirmation is for. Raises TokenError."""
    try:
        return int(signing.TimestampSigner(salt=_CONFIRM, sep=".").unsign(token, max_age=CONFIRM_SECONDS))
    except signing.SignatureExpired:
        raise TokenError(expired=True) from None
    except (signing.BadSignature, ValueError):
        raise TokenError from None


def unsubscribe_token(subscriber_id: uuid.UUID | str) -> str:
    """For the links in every newsletter. Has no end: leaving must stay as easy as joining (Art. 7 (3) GDPR)."""
    raw = uuid.UUID(str(subscriber_id)).bytes
    return _unsubscribe_signer.sign(base64.urlsafe_b64encode(raw).decode().rstrip("="))


def read_unsubscribe(token: str) -> uuid.UUID:
    """The subscriber who leaves. Raises TokenError."""
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(_unsubscribe_signer.unsign(token) + "=="))
    except (signing.BadSignature, ValueError):
        raise TokenError from None


def form_token(list_slug: str, language: str, wording_version: str) -> str:
    """Says which form was shown and when; needs no cookie."""
    shown = round(clock.now().timestamp(), 1)
    return signing.Signer(salt=_FORM).sign_object([list_slug, language, wording_version, shown])


def read_form(token: str) -> FormToken:
    """Raises TokenError; `expired` after six hours."""
    try:
        slug, language, version, shown = signing.Signer(salt=_FORM).unsign_object(token)
        age = clock.now().timestamp() - float(shown)
    except (signing.BadSignature, ValueError, TypeError):
        raise TokenError from None
    if age > FORM_SECONDS:
        raise TokenError(expired=True)
    return FormToken(str(slug), str(language), str(version), age)
