"""Work outside a request. Tasks get ids, never addresses: task rows are readable for operators."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from stadtnah.channels.newsletter.domain import mails
from stadtnah.channels.newsletter.models import Consent
from stadtnah.kernel import clock
from stadtnah.kernel.jobs.ticker import periodic

_OVERDUE, _GIVE_UP = timedelta(minutes=5), timedelta(hours=12)


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
    now = clock.now()
    waiting = Consent.objects.filter(
        kind=Consent.Kind.FORM,
        mailed_at=None,
        confirmed_at=None,
        at__gt=now - _GIVE_UP,
        at__lt=now - _OVERDUE,
    )
    for consent_id in waiting.values_list("pk", flat=True)[:200]:
        mail_confirmation.enqueue(consent_id)
