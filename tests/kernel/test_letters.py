"""A mail goes once: two workers, a mail server that says no, one that says nothing, a worker that ended in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from traceback import format_exception
from typing import Any, ClassVar

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber
from stadtnah.kernel import letters
from stadtnah.kernel.town.models import Town
from stadtnah.services.feedback import tasks
from stadtnah.services.feedback.domain import mails
from stadtnah.services.feedback.models import Report
from tests.channels.newsletter.citizens import work
from tests.factories import plans
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
        SMTPDataError(451, b"try later, <anna@bei.example>"),
        SMTPRecipientsRefused({"anna@bei.example": (550, b"no <anna@bei.example> here")}),
        SMTPNotSupportedError("anna@bei.example"),
        ValueError("anna@bei.example"),
    ],
)
def test_what_certainly_did_not_go_is_tried_again_and_no_log_names_the_address(
    report: Report, settings: Any, later: Any, problem: Exception
) -> None:
    server(settings, raising(problem))
    with pytest.raises(letters.RefusedError) as refused:
        mails.tell(str(report.pk))
    assert "anna" in str(problem), "the control: the server's words name it"
    assert "anna" not in "".join(format_exception(refused.value))
    later(timedelta(minutes=6))
    assert letters.unclear() == 0
    server(settings, lambda: None)
    tasks.mail_again()
    work()
    assert len(mail.outbox) == 1


def test_a_server_that_says_no_is_asked_ever_more_seldom(report: Report, settings: Any, later: Any) -> None:
    tried: list[int] = []

    def no() -> None:
        tried.append(1)
        raise SMTPDataError(550, b"never")

    server(settings, no)
    for _ in range(24 * 12):  # a day of looking every five minutes
        tasks.mail_again()
        with suppress(letters.RefusedError):
            work()
        DBTaskResult.objects.all().delete()
        later(timedelta(minutes=5))
    assert 5 < len(tried) < 12
    later(letters.GIVE_UP)
    assert not letters.left(Report).exists()
    report.refresh_from_db()
    assert report.given_up


def test_where_nobody_listens_there_is_no_pause(report: Report, settings: Any, later: Any) -> None:
    later(timedelta(hours=5))
    settings.EMAIL_BACKEND = "tests.factories.mail_servers.NoServer"
    with pytest.raises(ConnectionRefusedError):
        mails.tell(str(report.pk))
    assert list(letters.left(Report)) == [report]


def test_those_who_are_refused_keep_no_others_waiting(db: None, settings: Any, later: Any) -> None:
    Town.objects.update_or_create(id=1, defaults={"name": "Stadt Beispielau", "mail": "post@b.example"})
    rows = [
        Report(kind="contact", text="Hallo", at=NOON, due_at=NOON, form_key=str(number))
        for number in range(120)
    ]
    Report.objects.bulk_create(rows)
    later(timedelta(minutes=6))
    server(settings, raising(SMTPRecipientsRefused({})))
    first = letters.left_keys(letters.left(Report))
    for key in first:
        with pytest.raises(letters.RefusedError):
            mails.tell(str(key))
    later(timedelta(minutes=5))
    assert len(letters.left_keys(letters.left(Report))) == 20, "the others"
    later(timedelta(minutes=5))
    assert letters.left(Report).count() == 120


def test_what_has_not_gone_is_found_by_an_index(db: None, later: Any) -> None:
    rows = [
        Report(kind="contact", text="Hallo", at=NOON, due_at=NOON, form_key=str(number), mailed_at=NOON)
        for number in range(300)
    ]
    Report.objects.bulk_create(rows)
    plans.count(Report)
    with CaptureQueriesContext(connection) as asked:
        letters.unclear()
    kinds = [one for one in apps.get_models() if issubclass(one, letters.Once)]
    assert len(asked) == len(kinds)
    assert [kind for kind in kinds if not any("_unsent" in one.name for one in kind._meta.indexes)] == []
    with CaptureQueriesContext(connection) as more:
        letters.left_keys(letters.left(Report))
    of_reports = [one["sql"] for one in [*asked, *more] if Report._meta.db_table in one["sql"]]
    assert len(of_reports) > 1
    for sql in of_reports:
        assert "report_unsent" in " ".join(plans.plan(sql)), sql


@pytest.mark.parametrize(
    ("problem", "seen"),
    [
        (SMTPServerDisconnected(), SMTPServerDisconnected),
        (SMTPDataError(-1, b"?"), letters.RefusedError),
        (TimeoutError(), TimeoutError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_what_may_have_gone_is_seen_and_not_sent_again(
    report: Report, settings: Any, later: Any, client: Client, problem: Any, seen: Any
) -> None:
    """No answer after the mail was handed over, or the worker was ended: nobody knows."""
    server(settings, raising(problem))
    with pytest.raises(seen):
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


def test_after_a_backup_was_put_back_nothing_goes_by_itself_that_may_have_gone(
    report: Report, settings: Any, later: Any
) -> None:
    """The report was told to nobody when the backup was made; until it was put back it may have been."""
    saved_at = NOON + timedelta(minutes=1)
    later(timedelta(hours=9))
    server(settings, lambda: None)
    assert letters.hold_doubtful(saved_at) == 1
    assert letters.hold_doubtful(saved_at) == 0
    tasks.mail_again()
    work()
    assert not mails.tell(str(report.pk))
    assert mail.outbox == []
    assert letters.unclear() == 1
    Report.objects.update(taken_at=None)  # the control: it would have gone
    tasks.mail_again()
    work()
    assert len(mail.outbox) == 1


def test_what_nobody_waited_for_any_more_is_no_doubt(report: Report, later: Any) -> None:
    later(timedelta(days=20))
    assert letters.hold_doubtful(NOON + timedelta(days=19)) == 0
