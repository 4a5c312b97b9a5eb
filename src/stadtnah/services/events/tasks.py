"""Work outside a request. Tasks get ids, never texts or addresses: task rows are readable for operators."""

from __future__ import annotations

from django_tasks import task

from stadtnah.kernel import letters as posts
from stadtnah.kernel.jobs.ticker import periodic
from stadtnah.services.events.models import Letter


@task(queue_name="transactional")
def mail_letter(letter_id: int) -> None:
    """Sends a mail about a submission, unless it went."""
    from stadtnah.services.events.domain import letters  # noqa: PLC0415 - the domain enqueues this task

    letters.send(letter_id)


@periodic(every=300)
def mail_again() -> None:
    """Finds mails that did not go (mail server down, worker killed) and asks for them again, for two weeks."""
    for number in posts.left_keys(posts.left(Letter)):
        mail_letter.enqueue(number)


@periodic(every=300)
def tell_public() -> None:
    """Tells senders that their event is in the calendar."""
    from stadtnah.services.events.domain import submissions  # noqa: PLC0415 - as above

    submissions.tell_public()
