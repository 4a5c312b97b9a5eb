"""A report arrives, is answered, is closed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from stadtnah.kernel import clock, letters
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.land import api as laender
from stadtnah.kernel.town.api import town
from stadtnah.services.feedback import tasks
from stadtnah.services.feedback.models import Answer, Report

# From everybody together, of each kind: whoever fills the one form leaves the other open. More than a town gets in a year, and little
# enough for an inbox to survive it.
GLOBAL_LIMIT, GLOBAL_WINDOW = 60, timedelta(hours=1)
CONTACT_DAYS = 30
State = Report.State


class FormIsFullError(Exception):
    """Too many reports from everybody together; try again later."""


class CannotAnswerError(Exception):
    """Why there can be no answer, German."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody typed, checked by the form."""

    kind: str
    text: str
    page: str = ""
    name: str = ""
    email: str = ""
    language: str = "de"


def receive(sent: Sent, shown: str) -> Report:
    """Keeps a report and has the municipality told. The same text from the same form (`shown`) sent twice is one report.

    Raises FormIsFullError. What it returns is stored: only then may anybody be thanked.
    """
    now, form_key = clock.now(), _key(sent, shown)
    with transaction.atomic():
        known = Report.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        if Report.objects.filter(kind=sent.kind, at__gt=now - GLOBAL_WINDOW).count() >= GLOBAL_LIMIT:
            raise FormIsFullError
        report, made = Report.objects.get_or_create(
            form_key=form_key,
            defaults={
                "kind": sent.kind,
                "text": sent.text,
                "page": sent.page,
                "name": sent.name,
                "email": sent.email,
                "language": sent.language,
                "at": now,
                "due_at": now + timedelta(days=days_for(sent.kind)),
            },
        )
        if made:
            tasks.mail_report.enqueue(str(report.pk))
    return report


def _key(sent: Sent, shown: str) -> str:
    """Somebody who goes back and writes something else sends another report."""
    return hashlib.sha256(repr((shown, sent)).encode()).hexdigest()


def days_for(kind: str) -> int:
    """Within how many days the municipality answers: for barriers the law of the Land says it."""
    return laender.profile(town().land).answer_days if kind == Report.Kind.BARRIER else CONTACT_DAYS


def inbox(wanted: str = "") -> QuerySet[Report]:
    """The reports of a state (or all): open ones first, the most urgent on top, then what was dealt with last."""
    rows = Report.objects.filter(state=wanted) if wanted in State.values else Report.objects.all()
    return rows.order_by(F("closed_at").desc(nulls_first=True), "due_at", "at")


def answer(report: Report, text: str, *, by: User) -> Answer:
    """Writes back by mail. Raises PermissionDenied, CannotAnswerError."""
    access.require(by, Action.FEEDBACK_ANSWER)
    if not report.email:
        raise CannotAnswerError("Zu dieser Rückmeldung gibt es keine E-Mail-Adresse.")
    if not text.strip():
        raise CannotAnswerError("Bitte schreiben Sie eine Antwort.")
    with transaction.atomic():
        now = clock.now()
        made = Answer.objects.create(report=report, text=text.strip(), by=by, at=now)
        _end(report, State.ANSWERED, by)
        tasks.mail_answer.enqueue(made.pk)
    return made


def close(report: Report, *, by: User) -> None:
    """Nothing more is to be done about it. Raises PermissionDenied."""
    access.require(by, Action.FEEDBACK_ANSWER)
    with transaction.atomic():
        _end(report, State.CLOSED, by)


def reopen(report: Report, *, by: User) -> None:
    """It is to be dealt with again, until the same day as before. Raises PermissionDenied."""
    access.require(by, Action.FEEDBACK_ANSWER)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=State.OPEN, closed_at=None)
        audit.record("feedback.reopened", actor=by, subject=f"report:{report.pk}")


def settle(mail: Report | Answer, *, arrived: bool, by: User) -> bool:
    """Somebody found out about the mail of a report or an answer that may have gone: it did, or it shall go once more.

    False when there is nothing unclear any more. Raises PermissionDenied.
    """
    access.require(by, Action.FEEDBACK_ANSWER)
    report = mail.pk if isinstance(mail, Report) else mail.report_id
    with transaction.atomic():
        if not letters.settle(mail, arrived=arrived):
            return False
        audit.record(
            "mail.taken_as_sent" if arrived else "mail.sent_again", actor=by, subject=f"report:{report}"
        )
        if not arrived and isinstance(mail, Report):
            tasks.mail_report.enqueue(str(mail.pk))
        elif not arrived:
            tasks.mail_answer.enqueue(mail.pk)
    return True


def _end(report: Report, state: str, by: User) -> None:
    Report.objects.filter(pk=report.pk).update(state=state, closed_at=clock.now())
    audit.record(
        "feedback.answered" if state == State.ANSWERED else "feedback.closed",
        actor=by,
        subject=f"report:{report.pk}",
    )
