"""A single mail that the cell writes by itself to a citizen or to the town hall; newsletters have a way of their own.

Whatever must not come twice is a row of its own (`Once`): a worker takes it before it hands the mail over, in one UPDATE that only one
worker can win. A worker that ends between taking and noting leaves a row that was taken and never noted as sent. Of the two ways on from
there we choose to show it as unclear (`Once.unclear`, in the desk and as `stadtnah_mails_unclear`) and not to send it later by itself:
SMTP knows no idempotency key and nobody to ask, and a second mail to a citizen is a blind second post (law 2). It is never silently lost.
A person of the municipality settles it (`settle`). After a backup was put back, what was still to go then is unclear as well (`hold_doubtful`).
What certainly did not go, as no worker took it, nobody listened or the server said no, goes later by itself.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.db.models import F, Q

from stadtnah.kernel import clock

_LONGEST_SUBJECT = 150
OVERDUE: Final = timedelta(minutes=5)  # a worker has had its chance
GIVE_UP: Final = timedelta(days=14)
_LONGEST_PAUSE: Final = timedelta(hours=6)  # between two tries of what the server does not take
_AT_ONCE: Final = 100
# Answers that say no (RFC 5321, 4.2.1: 4yz and 5yz), or a mail that could not even be written; smtplib says -1 for what it did not understand.
_NO: Final = {0, *range(400, 600)}
_WITHOUT_DOTS: Final = ("gmail.com", "googlemail.com")
_Row = TypeVar("_Row", bound="Once")


class Once(models.Model):
    """A mail that goes once. The model that is one has `at`, when it was written, and `unsent` among its indexes."""

    taken_at = models.DateTimeField("zum Senden genommen", null=True, editable=False)
    mailed_at = models.DateTimeField("gesendet", null=True, editable=False)
    again_at = models.DateTimeField("nächster Versuch", null=True, editable=False)  # after the server said no

    if TYPE_CHECKING:
        at: models.DateTimeField[Any, datetime]

    class Meta:
        abstract = True

    @classmethod
    def owed(cls) -> models.QuerySet[Self]:
        """Those whose mail still makes sense; a model knows when its does not."""
        return cls._default_manager.all()

    @property
    def unclear(self) -> bool:
        """Whether it may have gone or not: the mail server did not answer, or the worker ended in between."""
        return bool(self.taken_at and not self.mailed_at and self.taken_at < clock.now() - OVERDUE)

    @property
    def given_up(self) -> bool:
        """Whether nobody tries any more."""
        return not self.mailed_at and not self.taken_at and self.at <= clock.now() - GIVE_UP


class RefusedError(Exception):
    """The mail server did not take it. Neither the address nor the server's words, which may name it: this ends in logs. code: RFC 5321, 4.2."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(f"the mail server answered {code}" if code else "the mail could not be written")
        self.code = code


def unsent(name: str) -> models.Index:
    """The index of what has not gone: few rows, however many have. For `left` and `unclear`."""
    return models.Index(fields=["taken_at", "at"], condition=Q(mailed_at=None), name=name)


def once(
    row: Once,
    subject: str,
    body: str,
    to: str,
    *,
    sender: str,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Posts the mail of this row unless anybody did or may have done; False then.

    What certainly did not go is free again: at once where nobody listened, after a pause where the server said no. The error is raised.
    """
    rows = type(row)._default_manager  # noqa: SLF001 - Django's public way to a model it does not know
    mine, connection, reached = rows.filter(pk=row.pk), get_connection(), False
    if not mine.filter(taken_at=None, mailed_at=None).update(taken_at=clock.now()):
        return False
    try:
        connection.open()
        reached = True
        post(subject, body, to, sender=sender, reply_to=reply_to, headers=headers, connection=connection)
    except RefusedError as problem:
        if problem.code in _NO:
            mine.update(taken_at=None, again_at=_pause(row.at))
        raise
    except Exception:
        if not reached:
            mine.update(taken_at=None)
        raise
    else:
        mine.update(mailed_at=clock.now())
    finally:
        with suppress(Exception):  # a server that is rude when we leave changes nothing
            connection.close()
    return True


def _pause(since: datetime) -> datetime:
    """As long again as it has waited: a server that asks for patience is not asked every five minutes, and others are not kept waiting."""
    now = clock.now()
    return now + min(max(now - since, OVERDUE), _LONGEST_PAUSE)


def left(model: type[_Row], give_up: timedelta = GIVE_UP) -> models.QuerySet[_Row]:
    """What did not go and certainly did not (mail server down, job lost), to be asked for again; the oldest first."""
    now = clock.now()
    rows = model.owed().filter(mailed_at=None, taken_at=None, at__gt=now - give_up, at__lt=now - OVERDUE)
    return rows.filter(Q(again_at=None) | Q(again_at__lte=now)).order_by("at")


def left_keys(rows: models.QuerySet[Any]) -> list[Any]:
    """The keys of the first of them."""
    return list(rows.values_list("pk", flat=True)[:_AT_ONCE])


def unclear() -> int:
    """How many mails may have gone or not. A query for each kind of mail."""
    late = clock.now() - OVERDUE
    return sum(kind.owed().filter(mailed_at=None, taken_at__lt=late).count() for kind in _kinds())


def settle(row: Once, *, arrived: bool) -> bool:
    """What a person found out about an unclear mail: it counts as sent, or may go once more. False when nothing is unclear any more."""
    mine = type(row)._default_manager.filter(pk=row.pk, mailed_at=None)  # noqa: SLF001 - as above
    mine = mine.filter(taken_at__lt=clock.now() - OVERDUE)
    return bool(
        mine.update(mailed_at=F("taken_at")) if arrived else mine.update(taken_at=None, again_at=None)
    )


def hold_doubtful(saved_at: datetime) -> int:
    """After a backup of `saved_at` was put back: what was to be sent then may have gone since, and becomes unclear. How many mails.

    Call it before a worker runs.
    """
    then = min(saved_at, clock.now() - 2 * OVERDUE)
    held = 0
    for kind in _kinds():
        owed: models.QuerySet[Any] = kind.owed()
        mine = owed.filter(mailed_at=None, taken_at=None, at__gt=saved_at - GIVE_UP)
        held += kind._default_manager.filter(pk__in=mine.values("pk")).update(taken_at=then)  # noqa: SLF001 - as above
    return held


def _kinds() -> list[type[Once]]:
    return [model for model in apps.get_models() if issubclass(model, Once)]


def mailbox(address: str) -> str:
    """Where it arrives, however it is spelt: what counts mails to somebody counts by it. Not for sending.

    In small letters, and without what follows a plus (RFC 5233, sub-addresses); at Google also without dots
    (support.google.com/mail/answer/7436150).
    """
    local, _at, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _WITHOUT_DOTS:
        local, domain = local.replace(".", ""), _WITHOUT_DOTS[0]
    return f"{local}@{domain}"


def in_mailbox(address: str, others: Iterable[str]) -> int:
    """How many of the other addresses are the same mailbox."""
    mine = mailbox(address)
    return sum(mailbox(one) == mine for one in others)


def post(
    subject: str,
    body: str,
    to: str,
    *,
    sender: str,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    connection: Any = None,
) -> None:
    """Sends it from our address under the name `sender`. No out-of-office answers it (RFC 3834, section 5). Raises RefusedError."""
    address = parseaddr(str(settings.DEFAULT_FROM_EMAIL))[1]
    quoted = " ".join(sender.split()).replace("\\", "").replace('"', "")
    line = " ".join(subject.split())  # a line break must not become a header
    letter = EmailMessage(
        subject=line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…",
        body=body.strip() + "\n",
        from_email=f'"{quoted}" <{address}>',
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})},
        connection=connection,
    )
    hand_over(letter)


def hand_over(letter: EmailMessage) -> None:
    """To the mail server. Raises RefusedError, or what says that nobody listens or answers."""
    try:
        letter.send()
    except (smtplib.SMTPException, ValueError) as problem:
        if (code := _code(problem)) is None:
            raise
        raise RefusedError(code) from None


def _code(problem: Exception) -> int | None:
    """What the server answered; 0 when it was not asked; None when it did not answer."""
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return min((code for code, _words in problem.recipients.values()), default=0)
    return 0 if isinstance(problem, (smtplib.SMTPNotSupportedError, ValueError)) else None
