"""The way to Django: it gets whole requests only and works on few threads, so that stored pages always find one free.

A request whose body trickles in, or never comes, holds a thread of the server for as long as it likes: a handful of them
would take the whole cell from the public. So bodies are read here first, a bounded number at a time and few for one
network, and Django runs on threads of its own, which also keeps its connections to the database few. Whoever comes from
many networks can still take all places of the bodies: then forms are refused, pages are not. A web server in front, which
reads bodies itself and ends connections, takes that away as well (docs/betrieb/webserver.md).
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
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from stadtnah.kernel import flood
from stadtnah.kernel.identity.peers import address_in

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

THREADS: Final = 256  # of the server; they come with the work and go with it
_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_INSIDE: Final = (
    "/desk/",
    "/konto/",
    "/static/",
)  # whoever floods a public form or the search does not stand in their way
_CHUNK: Final = 65536
_IN_MEMORY: Final = 65536  # longer bodies wait on disk
_AT_ONCE: Final = 2_000_000  # bytes of a file that is handed over whole
_NO_MORE: Final = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once. `readers`, `waiting` of both lanes and `streams` together stay below `THREADS`."""

    threads: tuple[int, int] = (
        3,
        2,
    )  # of Django: for people signed in and their files, for the public forms and the search
    waiting: tuple[int, int] = (32, 16)  # requests that each of the two works on or has before it
    readers: int = 160  # bodies being read, also those that never come: the server cannot end a connection
    each: int = 6  # of them from one network
    largest: tuple[int, int] = (
        72_000_000,
        3_000_000,
    )  # bytes: a film (kernel.media.videos) with its form, a public form
    patience: float = 30.0  # seconds for any body, and then
    pace: int = 20_000  # bytes a second beyond that
    streams: int = 8  # answers longer than `_AT_ONCE`: who reads slowly holds a thread of the server


class _Refused(Exception):
    def __init__(self, status: str, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


_BUSY: Final = (
    "503 Service Unavailable",
    "Gerade ist zu viel los. Bitte versuchen Sie es in einigen Sekunden noch einmal.",
)


class _Lane:
    """Threads of Django's, and how many requests they may have before them."""

    def __init__(self, name: str, threads: int, waiting: int, largest: int) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.places = threading.BoundedSemaphore(waiting)
        self.largest = largest


class Intake:
    """WSGI (PEP 3333): reads the request, lets `app` answer on one of its threads, hands the answer on."""

    def __init__(
        self,
        app: Wsgi,
        limits: Limits | None = None,
        *,
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`folder` is where long bodies wait, nameless, on the disk of the cell's data."""
        self._app, self._folder, self._clock = app, folder, clock
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._reading: Counter[str] = Counter()
        self._streams = threading.BoundedSemaphore(self._limits.streams)
        names = ("django-inside", "django-public")
        shares = zip(names, self._limits.threads, self._limits.waiting, self._limits.largest, strict=True)
        self._inside, self._public = (_Lane(*share) for share in shares)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """One request. Raises what `app` raises."""
        inside = str(environ.get("PATH_INFO", "")).startswith(_INSIDE)
        lane = self._inside if inside else self._public
        try:
            with self._whole(environ, lane.largest) as ready:
                return self._answered(ready, start_response, lane)
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
    def _whole(self, environ: Environ, largest: int) -> Iterator[Environ]:
        """The request with its body at hand."""
        with tempfile.SpooledTemporaryFile(
            max_size=_IN_MEMORY, dir=str(self._folder) if self._folder else None
        ) as body:
            if _has_body(environ):
                with self._slot(flood.network_of(address_in(environ))):
                    self._read(environ, cast("BinaryIO", body), largest)
            size = body.tell()
            body.seek(0)
            ready = {**environ, "wsgi.input": body, "CONTENT_LENGTH": str(size) if size else ""}
            ready.pop("HTTP_TRANSFER_ENCODING", None)
            ready.pop("wsgi.file_wrapper", None)  # would hide from us whether the answer is a stream
            yield ready

    @contextmanager
    def _slot(self, network: str) -> Iterator[None]:
        """`network` is "" for this machine, where a web server may stand in front that reads bodies itself."""
        with self._lock:
            enough = self._reading.total() >= self._limits.readers
            if enough or (network and self._reading[network] >= self._limits.each):
                raise _Refused(*_BUSY)
            self._reading[network] += 1
        try:
            yield
        finally:
            with self._lock:
                self._reading[network] -= 1
                self._reading += Counter()  # forgets those with none

    def _read(self, environ: Environ, body: BinaryIO, largest: int) -> None:
        announced, limits = _length(environ), self._limits
        begun, source, size = self._clock(), environ["wsgi.input"], 0
        while announced is None or size < announced:
            if max(size, announced or 0) > largest:
                most = f"{largest // 1_000_000} MB"
                raise _Refused(
                    "413 Content Too Large", f"Das ist zu groß. Möglich sind hier höchstens {most}."
                )
            part = source.read(_CHUNK if announced is None else min(_CHUNK, announced - size))
            if not part:
                break
            size += len(part)
            if self._clock() - begun > limits.patience + size / limits.pace:
                raise _Refused(
                    "408 Request Timeout", "Die Übertragung hat zu lange gedauert. Bitte noch einmal."
                )
            body.write(part)
        if announced is not None and size < announced:
            raise _Refused("400 Bad Request", "Die Übertragung brach ab. Bitte noch einmal.")

    def _answered(self, environ: Environ, start_response: StartResponse, lane: _Lane) -> Iterable[bytes]:
        if not lane.places.acquire(blocking=False):
            raise _Refused(*_BUSY)
        try:
            begin, body = lane.pool.submit(self._run, environ, lane.pool).result()
        finally:
            lane.places.release()
        start_response(*begin)
        return body

    def _run(self, environ: Environ, pool: ThreadPoolExecutor) -> tuple[tuple[Any, ...], Iterable[bytes]]:
        """On a thread of Django's. Its connections to the database are closed here as well, not by the server's thread."""
        begin: list[tuple[Any, ...]] = []
        answer = self._app(environ, lambda *said: begin.append(said))
        if getattr(answer, "streaming", False) and _announced(begin[-1][1]) > _AT_ONCE:
            if not self._streams.acquire(blocking=False):
                _closed(answer)
                raise _Refused(*_BUSY)
            return begin[-1], _Stream(answer, pool, self._streams.release)
        try:
            whole = b"".join(answer)
        finally:
            _closed(answer)
        return begin[-1], [whole]


class _Stream:
    """Hands on piece by piece what Django makes on its threads; a slow reader holds none of them."""

    def __init__(self, answer: Iterable[bytes], pool: ThreadPoolExecutor, done: Callable[[], None]) -> None:
        self._answer, self._pool = answer, pool
        self._parts = iter(answer)
        self._done: Callable[[], None] | None = done

    def __iter__(self) -> Iterator[bytes]:
        while (part := self._pool.submit(next, self._parts, _NO_MORE).result()) is not _NO_MORE:
            yield cast("bytes", part)

    def close(self) -> None:
        """Called by the server at the end, also when the reader left."""
        if self._done:
            done, self._done = self._done, None
            done()
            self._pool.submit(_closed, self._answer).result()


def _closed(answer: Iterable[bytes]) -> None:
    getattr(answer, "close", lambda: None)()


def _announced(headers: list[tuple[str, str]]) -> float:
    """The length of an answer in bytes; without end where it is not said."""
    said = {name.lower(): value for name, value in headers}.get("content-length", "")
    return int(said) if said.isdigit() else float("inf")


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
