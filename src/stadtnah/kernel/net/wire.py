"""The wire under httpcore: sockets to checked addresses only, every wait cut at the one deadline.

It also knows whether the first byte of the request has left, which is what tells "refused" from "unknown".
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from stadtnah.kernel.net.errors import Kind, NetError

_CHUNK = 65_536


class Wire(httpcore.NetworkBackend):
    """Connects to `addresses` whatever name it is asked for, until `deadline` (time.monotonic)."""

    def __init__(self, host: str, addresses: tuple[str, ...], deadline: float) -> None:
        self.host = host
        self.addresses = addresses
        self.deadline = deadline
        self.sent = False

    def remaining(self) -> float:
        """Seconds left; raises NetError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise self.late()
        return left

    def late(self, status: int | None = None) -> NetError:
        """The error for a deadline that has passed."""
        if self.sent:
            return NetError(
                f"{self.host} hat nicht rechtzeitig geantwortet. Ob der Auftrag angekommen ist, ist nicht bekannt.",
                "unknown",
                status,
            )
        return NetError(f"{self.host} war nicht rechtzeitig zu erreichen.", "timeout_before")

    def cut(self, status: int | None = None) -> NetError:
        """The error for a connection that broke."""
        kind: Kind = "unknown" if self.sent else "refused"
        more = " Ob der Auftrag angekommen ist, ist nicht bekannt." if self.sent else ""
        return NetError(f"Die Verbindung zu {self.host} ist abgebrochen.{more}", kind, status)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that takes it; an address gets its share of the time."""
        for index, address in enumerate(self.addresses):
            share = self.remaining() / (len(self.addresses) - index)
            try:
                sock = socket.create_connection((address, port), timeout=share)
            except TimeoutError:
                continue
            except OSError:
                if index + 1 < len(self.addresses):
                    continue
                raise NetError(f"{self.host} nimmt keine Verbindung an.", "refused") from None
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return Stream(self, sock)
        raise self.late()


class Stream(httpcore.NetworkStream):
    """One connection; every operation raises NetError when the deadline passes or the connection breaks."""

    def __init__(self, wire: Wire, sock: socket.socket) -> None:
        self._wire = wire
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`, b"" at the end."""
        self._sock.settimeout(self._wire.remaining())
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError:
            raise self._wire.late() from None
        except OSError:
            raise self._wire.cut() from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`. A connection closed by the other side is left to `read`: an answer may be waiting."""
        view = memoryview(buffer)
        while view:
            self._sock.settimeout(self._wire.remaining())
            try:
                count = self._sock.send(view[:_CHUNK])
            except TimeoutError:
                raise self._wire.late() from None
            except OSError:
                raise httpcore.WriteError from None
            self._wire.sent = True
            view = view[count:]

    def close(self) -> None:
        """Ends the connection."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The handshake; the certificate must be for the name in the address, not for the IP we connected to."""
        self._sock.settimeout(self._wire.remaining())
        try:
            secure = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError:
            self.close()
            raise self._wire.late() from None
        except ssl.SSLCertVerificationError:
            self.close()
            raise NetError(
                f"Das Zertifikat von {self._wire.host} ist nicht gültig. Es wurde nichts gesendet.", "refused"
            ) from None
        except OSError:  # ssl.SSLError among them
            self.close()
            raise NetError(f"{self._wire.host} spricht kein gültiges HTTPS.", "refused") from None
        return Stream(self._wire, secure)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: nothing that we offer (HTTP/1.1, no reuse)."""
        return {"socket": self._sock}.get(info)
