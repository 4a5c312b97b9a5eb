"""How many mails the public form may cause, so that nobody can flood a stranger's mailbox or our good name."""

from __future__ import annotations

from datetime import timedelta

from django.utils.crypto import salted_hmac

from stadtnah.channels.newsletter.models import SignupMail
from stadtnah.kernel import clock, letters

ADDRESS_LIMIT, ADDRESS_WINDOW = 3, timedelta(hours=24)
GLOBAL_LIMIT, GLOBAL_WINDOW = 300, timedelta(hours=1)


def address_key(email: str) -> str:
    """A keyed digest: counts a mailbox without keeping its address."""
    return salted_hmac("newsletter.limits", letters.mailbox(email), algorithm="sha256").hexdigest()


def form_is_full() -> bool:
    """Whether the whole form has reached its limit; says nothing about any address."""
    return SignupMail.objects.filter(at__gt=clock.now() - GLOBAL_WINDOW).count() >= GLOBAL_LIMIT


def take(email: str) -> bool:
    """Counts one mail to `email`; False when it has had enough today. Call inside the sign-up's transaction."""
    key, now = address_key(email), clock.now()
    if SignupMail.objects.filter(address_key=key, at__gt=now - ADDRESS_WINDOW).count() >= ADDRESS_LIMIT:
        return False
    SignupMail.objects.create(address_key=key, at=now)
    return True
