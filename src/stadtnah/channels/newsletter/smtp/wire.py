"""Bytes to and from an SMTP server, under a deadline for everything together."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from dataclasses import dataclass

_LONGEST_REPLY = 65_536  # a server that talks more is broken or hostile
_CHUNK = 16_384
_REPLY_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?", re.DOTALL)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")


class LostError(Exception):
    """The connection is gone, hangs or talks nonsense. The message is German, without addresses."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer: code, enhanced code (RFC 3463) or "", lines."""

    code: int
    lines: tuple[str, ...]

    @property
    def enhanced(self) -> str:
        """„5.1.1“, or "" when the server names none."""
        found = _ENHANCED.match(self.lines[-1]) if self.lines else None
        return found.group(1) if found else ""

    @property
    def shown(self) -> str:
        """The codes for people. Not the text: servers repeat the address in it."""
        return f"{self.code} {self.enhanced}".strip()


class Deadline:
    """A moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises LostError when there are none."""
        rest = self._until - time.monotonic()
        if rest <= 0:
            raise LostError("Der Mailserver hat nicht rechtzeitig geantwortet.")
        return rest


class Wire:
    """A connected socket. Every method raises LostError and nothing else for a fault of the other side."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = b""

    def start_tls(self, context: ssl.SSLContext, host: str, deadline: Deadline) -> None:
        """Goes on encrypted. Raises ssl.SSLCertVerificationError for a certificate that does not fit."""
        if self._buffer:
            # Answers sent ahead of the handshake would be taken for encrypted ones (CVE-2011-0411).
            raise LostError("Der Mailserver hat vor der Verschlüsselung Daten untergeschoben.")
        try:
            self._sock.settimeout(deadline.left())
            self._sock = context.wrap_socket(self._sock, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise
        except (OSError, ValueError) as problem:
            if getattr(problem, "reason", "") == "WRONG_VERSION_NUMBER":
                raise LostError(
                    "Der Mailserver antwortet auf diesem Port unverschlüsselt. Es wurde nichts gesendet. "
                    "Bitte prüfen Sie Port und Verschlüsselung."
                ) from problem
            raise LostError("Die verschlüsselte Verbindung zum Mailserver kam nicht zustande.") from problem

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Sends all of `data`; when this raises, its last byte was not sent."""
        view = memoryview(data)
        try:
            for at in range(0, len(view), _CHUNK):
                self._sock.settimeout(deadline.left())
                self._sock.sendall(view[at : at + _CHUNK])
        except (OSError, ValueError) as problem:
            raise LostError("Die Verbindung zum Mailserver ist abgebrochen.") from problem

    def reply(self, deadline: Deadline) -> Reply:
        """The next answer, all its lines."""
        lines: list[str] = []
        size = 0
        while True:
            raw = self._line(deadline)
            size += len(raw)
            found = _REPLY_LINE.fullmatch(raw)
            if found is None or size > _LONGEST_REPLY:
                raise LostError("Der Mailserver antwortet unverständlich.")
            lines.append((found.group(3) or b"").decode("utf-8", "replace"))
            if found.group(2) != b"-":
                return Reply(int(found.group(1)), tuple(lines))

    def close(self) -> None:
        """Closes, whatever state it is in."""
        with contextlib.suppress(OSError):
            self._sock.close()

    def _line(self, deadline: Deadline) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_REPLY:
                raise LostError("Der Mailserver antwortet unverständlich.")
            self._sock.settimeout(deadline.left())
            try:
                more = self._sock.recv(8192)
            except TimeoutError as problem:
                raise LostError("Der Mailserver hat nicht rechtzeitig geantwortet.") from problem
            except (OSError, ValueError) as problem:
                raise LostError("Die Verbindung zum Mailserver ist abgebrochen.") from problem
            if not more:
                raise LostError("Der Mailserver hat die Verbindung beendet.")
            self._buffer += more
        line, self._buffer = self._buffer[:end], self._buffer[end + 1 :]
        return line.rstrip(b"\r")
