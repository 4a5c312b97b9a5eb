"""The mail with which a new person sets a password: one link, good once and for a limited time."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as town

_DAY = 24 * 60 * 60


def link(user: User) -> str:
    """The address of the page that sets the password. Setting one makes every such link useless."""
    return address_of(f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}")


def address_of(key: str) -> str:
    """The address for a key as allauth writes it: "person-token"."""
    person, _, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": token})
    return f"{settings.STADTNAH_BASE_URL}{path}"


def send(user: User) -> None:
    """Sends the mail. Raises OSError (also SMTPException) when the mail server does not take it."""
    row = town.town()
    days = settings.PASSWORD_RESET_TIMEOUT // _DAY
    text = f"""Guten Tag {user.name},

für Sie wurde ein Konto im Redaktionsbereich {row.genitive} angelegt.

Bitte legen Sie hier Ihr Kennwort fest:
{link(user)}

Der Link gilt {days} Tage und nur einmal. Danach melden Sie sich mit {user.email} an:
{settings.STADTNAH_BASE_URL}/desk/

Wenn Sie diese Nachricht nicht erwartet haben, löschen Sie sie bitte. Ohne Kennwort kann niemand das Konto benutzen.
"""
    EmailMessage(f"Ihr Zugang zum Redaktionsbereich von {row.short_name}", text, to=[user.email]).send()
