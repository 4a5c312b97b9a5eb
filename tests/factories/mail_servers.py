"""Mail servers that do not take every mail."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from typing import Any, ClassVar

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend


def picky(settings: Any, *refused: str) -> None:
    """From now on these addresses are refused; mails to all others are in the outbox."""
    Picky.refused = frozenset(refused)
    settings.EMAIL_BACKEND = "tests.factories.mail_servers.Picky"


class Picky(BaseEmailBackend):
    """The server."""

    refused: ClassVar[frozenset[str]] = frozenset()

    def send_messages(self, messages: Any) -> int:
        for one in messages:
            if self.refused.intersection(one.to):
                raise SMTPRecipientsRefused({one.to[0]: (550, b"unknown")})
        mail.outbox += messages
        return len(messages)


class NoServer(BaseEmailBackend):
    """Nobody listens there."""

    def open(self) -> bool:
        raise ConnectionRefusedError

    def send_messages(self, _messages: Any) -> int:
        return int(self.open())
