"""Work outside a request. Tasks get ids, never texts or addresses: task rows are readable for operators."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from stadtnah.kernel import clock
from stadtnah.kernel.jobs.ticker import periodic
from stadtnah.services.events.models import Letter

_OVERDUE, _GIVE_UP = timedelta(minutes=5), timedelta(days=14)
_AT_ONCE = 100


@task(queue_name="transactional")
def mail_letter(letter_id: int) -> None:
    """Sends a mail about a submission, unless it went."""
    from stadtnah.services.events.domain import letters  # noqa: PLC0415 - the domain enqueues this task

    letters.send(letter_id)


@periodic(every=300)
def mail_again() -> None:
    """Finds mails that did not go (mail server down, worker killed) and asks for them again, for two weeks."""
    now = clock.now()
    rows = Letter.objects.filter(mailed_at=None, at__gt=now - _GIVE_UP, at__lt=now - _OVERDUE).order_by("at")
    for number in rows.values_list("pk", flat=True)[:_AT_ONCE]:
        mail_letter.enqueue(number)


@periodic(every=300)
def tell_public() -> None:
    """Tells senders that their event is in the calendar."""
    from stadtnah.services.events.domain import submissions  # noqa: PLC0415 - as above

    submissions.tell_public()
