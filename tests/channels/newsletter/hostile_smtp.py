"""Mail servers that misbehave on request: a real one (aiosmtpd) with faults at any step, and one that recites lines."""
# ruff: noqa: N802 - aiosmtpd names its hooks after the commands

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import ssl
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stadtnah.kernel import clock

DROP, HANG = "drop", "hang"
STEPS = ("CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "ACCEPTED")


@dataclass
class Taken:
    """A mail the server took (whether or not it said so)."""

    sender: str
    to: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)


@dataclass
class Fault:
    """At `step` the server says or does `act`, for recipients that contain `to`, `times` times, after `skip` calls."""

    step: str
    act: str
    to: str
    times: int
    skip: int


class HostileSmtp:
    """Takes mails until told to misbehave. Runs on a free port of loopback; use it as a context manager."""

    def __init__(
        self, *, pipelining=True, tls=None, implicit=False, starttls=True, users=None, per_connection=0
    ) -> None:
        self.mails: list[Taken] = []
        self.seen: Counter[str] = Counter()
        self.commands: list[str] = []
        self.users = users or {}
        self.pipelining, self.per_connection = pipelining, per_connection
        self._tls, self._implicit, self._starttls = tls, implicit, starttls
        self._faults: list[Fault] = []
        self._sessions: list[_Session] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def fault(self, step: str, act: str, *, to: str = "", times: int = 10_000, skip: int = 0) -> None:
        assert step in STEPS
        self._faults.append(Fault(step, act, to, times, skip))

    def well_again(self) -> None:
        self._faults.clear()

    def got(self) -> list[str]:
        """Who got a mail, in order."""
        return [taken.to for taken in self.mails]

    def act(self, step: str, to: str = "") -> str:
        self.seen[step] += 1
        for fault in self._faults:
            if fault.step == step and fault.to in to:
                if fault.skip > 0:
                    fault.skip -= 1
                elif fault.times > 0:
                    fault.times -= 1
                    return fault.act
        return ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        context = self._tls if self._implicit else None
        return await self._loop.create_server(self._session, "127.0.0.1", 0, ssl=context)

    def _session(self) -> SMTP:
        offer = self._tls if self._starttls and not self._implicit else None
        made = _Session(
            self,
            hostname="mail.test",
            tls_context=offer,
            authenticator=self._authenticate if self.users else None,
            auth_require_tls=False,
            loop=self._loop,
        )
        self._sessions.append(made)
        return made

    def _authenticate(self, _server, _session, _envelope, _mechanism, data):
        if act := self.act("AUTH"):
            return AuthResult(success=False, handled=False, message=act)
        good = self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=good, handled=False, message=None if good else "535 5.7.8 no")

    async def _end(self) -> None:
        self._server.close()
        for session in self._sessions:
            if session.transport is not None:
                session.transport.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=5)
        # What a cancelled session still closes needs a few turns of the loop.
        for _ in range(5):
            await asyncio.sleep(0)


class _Session(SMTP):
    """One connection. Replies are the server's own, or those a test asked for."""

    def __init__(self, owner: HostileSmtp, **options: object) -> None:
        self._owner = owner
        self._mails = 0
        super().__init__(self, **options)

    async def _met(self, step: str, to: str = "") -> str:
        act = self._owner.act(step, to)
        if act == DROP:
            self._hang_up()
        if act == HANG:
            await asyncio.Event().wait()  # until the client has enough
        return act

    def _hang_up(self) -> None:
        transport = self.transport
        assert transport is not None
        # A reset: the other side learns of it at once, and what it wrote meanwhile is lost.
        transport.abort()
        raise asyncio.CancelledError

    async def _handle_client(self) -> None:
        if act := await self._met("CONNECT"):
            await self.push(act)
            self.transport.close()
            return
        await super()._handle_client()

    async def push(self, status: str | bytes) -> None:
        await super().push(status)
        if str(status).startswith("421"):
            self.transport.close()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self._owner.commands.append(f"EHLO {hostname}")
        if act := await self._met("EHLO"):
            return [act]
        return [*responses[:-1], *(["250-PIPELINING"] if self._owner.pipelining else []), responses[-1]]

    async def handle_MAIL(self, server, session, envelope, address, options):
        self._owner.commands.append(f"MAIL {address}")
        if self._owner.per_connection and self._mails >= self._owner.per_connection:
            return "421 4.7.0 too many mails on this connection"
        if act := await self._met("MAIL"):
            return act
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self._owner.commands.append(f"RCPT {address}")
        if act := await self._met("RCPT", address):
            return act
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def smtp_DATA(self, arg):
        to = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        if to and (act := await self._met("DATA", to)):
            await self.push(act)
            return
        await super().smtp_DATA(arg)

    async def handle_DATA(self, server, session, envelope):
        (to,) = envelope.rcpt_tos
        act = self._owner.act("ACCEPTED", to)
        if not act[:1].isdigit():
            self._mails += 1
            self._owner.mails.append(Taken(envelope.mail_from, to, bytes(envelope.content)))
        if act == DROP:
            self._hang_up()
        if act == HANG:
            await asyncio.Event().wait()
        return act or "250 2.0.0 taken"


class Reciter:
    """Takes one connection, says its lines whatever it hears, reads a little, and hangs up."""

    def __init__(self, *lines: bytes, reads: int = 65_536) -> None:
        self._lines, self._reads = lines, reads
        self.heard = b""

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._recite, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def _recite(self) -> None:
        with contextlib.suppress(OSError):
            there, _ = self._listening.accept()
            with there:
                there.settimeout(5)
                for line in self._lines:
                    there.sendall(line)
                    self.heard += there.recv(self._reads)


def certificate(folder, name="127.0.0.1", *, days=1):
    """A server's TLS context with a certificate it signed itself, and the file that would make one trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
