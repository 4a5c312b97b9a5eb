"""The mails of the feedback service: to the municipality that something came, to the citizen what it answers."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from stadtnah.kernel import clock, letters
from stadtnah.kernel.town.api import base_url, town
from stadtnah.services.feedback.models import Answer, Report


def tell(report_id: str) -> bool:
    """Tells the municipality; False when there is nothing to tell, or nobody: the desk's inbox has it in any case.

    Name and address of the citizen are not in the mail: they stay where they can be erased.
    """
    report = Report.objects.filter(pk=report_id, mailed_at=None).first()
    here = town()
    if report is None or not here.mail:
        return False
    subject = f"{report.get_kind_display()} gemeldet" if report.kind == Report.Kind.BARRIER else "Nachricht"
    body = render_to_string(
        "feedback/mail_report.txt",
        {"report": report, "site": base_url(), "due": clock.german_date(report.due_at)},
    )
    subject = f"{subject} über die Website ({report.number})"
    return letters.once(report, subject, body, here.mail, sender=here.name)


def send_answer(answer_id: int) -> bool:
    """Sends an answer; False when it went already or its report was erased."""
    found = Answer.objects.filter(pk=answer_id, mailed_at=None).select_related("report").first()
    if found is None or not found.report.email:
        return False
    here = town()
    with translation.override(found.report.language):
        subject = gettext("Your message to %(town)s (%(number)s)") % {
            "town": here.accusative,
            "number": found.report.number,
        }
        body = render_to_string(
            "feedback/mail_answer.txt", {"answer": found, "town": here, "site": base_url()}
        )
    return letters.once(found, subject, body, found.report.email, sender=here.name, reply_to=here.mail)
