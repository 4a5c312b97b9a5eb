"""Work outside a request. Tasks get ids, never addresses: task rows are readable for operators."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from stadtnah.channels.newsletter.domain import mails
from stadtnah.channels.newsletter.models import Consent
from stadtnah.kernel import letters
from stadtnah.kernel.jobs.ticker import periodic

_GIVE_UP = timedelta(hours=12)


@task(queue_name="transactional")
def mail_confirmation(consent_id: int) -> None:
    """Sends the mail with the confirmation link, unless it went already."""
    mails.send_confirmation(consent_id)


@task(queue_name="transactional")
def mail_already(subscriber_id: str) -> None:
    """Tells somebody who signs up again that they are subscribed."""
    mails.send_already(subscriber_id)


@periodic(every=300)
def mail_again() -> None:
    """Finds sign-ups whose mail did not go (mail server down, worker killed) and asks for it again."""
    for consent_id in letters.left_keys(letters.left(Consent, _GIVE_UP)):
        mail_confirmation.enqueue(consent_id)
