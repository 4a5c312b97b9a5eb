"""The door of the cell: stored pages are answered ahead of Django and need neither it nor its database."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.http.request import split_domain_port, validate_host

from stadtnah.surfaces.website import answer_headers, conditions, queries, ranges, store

log = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

# Everything below these belongs to Django.
FORMS: Final = (
    "/newsletter/", "/barriere-melden/", "/nachricht/", "/hilfreich/", "/suche/", "/veranstaltungen/melden/", "/veranstaltungen/erinnern/",
    "/veranstaltungen/suche/",
)  # fmt: skip
DYNAMIC: Final = ("/desk/", "/konto/", *FORMS, "/-/", "/api/", "/static/")
# Forms that there are in both languages: the address decides, not a header or a cookie.
BILINGUAL: Final = FORMS
_REASONS: Final = {
    200: "OK", 206: "Partial Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request", 404: "Not Found",
    405: "Method Not Allowed", 410: "Gone", 416: "Range Not Satisfiable", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip
_READING: Final = frozenset({"GET", "HEAD"})
_OF_BODY: Final = frozenset({"Content-Type", "Content-Encoding", "Content-Length"})
_NOTED: Final = 256  # different Host and Accept-Encoding lines kept in mind
_CACHED_BYTES: Final = 32_000_000
FILMS: Final = 8  # sent at once: whoever reads slowly holds a thread
_LARGEST_CACHED: Final = 400_000


class _Form(NamedTuple):
    """A stored page in one encoding, ready to go out."""

    status: str
    etag: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(slots=True)
class _Entry:
    meta: store.Meta
    forms: dict[str, _Form]  # by encoding; "" is plain
    stamp: tuple[int, int]
    checked: float
    size: int
    film: Path | None = None  # streamed from there, not kept
    length: int = 0


class StoreFirst:
    """WSGI: a stored page if there is one, Django for its own addresses, the stored 404 page for the rest."""

    def __init__(
        self,
        app: Wsgi,
        hosts: Sequence[str],
        *,
        fresh_for: float = 0.2,
        hsts: int = 0,
    ) -> None:
        """`hosts` as Django's ALLOWED_HOSTS; `fresh_for` seconds pass before a cached file is looked at again."""
        self._app = app
        self._hosts = list(hosts)
        self._fresh_for = fresh_for
        self._cache: OrderedDict[str, _Entry] = OrderedDict()
        self._size = 0
        self._films = threading.Semaphore(FILMS)
        self._known: dict[str, bool] = {}
        self._wishes: dict[str, tuple[str, ...]] = {}
        self._headers = answer_headers.of_pages(hsts)
        self._shared = answer_headers.shared(self._headers)
        self._framed = answer_headers.framed(self._headers)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        if not self._host_is_ours(environ):
            return self._plain(start_response, environ, 400, "Diese Adresse gehört nicht zu diesem Server.")
        # The short way for what almost every request wants. Only paths that went the long way are in the cache.
        entry = self._cache.get(environ["PATH_INFO"])
        if (
            entry
            and time.monotonic() - entry.checked < self._fresh_for
            and environ["REQUEST_METHOD"] in _READING
            and not (entry.meta.location and environ.get("QUERY_STRING"))
        ):
            return self._send(entry, environ, start_response)
        path = _path(environ)
        if path is None:
            return self._page("/404.html", environ, start_response, 404)
        environ = _in_language(environ, path)
        if (path.removeprefix(environ.get("SCRIPT_NAME", "")) + "/").startswith(DYNAMIC):
            return self._django(environ, start_response)
        if environ["REQUEST_METHOD"] not in _READING:
            return self._plain(
                start_response, environ, 405, "Hier lässt sich nur lesen.", [("Allow", "GET, HEAD")]
            )
        entry = self._entry(path)
        if environ.get("QUERY_STRING") and (entry is None or entry.meta.location):
            asked = queries.place(path, environ["QUERY_STRING"])  # it may say which page an old address was
            entry = (self._entry(asked) if asked else None) or entry
        return (
            self._send(entry, environ, start_response)
            if entry
            else self._missing(path, environ, start_response)
        )

    def _missing(self, path: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        folder = f"{path.removesuffix('/index.html')}/"
        slashed = None if path.endswith("/") else self._entry(folder)
        if slashed and slashed.meta.location:
            return self._send(slashed, environ, start_response)  # in one step
        if slashed:
            query = environ.get("QUERY_STRING", "")
            # Quoted anew: nothing of it can end the header line, and "//" at the start was refused before.
            target = _quoted(folder) + (f"?{_quoted(query, '=&%+')}" if query else "")
            return self._plain(start_response, environ, 301, "", [("Location", target)])
        if self._entry("/404.html") is None:
            return self._django(environ, start_response)  # nothing baked yet: the cell is being set up
        own = "/en/404.html" if path.startswith("/en/") else "/404.html"
        return self._page(own, environ, start_response, 404)

    def _django(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._app(environ, self._guarded(start_response))
        except Exception:
            log.exception("the application failed on %s", environ.get("PATH_INFO", "")[:200])
            return self._page("/500.html", environ, start_response, 503)

    def _guarded(self, start_response: StartResponse) -> StartResponse:
        """Every answer has the headers of the pages; what Django says stays, framing apart where it names no policy (the desk does)."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            own = any(name.lower() == "content-security-policy" for name, _value in headers)
            said = [item for item in headers if own or item[0].lower() != "x-frame-options"]
            known = {name.lower() for name, _value in said}
            added = [item for item in self._headers if item[0].lower() not in known]
            return start_response(status, [*said, *added], *more)

        return start

    def _page(
        self, path: str, environ: Environ, start_response: StartResponse, status: int
    ) -> Iterable[bytes]:
        entry = self._entry(path)
        if entry is None:
            return self._plain(start_response, environ, status, _REASONS[status])
        return self._send(entry, environ, start_response)

    def _host_is_ours(self, environ: Environ) -> bool:
        said = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
        known = self._known.get(said)
        if known is None:
            host, _port = split_domain_port(said)
            known = bool(host) and validate_host(host, self._hosts)
            _noted(self._known, said, known)
        return known

    def _entry(self, path: str) -> _Entry | None:
        now = time.monotonic()
        entry = self._cache.get(path)
        if entry and now - entry.checked < self._fresh_for:
            return entry
        try:
            stat = store.meta_file(path).stat()
        except (OSError, store.StorePathError):
            self._forget(path)
            return None
        stamp = (stat.st_mtime_ns, stat.st_ino)
        if entry and entry.stamp == stamp:
            entry.checked = now
            return entry
        return self._load(path, stamp, now)

    def _load(self, path: str, stamp: tuple[int, int], now: float) -> _Entry | None:
        meta = store.read_meta(path)
        if meta and meta.content_type.startswith(ranges.LARGE):
            return self._film(path, meta, stamp, now)
        found = store.read(path)
        if found is None:
            # Between two renames, or the disk lies: what was served before is still true.
            return self._cache.get(path)
        meta, data = found
        bodies = {"": data}
        for encoding, digest in (("br", meta.br), ("gzip", meta.gz)):
            packed = _sidecar(path, meta, "gz" if encoding == "gzip" else encoding) if digest else None
            if packed is not None and hashlib.sha256(packed).hexdigest() == digest:
                bodies[encoding] = packed
        fixed = self._fixed(path, meta.status)
        forms = {encoding: _form(meta, encoding, bodies, fixed) for encoding in bodies}
        entry = _Entry(meta, forms, stamp, now, sum(map(len, bodies.values())))
        self._remember(path, entry)
        return entry

    def _fixed(self, path: str, status: int) -> list[tuple[str, str]]:
        if answer_headers.SHARED.match(path):
            return self._shared
        may_be_framed = status == 200 and answer_headers.FRAMED.match(path)  # noqa: PLR2004 - OK
        return self._framed if may_be_framed else self._headers

    def _film(self, path: str, meta: store.Meta, stamp: tuple[int, int], now: float) -> _Entry | None:
        file = store.file_of(path, meta)
        try:
            length = file.stat().st_size
        except OSError:
            return None
        form = _form(meta, "", {"": b""}, self._shared)
        headers = [*form.headers[:-1], ("Accept-Ranges", "bytes")]
        entry = _Entry(meta, {"": form._replace(headers=headers)}, stamp, now, 0, file, length)
        self._remember(path, entry)
        return entry

    def _remember(self, path: str, entry: _Entry) -> None:
        self._forget(path)
        if entry.size > _LARGEST_CACHED:
            return
        self._cache[path] = entry
        self._size += entry.size
        while self._size > _CACHED_BYTES and self._cache:
            _, old = self._cache.popitem(last=False)
            self._size -= old.size

    def _forget(self, path: str) -> None:
        old = self._cache.pop(path, None)
        if old:
            self._size -= old.size

    def _send(self, entry: _Entry, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        form = entry.forms[self._encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), entry.forms)]
        if entry.meta.status == 200 and conditions.unchanged(environ, form.etag, entry.meta.modified):  # noqa: PLR2004 - OK
            start_response("304 Not Modified", [item for item in form.headers if item[0] not in _OF_BODY])
            return []
        if entry.film:
            return self._streamed(entry, entry.film, form, environ, start_response)
        start_response(form.status, [*form.headers])  # a copy: the server may change it (PEP 3333)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    def _streamed(
        self, entry: _Entry, film: Path, form: _Form, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        size, reading = (
            entry.length,
            environ["REQUEST_METHOD"] == "GET",
        )  # a range has a meaning for GET alone
        asked = environ.get("HTTP_RANGE", "") if reading else ""
        try:
            part = ranges.wanted(
                asked, environ.get("HTTP_IF_RANGE", ""), form.etag, entry.meta.modified, size
            )
            start, end = part or (0, size)
            body: Iterable[bytes] = []
            if reading:
                if not self._films.acquire(blocking=False):
                    return self._plain(start_response, environ, 503, _REASONS[503], [("Retry-After", "5")])
                body = self._piece(film, start, end)
        except ranges.Unsatisfiable:
            more = [("Content-Range", f"bytes */{size}")]
            return self._plain(start_response, environ, 416, _REASONS[416], more)
        except OSError:
            return self._page("/404.html", environ, start_response, 404)
        headers = [*form.headers, ("Content-Length", str(end - start))]
        if part:
            headers.append(("Content-Range", f"bytes {start}-{end - 1}/{size}"))
        start_response(f"206 {_REASONS[206]}" if part else form.status, headers)
        return body

    def _piece(self, film: Path, start: int, end: int) -> ranges.Piece:
        try:
            return ranges.Piece(film, start, end, self._films.release)
        except OSError:
            self._films.release()
            raise

    def _encoding(self, accepted: str, forms: dict[str, _Form]) -> str:
        if not accepted or len(forms) == 1:
            return ""
        wishes = self._wishes.get(accepted)
        if wishes is None:
            wishes = conditions.encodings(accepted)
            _noted(self._wishes, accepted, wishes)
        return next((name for name in wishes if name in forms), "")

    def _plain(
        self,
        start_response: StartResponse,
        environ: Environ,
        status: int,
        text: str,
        more: Sequence[tuple[str, str]] = (),
    ) -> Iterable[bytes]:
        body = text.encode()
        length = ("Content-Length", str(len(body)))
        content = ("Content-Type", "text/plain; charset=utf-8")
        headers = [*self._headers, content, length, ("Cache-Control", "no-store"), *more]
        start_response(f"{status} {_REASONS[status]}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _in_language(environ: Environ, path: str) -> Environ:
    """For a bilingual form: "/en" becomes the mount point, so that every link Django makes keeps it."""
    english = path.removeprefix("/en")
    if (path + "/").startswith(BILINGUAL):
        return {**environ, "HTTP_ACCEPT_LANGUAGE": "de"}
    if english != path and (english + "/").startswith(BILINGUAL):
        inner = str(environ["PATH_INFO"])[len("/en") :]
        return {**environ, "SCRIPT_NAME": "/en", "PATH_INFO": inner, "HTTP_ACCEPT_LANGUAGE": "en"}
    return environ


def _sidecar(path: str, meta: store.Meta, suffix: str) -> bytes | None:
    file = store.file_of(path, meta)
    try:
        return file.with_name(f"{file.name}.{suffix}").read_bytes()
    except OSError:
        return None


def _path(environ: Environ) -> str | None:
    """The path as text; None for one that cannot name a page."""
    try:
        path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    if not path.startswith("/"):
        return None
    if (
        "//" in path
        or "\\" in path
        or any(part in {".", ".."} for part in path.split("/"))
        or not path.isprintable()
    ):
        return None
    return path


def _quoted(text: str, safe: str = "/") -> str:
    return quote(text, safe=safe + "-._~")


def _form(
    meta: store.Meta, encoding: str, bodies: dict[str, bytes], fixed: Sequence[tuple[str, str]]
) -> _Form:
    etag = f'"{meta.etag[:32]}{"-" + encoding if encoding else ""}"'
    headers = [
        *fixed,
        ("Content-Type", meta.content_type),
        ("Cache-Control", meta.cache),
        ("ETag", etag),
        ("Last-Modified", meta.modified),
    ]
    if len(bodies) > 1:
        headers.append(("Vary", "Accept-Encoding"))
    if meta.location:
        headers.append(("Location", meta.location))
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(bodies[encoding]))))
    return _Form(f"{meta.status} {_REASONS.get(meta.status, 'OK')}", etag, headers, bodies[encoding])


def _noted(notes: dict[str, Any], key: str, value: object) -> None:
    """Keeps what was found out for a header line; forgets all when strangers send ever new ones."""
    if len(notes) >= _NOTED:
        notes.clear()
    notes[key] = value
