"""Work outside a request. Tasks get ids, never texts or addresses: task rows are readable for operators."""

from __future__ import annotations

from typing import Final

from django_tasks import task

from stadtnah.kernel import letters as posts
from stadtnah.kernel.jobs.ticker import periodic
from stadtnah.services.events.models import Letter, ReminderLetter

_TOGETHER: Final = 50  # mails of one task: thousands are told when a fair is called off


@task(queue_name="transactional")
def mail_letter(letter_id: int) -> None:
    """Sends a mail about a submission, unless it went."""
    from stadtnah.services.events.domain import letters  # noqa: PLC0415 - the domain enqueues this task

    letters.send(letter_id)


@task(queue_name="transactional")
def mail_reminders(letter_ids: list[str]) -> None:
    """Sends mails to those who want to be reminded, each unless it went."""
    from stadtnah.services.events.domain import reminder_mails  # noqa: PLC0415 - as above

    reminder_mails.send_all(letter_ids)


def ask_for(letter_ids: list[str]) -> None:
    """Asks for these in small groups, so that nothing else waits behind a thousand."""
    for first in range(0, len(letter_ids), _TOGETHER):
        mail_reminders.enqueue(letter_ids[first : first + _TOGETHER])


@periodic(every=300)
def mail_again() -> None:
    """Finds mails that did not go (mail server down, worker killed) and asks for them again, for two weeks."""
    for number in posts.left_keys(posts.left(Letter)):
        mail_letter.enqueue(number)
    ask_for([str(key) for key in posts.left_keys(posts.left(ReminderLetter))])


@periodic(every=300)
def tell_public() -> None:
    """Tells senders that their event is in the calendar."""
    from stadtnah.services.events.domain import submissions  # noqa: PLC0415 - as above

    submissions.tell_public()


@periodic(every=300)
def tidy_reminders() -> None:
    """Nothing stays of a wish whose last date is over."""
    from stadtnah.services.events.domain import reminders  # noqa: PLC0415 - as above

    reminders.tidy()
