"""Work outside a request. Tasks get ids, never texts or addresses: task rows are readable for operators."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from stadtnah.kernel import clock
from stadtnah.kernel.jobs.ticker import periodic
from stadtnah.kernel.town.api import town
from stadtnah.services.feedback.models import Answer, Report

_OVERDUE, _GIVE_UP = timedelta(minutes=5), timedelta(days=14)
_AT_ONCE = 100


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
    now = clock.now()
    waiting = {"mailed_at": None, "at__gt": now - _GIVE_UP, "at__lt": now - _OVERDUE}
    if town().mail:
        for key in Report.objects.filter(**waiting).order_by("at").values_list("pk", flat=True)[:_AT_ONCE]:
            mail_report.enqueue(str(key))
    for number in Answer.objects.filter(**waiting).order_by("at").values_list("pk", flat=True)[:_AT_ONCE]:
        mail_answer.enqueue(number)
