"""The way to Django: it gets whole requests only and works on few threads, so that stored pages always find one free.

A request whose body trickles in, or never comes, holds a thread of the server for as long as it likes: a handful of them
would take the whole cell from the public. So bodies are read here first, a bounded number at a time and few for one
network, and Django runs on threads of its own, which also keeps its connections to the database few.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, BinaryIO, Final, cast

from stadtnah.kernel.identity.peers import address_in

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

THREADS: Final = 64  # of the server; they come with the work and go with it
_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_CHUNK: Final = 65536
_IN_MEMORY: Final = 1_000_000  # larger bodies wait on disk
_NO_MORE: Final = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once. `readers` and `waiting` together stay below `THREADS`."""

    workers: int = 4  # threads of Django
    waiting: int = 24  # requests Django works on or has before it
    readers: int = 24  # bodies being read
    each: int = 6  # of them from one network (an IPv4 address, an IPv6 /64)
    largest: int = 72_000_000  # bytes: a film (kernel.media.videos) with its form
    patience: float = 30.0  # seconds for any body, and then
    pace: int = 20_000  # bytes a second beyond that


class _Refused(Exception):
    def __init__(self, status: str, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


_BUSY: Final = (
    "503 Service Unavailable",
    "Gerade ist zu viel los. Bitte versuchen Sie es in einigen Sekunden noch einmal.",
)


class Intake:
    """WSGI (PEP 3333): reads the request, lets `app` answer on one of its threads, hands the answer on."""

    def __init__(
        self, app: Wsgi, limits: Limits | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._limits = limits or Limits()
        self._clock = clock
        self._lock = threading.Lock()
        self._reading: Counter[str] = Counter()
        self._waiting = threading.BoundedSemaphore(self._limits.waiting)
        self._pool = ThreadPoolExecutor(self._limits.workers, thread_name_prefix="django")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """One request. Raises what `app` raises."""
        try:
            with self._whole(environ) as ready:
                return self._answered(ready, start_response)
        except _Refused as refused:
            body = refused.text.encode()
            headers = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
            ]
            again = [("Retry-After", "5")] if refused.status == _BUSY[0] else []
            start_response(refused.status, [*headers, *again])
            return [body]

    @contextmanager
    def _whole(self, environ: Environ) -> Iterator[Environ]:
        """The request with its body at hand."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            if _has_body(environ):
                with self._slot(_network(environ)):
                    self._read(environ, cast("BinaryIO", body))
            size = body.tell()
            body.seek(0)
            ready = {**environ, "wsgi.input": body, "CONTENT_LENGTH": str(size) if size else ""}
            ready.pop("HTTP_TRANSFER_ENCODING", None)
            ready.pop("wsgi.file_wrapper", None)  # would hide from us whether the answer is a stream
            yield ready

    @contextmanager
    def _slot(self, network: str) -> Iterator[None]:
        with self._lock:
            if self._reading.total() >= self._limits.readers or self._reading[network] >= self._limits.each:
                raise _Refused(*_BUSY)
            self._reading[network] += 1
        try:
            yield
        finally:
            with self._lock:
                self._reading[network] -= 1
                self._reading += Counter()  # forgets those with none

    def _read(self, environ: Environ, body: BinaryIO) -> None:
        announced, limits = _length(environ), self._limits
        if announced is not None and announced > limits.largest:
            raise _Refused("413 Content Too Large", "Das ist zu groß.")
        begun, source, size = self._clock(), environ["wsgi.input"], 0
        while announced is None or size < announced:
            part = source.read(_CHUNK if announced is None else min(_CHUNK, announced - size))
            if not part:
                break
            size += len(part)
            if size > limits.largest:
                raise _Refused("413 Content Too Large", "Das ist zu groß.")
            if self._clock() - begun > limits.patience + size / limits.pace:
                raise _Refused("408 Request Timeout", "Die Übertragung hat zu lange gedauert.")
            body.write(part)
        if announced is not None and size < announced:
            raise _Refused("400 Bad Request", "Die Übertragung brach ab.")

    def _answered(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._waiting.acquire(blocking=False):
            raise _Refused(*_BUSY)
        try:
            begin, body = self._pool.submit(self._run, environ).result()
        finally:
            self._waiting.release()
        start_response(*begin)
        return body

    def _run(self, environ: Environ) -> tuple[tuple[Any, ...], Iterable[bytes]]:
        """On a thread of Django's. Its connections to the database are closed here as well, not by the server's thread."""
        begin: list[tuple[Any, ...]] = []
        answer = self._app(environ, lambda *said: begin.append(said))
        if getattr(answer, "streaming", False):
            return begin[-1], _Stream(answer, self._pool)
        try:
            whole = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        return begin[-1], [whole]


class _Stream:
    """Hands on piece by piece what Django makes on its threads; a slow reader holds none of them."""

    def __init__(self, answer: Iterable[bytes], pool: ThreadPoolExecutor) -> None:
        self._answer, self._pool = answer, pool
        self._parts = iter(answer)

    def __iter__(self) -> Iterator[bytes]:
        while (part := self._pool.submit(next, self._parts, _NO_MORE).result()) is not _NO_MORE:
            yield cast("bytes", part)

    def close(self) -> None:
        """Called by the server at the end, also when the reader left."""
        self._pool.submit(getattr(self._answer, "close", lambda: None)).result()


def _has_body(environ: Environ) -> bool:
    # HTTP/2 needs neither line for a body.
    lines = environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING")
    return bool(lines and lines != "0") or environ.get("REQUEST_METHOD") not in _BODILESS


def _length(environ: Environ) -> int | None:
    said = str(environ.get("CONTENT_LENGTH") or "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()):
        raise _Refused("400 Bad Request", "Die Länge der Übertragung ist keine Zahl.")
    return int(said)


def _network(environ: Environ) -> str:
    address = address_in(environ)
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
