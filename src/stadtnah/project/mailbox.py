"""The demo's mailbox: every mail lands in a folder as it was sent, nothing leaves the machine."""

from __future__ import annotations

import os
import socketserver
import time
import uuid
from collections.abc import Iterable
from email.message import Message
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

_LARGEST = 25 * 1024 * 1024


def folder() -> Path:
    """Where the mails of the demo are kept."""
    path = Path(settings.STADTNAH_DATA) / "mailbox"
    path.mkdir(parents=True, exist_ok=True)
    return path


def keep(data: bytes, where: Path) -> Path:
    """Stores one mail; the name sorts by time and tells nothing of the person."""
    target = where / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.eml"
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.rename(target)
    return target


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


class _Session(socketserver.StreamRequestHandler):
    """Just enough SMTP (RFC 5321) for our own sender on loopback; PIPELINING as it comes (RFC 2920)."""

    timeout = 60
    where: ClassVar[Path]

    def handle(self) -> None:
        self._say("220 mailbox.invalid Stadtnah-Demo")
        while line := self.rfile.readline(2000):
            verb = line.strip().upper()
            if verb.startswith(b"EHLO"):
                self._say("250-mailbox.invalid\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 26214400")
            elif verb.startswith((b"HELO", b"MAIL FROM", b"RCPT TO", b"RSET", b"NOOP")):
                self._say("250 OK")
            elif verb == b"DATA":
                self._say("354 Los")
                if not self._data():
                    return
            elif verb == b"QUIT":
                self._say("221 Bis bald")
                return
            else:
                self._say("502 Unbekannt")

    def _data(self) -> bool:
        lines: list[bytes] = []
        size = 0
        while line := self.rfile.readline(100_000):
            if line in {b".\r\n", b".\n"}:
                keep(b"".join(lines), self.where)
                self._say("250 Angenommen")
                return True
            size += len(line)
            if size <= _LARGEST:
                lines.append(line[1:] if line.startswith(b".") else line)
        return False

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def receiver(host: str, port: int, where: Path) -> socketserver.ThreadingTCPServer:
    """An SMTP server that keeps what it gets in `where`; the caller runs and ends it."""
    where.mkdir(parents=True, exist_ok=True)
    session = type("Session", (_Session,), {"where": where})
    return _Server((host, port), session)


def receive(host: str, port: int, where: Path) -> None:
    """Serves until the process is told to end."""
    with receiver(host, port, where) as server:
        server.serve_forever(poll_interval=0.5)


def newest(limit: int, offset: int = 0) -> tuple[list[Path], int]:
    """Mails, the newest first, and how many there are."""
    names = sorted(
        (entry.name for entry in os.scandir(folder()) if entry.name.endswith(".eml")), reverse=True
    )
    return [folder() / name for name in names[offset : offset + limit]], len(names)
