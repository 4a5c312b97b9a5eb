"""Work outside a request. Tasks get ids, never texts or addresses: task rows are readable for operators."""

from __future__ import annotations

from django_tasks import task

from stadtnah.kernel import letters
from stadtnah.kernel.jobs.ticker import periodic
from stadtnah.kernel.town.api import town
from stadtnah.services.feedback.models import Answer, Report


@task(queue_name="transactional")
def mail_report(report_id: str) -> None:
    """Tells the municipality that something came, unless it was told."""
    from stadtnah.services.feedback.domain import mails  # noqa: PLC0415 - the domain enqueues these tasks

    mails.tell(report_id)


@task(queue_name="transactional")
def mail_answer(answer_id: int) -> None:
    """Sends what the municipality answered, unless it went."""
    from stadtnah.services.feedback.domain import mails  # noqa: PLC0415 - as above

    mails.send_answer(answer_id)


@periodic(every=300)
def mail_again() -> None:
    """Finds mails that did not go (mail server down, worker killed) and asks for them again, for two weeks."""
    if town().mail:
        for key in letters.left_keys(letters.left(Report)):
            mail_report.enqueue(str(key))
    for number in letters.left_keys(letters.left(Answer)):
        mail_answer.enqueue(number)
