"""The demo's mail server: every mail lands in a folder as it was sent, nothing leaves the machine."""

from __future__ import annotations

import socketserver
from pathlib import Path
from typing import ClassVar

from stadtnah.project.mailfolder import keep

_LARGEST = 25 * 1024 * 1024


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
