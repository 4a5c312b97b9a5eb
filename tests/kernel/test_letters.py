"""A mail goes once: two workers, a mail server that says no, one that says nothing, a worker that ended in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any, ClassVar

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber
from stadtnah.kernel import letters
from stadtnah.kernel.town.models import Town
from stadtnah.services.feedback import tasks
from stadtnah.services.feedback.domain import mails
from stadtnah.services.feedback.models import Report
from tests.channels.newsletter.citizens import work
from tests.kernel.conftest import Threads

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Server(BaseEmailBackend):
    """A mail server that does what the test wants while it has the mail in hand."""

    does: ClassVar[Callable[[], None]]

    def send_messages(self, messages: Any) -> int:
        type(self).does()
        mail.outbox += messages
        return len(messages)

    def close(self) -> None:
        raise SMTPResponseException(421, b"no QUIT here")  # which makes nothing unclear


@pytest.fixture
def later() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def report(db: None, later: Any) -> Report:
    Town.objects.update_or_create(id=1, defaults={"name": "Stadt Beispielau", "mail": "post@b.example"})
    return Report.objects.create(kind="contact", text="Hallo", at=NOON, due_at=NOON, form_key="a")


def server(settings: Any, does: Callable[[], None]) -> None:
    Server.does = does
    settings.EMAIL_BACKEND = "tests.kernel.test_letters.Server"


def test_two_workers_send_one_mail(report: Report, settings: Any) -> None:
    second: list[bool] = []
    server(settings, lambda: second.append(mails.tell(str(report.pk))))
    assert mails.tell(str(report.pk))
    assert second == [False]
    assert len(mail.outbox) == 1
    assert not mails.tell(str(report.pk))
    report.refresh_from_db()
    assert report.mailed_at == NOON


def test_of_many_workers_at_once_one_sends(of_many: Threads, settings: Any) -> None:
    server(settings, lambda: None)
    of_many.tables(Report)
    row = Report.objects.create(kind="contact", text="Hallo", at=NOON, due_at=NOON, form_key="a")
    sent = of_many.race(lambda _name: letters.once(row, "Hallo", "Text", "p@b.example", sender="Stadt"))
    assert (sent, len(mail.outbox)) == (1, 1)

    def without_taking(_name: str) -> bool:
        """Looks, and would send and note it afterwards."""
        return Report.objects.filter(pk=row.pk, mailed_at=None).exists()

    Report.objects.update(taken_at=None, mailed_at=None)
    assert of_many.race(without_taking) == 8  # the control: the race is real


def raising(problem: Exception) -> Callable[[], None]:
    def does() -> None:
        raise problem

    return does


@pytest.mark.parametrize(
    "problem",
    [
        SMTPDataError(451, b"try later"),
        SMTPRecipientsRefused({}),
        SMTPNotSupportedError(),
        ValueError("address"),
    ],
)
def test_what_certainly_did_not_go_is_tried_again(
    report: Report, settings: Any, later: Any, problem: Exception
) -> None:
    server(settings, raising(problem))
    with pytest.raises(type(problem)):
        mails.tell(str(report.pk))
    later(timedelta(minutes=6))
    assert letters.unclear() == 0
    server(settings, lambda: None)
    tasks.mail_again()
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "problem", [SMTPServerDisconnected(), SMTPDataError(-1, b"?"), TimeoutError(), KeyboardInterrupt()]
)
def test_what_may_have_gone_is_seen_and_not_sent_again(
    report: Report, settings: Any, later: Any, client: Client, problem: Any
) -> None:
    """No answer after the mail was handed over, or the worker was ended: nobody knows."""
    server(settings, raising(problem))
    with pytest.raises(type(problem)):
        mails.tell(str(report.pk))
    server(settings, lambda: None)
    report.refresh_from_db()
    assert not report.unclear  # the worker may be at it
    later(timedelta(minutes=6))
    assert report.unclear
    tasks.mail_again()
    work()
    assert not mails.tell(str(report.pk))
    assert mail.outbox == []
    assert "stadtnah_mails_unclear 1" in client.get("/-/metrics").content.decode()


def test_a_mail_that_was_confirmed_came_though_nobody_noted_it(db: None, later: Any) -> None:
    """Nor does anybody wait for the mail to a reader who was moved in and gets none."""
    readers = MailingList.objects.create(slug="neues", name="Neues")
    reader = Subscriber.objects.create(
        list=readers, email="anna@bei.example", state="pending", created_at=NOON
    )
    form = {"subscriber": reader, "wording": "Ja.", "wording_version": "1", "form_path": "/n/", "at": NOON}
    asked = Consent.objects.create(**form, kind="form", taken_at=NOON)
    Consent.objects.create(**form, kind="import")
    later(timedelta(minutes=6))
    assert letters.unclear() == 1
    assert not letters.left(Consent).exists()
    Consent.objects.filter(pk=asked.pk).update(confirmed_at=NOON)
    assert letters.unclear() == 0
