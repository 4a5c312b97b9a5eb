"""The mails about a subscription itself."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from stadtnah.channels.newsletter.domain import tokens
from stadtnah.channels.newsletter.models import Consent, Subscriber
from stadtnah.kernel import letters
from stadtnah.kernel.town.api import base_url, town


def unsubscribe_url(subscriber_id: object) -> str:
    """The personal address for leaving: a page with a button, and the target of one-click (RFC 8058)."""
    return base_url() + reverse("newsletter:unsubscribe", args=[tokens.unsubscribe_token(str(subscriber_id))])


def _here(subscriber: Subscriber, name: str, token: str) -> str:
    """An address of ours in the subscriber's language."""
    prefix = "/en" if subscriber.language == "en" else ""
    return base_url() + prefix + reverse(name, args=[token])


def send_confirmation(consent_id: int) -> bool:
    """Sends the confirmation link; False when there is nothing to send (gone, confirmed, already sent)."""
    consent = (
        Consent.objects.filter(pk=consent_id, confirmed_at=None, mailed_at=None)
        .select_related("subscriber__list")
        .first()
    )
    if consent is None:
        return False
    link = _here(consent.subscriber, "newsletter:confirm", tokens.confirm_token(consent.pk))
    with translation.override(consent.subscriber.language):
        subject = gettext("Please confirm: newsletter “%(name)s”") % {"name": consent.subscriber.list.name}
        values = _values(consent.subscriber, {"link": link, "consent": consent})
        body = render_to_string("newsletter/mail_confirm.txt", values)
    return letters.once(consent, subject, body, consent.subscriber.email, sender=town().name)


def send_already(subscriber_id: str) -> bool:
    """Says that the address is subscribed, with the way out; False when it no longer is."""
    subscriber = (
        Subscriber.objects.filter(pk=subscriber_id, state=Subscriber.State.CONFIRMED)
        .select_related("list")
        .first()
    )
    if subscriber is None:
        return False
    leave = _here(subscriber, "newsletter:unsubscribe", tokens.unsubscribe_token(subscriber.pk))
    with translation.override(subscriber.language):
        subject = gettext("You are already subscribed: newsletter “%(name)s”") % {
            "name": subscriber.list.name
        }
        body = render_to_string("newsletter/mail_already.txt", _values(subscriber, {"leave": leave}))
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    letters.post(subject, body, subscriber.email, sender=town().name, headers=headers)
    return True


def _values(subscriber: Subscriber, more: dict[str, Any]) -> dict[str, Any]:
    return {"town": town(), "list": subscriber.list, "site": base_url(), **more}
