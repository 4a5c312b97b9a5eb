"""Servers that misbehave, on the loopback."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest


class Hostile:
    """Starts servers; each connection is handed to a function together with what was sent."""

    def __init__(self, settings) -> None:
        self.settings = settings
        self.gone = threading.Event()
        self.threads = []
        self.sockets = []
        self.seen = []  # every request, as bytes

    def serve(self, answer, *, context=None, read=True, allow=("127.0.0.1",)):
        """Serves on a free port; `answer(connection, request)` may also be bytes. Returns the port."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.sockets.append(listener)
        port = listener.getsockname()[1]
        self.settings.STADTNAH_NET_ALLOW = [
            *self.settings.STADTNAH_NET_ALLOW,
            *(f"{name}:{port}" for name in allow),
        ]
        self._start(self._loop, listener, answer, context, read)
        return port

    def _start(self, function, *arguments: object):
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _loop(self, listener, answer, context, read):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.sockets.append(connection)
            self._start(self._one, connection, answer, context, read)

    def _one(self, connection, answer, context, read):
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
                self.sockets.append(connection)
            stack.callback(connection.close)
            request = self._request(connection) if read else b""
            self.seen.append(request)
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection, request)

    def _request(self, connection):
        data = b""
        while b"\r\n\r\n" not in data:
            part = connection.recv(65536)
            if not part:
                return data
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def hang(self, _connection, _request):
        """Says nothing until the test is over."""
        self.gone.wait(20)

    def drip(self, data, pause=0.03):
        """Sends `data` byte by byte."""

        def answer(connection, _request):
            for byte in data:
                connection.sendall(bytes([byte]))
                if self.gone.wait(pause):
                    return

        return answer

    def close(self):
        self.gone.set()
        for sock in list(self.sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self.threads:
            thread.join(5)


@pytest.fixture
def hostile(settings):
    settings.STADTNAH_NET_ALLOW = []
    servers = Hostile(settings)
    yield servers
    servers.close()


@pytest.fixture
def names(monkeypatch):
    """A table of names to addresses in place of the system's resolver; `asked` lists the questions."""
    real = socket.getaddrinfo
    table = {}
    asked = []

    def resolve(host, port, *arguments: object, **options: object):
        if host not in table:
            return real(host, port, *arguments, **options)
        asked.append(host)
        found = table[host]
        if isinstance(found, Exception):
            raise found
        if callable(found):
            found = found()
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    table["asked"] = asked
    return table
