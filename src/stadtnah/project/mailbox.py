"""The demo's mailbox: every mail lands in a folder as it was sent, nothing leaves the machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from email.message import Message
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
