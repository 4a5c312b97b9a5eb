"""One connection to the town's mail server, and what its answers mean for a mail."""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from typing import Literal

from stadtnah.channels.newsletter.smtp.wire import Deadline, LostError, Reply, Wire
from stadtnah.publishing.channel import Outcome, Permanent, Sent, Temporary, Unknown

# The mailbox does not exist or is closed for good (RFC 3463, 3.2 and 3.3; IANA registry for 5.1.10).
_HARD = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
# Refusals of the mailbox without a class of their own; 5.2.2 and 552: full.
_SOFT_CODES, _SOFT = {550, 551, 552, 553}, {"", "5.2.2", "5.2.0", "5.1.0"}
_SERVICE_CLOSING = 421


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach and use a mail server. Times in seconds.

    `seconds` is for a whole mail up to its final dot, `answer_seconds` for the answer to it: giving up there leaves
    the outcome unknown. Even with a second connection all together stays below the lease of a delivery (180 s).
    """

    host: str
    port: int
    tls: Literal["none", "starttls", "tls"]
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    hello: str = "localhost"
    connect_seconds: float = 20
    seconds: float = 40
    answer_seconds: float = 60
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mail. `bounce` is about the mailbox; `greylisted`: refused for now at RCPT."""

    outcome: Outcome
    bounce: Literal["", "soft", "hard"] = ""
    greylisted: bool = False


class BrokenError(Exception):
    """Nothing can go out with these settings; the German message says what to do."""


class Session:
    """An open, greeted, signed-in connection. Not for several threads."""

    def __init__(self, server: Server) -> None:
        """Connects. Raises LostError (try later) or BrokenError (settings)."""
        self._server = server
        self._features: dict[str, str] = {}
        self.used = False
        self._alive = True
        deadline = Deadline(server.connect_seconds)
        self._wire = _connected(server)
        try:
            self._greet(deadline)
            if server.user:
                self._sign_in(deadline)
        except BaseException:
            self._wire.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether another mail may be sent here."""
        return self._alive

    def close(self) -> None:
        """Says goodbye without waiting for the answer."""
        if self._alive:
            with contextlib.suppress(LostError):
                self._wire.write(b"QUIT\r\n", Deadline(1))
        self._alive = False
        self._wire.close()

    def drop(self) -> None:
        """Hangs up without a word: nothing said after this could be trusted."""
        self._alive = False
        self._wire.close()

    def send(self, to: str, mail: bytes, message_id: str) -> Verdict:
        """Sends one mail. Raises LostError only when nothing was accepted and it may be tried on a new connection."""
        limit = self._features.get("SIZE", "")
        if limit.isdigit() and 0 < int(limit) < len(mail):
            return Verdict(Permanent("Die Mail ist für den Mailserver zu groß."))
        try:
            verdict = self._hand_over(to, mail, message_id)
        except LostError:
            self.drop()
            raise
        self.used = True
        return verdict

    def _hand_over(self, to: str, mail: bytes, message_id: str) -> Verdict:
        deadline = Deadline(self._server.seconds)
        commands = [f"MAIL FROM:<{self._server.sender}>", f"RCPT TO:<{to}>", "DATA"]
        replies = self._pipelined(commands, deadline) if "PIPELINING" in self._features else []
        if not replies:
            for command in commands:
                replies.append(self._ask(command, deadline))
                if replies[-1].code >= 400:  # noqa: PLR2004 - SMTP's classes
                    break
        refused = next((at for at, reply in enumerate(replies) if reply.code >= 400), None)  # noqa: PLR2004 - as above
        if refused is not None:
            self._reset(replies, deadline)
            return self._refusal(refused, replies[refused])
        if replies[-1].code != 354:  # noqa: PLR2004 - "go on"; nothing else is right here
            raise LostError("Der Mailserver antwortet unverständlich.")
        self._wire.write(mail + b".\r\n", deadline)
        return self._answer(message_id)

    def _answer(self, message_id: str) -> Verdict:
        """After the final dot only the server knows whether it took the mail."""
        try:
            reply = self._wire.reply(Deadline(self._server.answer_seconds))
        except LostError:
            self.drop()
            return Verdict(
                Unknown(
                    "Der Mailserver hat die Mail erhalten, aber die Annahme weder bestätigt noch abgelehnt."
                )
            )
        if reply.code == _SERVICE_CLOSING:
            self.drop()
        if reply.code < 300:  # noqa: PLR2004 - SMTP's classes
            return Verdict(Sent(remote_id=message_id))
        if reply.code < 500:  # noqa: PLR2004 - as above
            return Verdict(Temporary(f"Der Mailserver nimmt die Mail zurzeit nicht an ({reply.shown})."))
        return Verdict(Permanent(f"Der Mailserver hat den Inhalt abgelehnt ({reply.shown})."))

    def _refusal(self, step: int, reply: Reply) -> Verdict:
        if reply.code == _SERVICE_CLOSING:
            raise LostError(f"Der Mailserver nimmt zurzeit nichts an ({reply.shown}).")
        if reply.code < 500:  # noqa: PLR2004 - SMTP's classes
            what = "das Postfach" if step == 1 else "die Mail"
            reason = f"Der Mailserver nimmt {what} zurzeit nicht an ({reply.shown})."
            return Verdict(Temporary(reason, of_recipient=step == 1), greylisted=step == 1)
        if step == 1:
            return _bounce(reply)
        if step == 0 and reply.code != 552:  # noqa: PLR2004 - too large, see RFC 1870
            raise BrokenError(
                f"Der Mailserver nimmt Mails von {self._server.sender} nicht an ({reply.shown}). "
                "Bitte prüfen Sie Absender und Anmeldung."
            )
        return Verdict(Permanent(f"Der Mailserver hat die Mail abgelehnt ({reply.shown})."))

    def _reset(self, replies: list[Reply], deadline: Deadline) -> None:
        """Back to a clean state. A server that still wants data after a refusal gets none (RFC 2920, 3.1)."""
        if len(replies) == 3 and replies[-1].code == 354:  # noqa: PLR2004 - DATA was answered with "go on"
            # The only clean way out: a mail to nobody could be an empty mail to somebody.
            self.drop()
            return
        if any(reply.code == _SERVICE_CLOSING for reply in replies):
            self.drop()
            return
        try:
            self._ask("RSET", deadline)
        except LostError:
            # The refusal was said before; that the server then hangs up does not change it.
            self.drop()

    def _greet(self, deadline: Deadline) -> None:
        server = self._server
        if server.tls == "tls":
            self._encrypt(deadline)
        banner = self._wire.reply(deadline)
        if banner.code != 220:  # noqa: PLR2004 - service ready
            raise LostError(
                f"Der Mailserver {server.host} nimmt zurzeit keine Verbindung an ({banner.shown})."
            )
        self._hello(deadline)
        if server.tls == "starttls":
            if "STARTTLS" not in self._features:
                raise BrokenError(
                    f"Der Mailserver {server.host} bietet auf Port {server.port} keine Verschlüsselung (STARTTLS) an. "
                    "Es wurde nichts gesendet. Bitte prüfen Sie Port und Verschlüsselung."
                )
            if self._ask("STARTTLS", deadline).code != 220:  # noqa: PLR2004 - ready for the handshake
                raise LostError("Der Mailserver hat die Verschlüsselung abgelehnt.")
            self._encrypt(deadline)
            self._hello(deadline)

    def _encrypt(self, deadline: Deadline) -> None:
        try:
            self._wire.start_tls(self._server.context, self._server.host, deadline)
        except ssl.SSLCertVerificationError as problem:
            raise BrokenError(
                f"Das Zertifikat des Mailservers {self._server.host} ist nicht gültig. Es wurde nichts gesendet. "
                "Bitte wenden Sie sich an den Betreiber des Mailservers."
            ) from problem

    def _hello(self, deadline: Deadline) -> None:
        reply = self._ask(f"EHLO {self._server.hello}", deadline)
        self._features = {}
        if reply.code == 250:  # noqa: PLR2004 - done
            for line in reply.lines[1:]:
                name, _, value = line.partition(" ")
                self._features[name.upper()] = value
        elif self._ask(f"HELO {self._server.hello}", deadline).code != 250:  # noqa: PLR2004 - done
            raise LostError("Der Mailserver hat die Begrüßung abgelehnt.")

    def _sign_in(self, deadline: Deadline) -> None:
        server = self._server
        if server.tls == "none" and not _on_this_machine(server.host):
            raise BrokenError(
                "Benutzername und Kennwort gehen nur über eine verschlüsselte Verbindung. "
                "Bitte stellen Sie „STARTTLS“ oder „TLS“ ein."
            )
        offered = self._features.get("AUTH", "").upper().split()
        if "PLAIN" in offered:
            token = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
            reply = self._ask(f"AUTH PLAIN {token}", deadline)
        elif "LOGIN" in offered:
            reply = self._ask("AUTH LOGIN", deadline)
            for secret in (server.user, server.password):
                if reply.code == 334:  # noqa: PLR2004 - go on
                    reply = self._ask(base64.b64encode(secret.encode()).decode(), deadline)
        else:
            raise BrokenError(
                f"Der Mailserver {server.host} bietet keine Anmeldung mit Kennwort an. Bitte prüfen Sie Port und "
                "Verschlüsselung, oder lassen Sie den Benutzernamen leer."
            )
        if reply.code >= 500:  # noqa: PLR2004 - SMTP's classes
            raise BrokenError(
                f"Der Mailserver hat Benutzername oder Kennwort nicht angenommen ({reply.shown}). "
                "Bitte hinterlegen Sie das Kennwort neu."
            )
        if reply.code != 235:  # noqa: PLR2004 - signed in
            raise LostError(f"Die Anmeldung am Mailserver ist zurzeit nicht möglich ({reply.shown}).")

    def _ask(self, command: str, deadline: Deadline) -> Reply:
        self._wire.write(command.encode("ascii", "strict") + b"\r\n", deadline)
        return self._wire.reply(deadline)

    def _pipelined(self, commands: list[str], deadline: Deadline) -> list[Reply]:
        self._wire.write("".join(f"{command}\r\n" for command in commands).encode("ascii"), deadline)
        replies: list[Reply] = []
        for _ in commands:
            replies.append(self._wire.reply(deadline))
            if replies[-1].code == _SERVICE_CLOSING:
                break
        return replies


def _connected(server: Server) -> Wire:
    try:
        sock = socket.create_connection((server.host, server.port), timeout=server.connect_seconds / 2)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, UnicodeError) as problem:
        raise LostError(f"Der Mailserver {server.host} ist nicht erreichbar.") from problem
    return Wire(sock)


def _bounce(reply: Reply) -> Verdict:
    if reply.enhanced in _HARD:
        return Verdict(Permanent(f"Das Postfach gibt es nicht mehr ({reply.shown})."), bounce="hard")
    kind: Literal["", "soft"] = "soft" if reply.enhanced in _SOFT and reply.code in _SOFT_CODES else ""
    return Verdict(Permanent(f"Der Mailserver lehnt das Postfach ab ({reply.shown})."), bounce=kind)


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
