"""The demo's mailbox: every mail lands in a folder as it was sent, nothing leaves the machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from stadtnah.project.mailfolder import keep


def folder() -> Path:
    """Where the mails of the demo are kept."""
    path = Path(settings.STADTNAH_DATA) / "mailbox"
    path.mkdir(parents=True, exist_ok=True)
    return path


class FolderBackend(BaseEmailBackend):
    """Django's mail backend of the demo."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Keeps each mail; returns how many."""
        sent = 0
        for message in email_messages:
            made: Message = message.message()
            keep(made.as_bytes(), folder())
            sent += 1
        return sent


def newest(limit: int, offset: int = 0) -> tuple[list[Path], int]:
    """Mails, the newest first, and how many there are."""
    names = sorted(
        (entry.name for entry in os.scandir(folder()) if entry.name.endswith(".eml")), reverse=True
    )
    return [folder() / name for name in names[offset : offset + limit]], len(names)


_HEAD_BYTES = 16_384
_NEWEST = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """What a list says of a mail. `to` holds the bare addresses, in small letters."""

    name: str
    to: tuple[str, ...]
    sender: str
    subject: str

    def says(self, wanted: str) -> bool:
        """Whether the words are in an address or the subject."""
        return (
            wanted in self.subject.lower() or wanted in self.sender or any(wanted in one for one in self.to)
        )


def heads() -> list[Head]:
    """Of the newest mails; a mail never changes, so each is read once."""
    found, _total = newest(_NEWEST)
    return [_head(str(source)) for source in found]


@lru_cache(maxsize=2 * _NEWEST)
def _head(source: str) -> Head:
    with Path(source).open("rb") as file:
        mail = BytesHeaderParser(policy=policy.default).parsebytes(file.read(_HEAD_BYTES))
    return Head(
        Path(source).stem,
        _addresses(str(mail["To"] or "")),
        " ".join(_addresses(str(mail["From"] or ""))),
        str(mail["Subject"] or ""),
    )


def _addresses(header: str) -> tuple[str, ...]:
    return tuple(address.lower() for _name, address in getaddresses([header]))
