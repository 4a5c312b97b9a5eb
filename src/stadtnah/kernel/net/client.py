"""One request out: checked, bounded in time and size, redirects followed by hand."""

from __future__ import annotations

import logging
import os
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from typing import Any, Final

import httpcore
import httpx
from django.conf import settings

from stadtnah.kernel.net import guard
from stadtnah.kernel.net.errors import NetError
from stadtnah.kernel.net.response import Response
from stadtnah.kernel.net.wire import Wire

log = logging.getLogger("stadtnah.net")
# At DEBUG they write headers, tokens among them.
for _name in ("httpcore", "httpx"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_MOST_REDIRECTS: Final = 5
_READING: Final = {"GET", "HEAD"}
# What may follow to another host. Everything else may be a token, whatever it is called.
_HARMLESS: Final = {"accept", "accept-language", "user-agent", "if-none-match", "if-modified-since"}
_NEVER_OURS: Final = {"host", "connection", "transfer-encoding", "accept-encoding"}


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    data: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    files: Any = None,
    deadline: float = 15.0,
    max_bytes: int = 5_000_000,
    allow_private: bool = False,
    follow: bool = True,
) -> Response:
    """Sends one request and returns the whole answer, whatever its status.

    deadline: seconds for everything, names, handshake, redirects and a dripping body included.
    max_bytes: of the body, also after decompression.
    allow_private: private and loopback addresses too (never link-local, so never cloud metadata);
    STADTNAH_NET_ALLOW lists single "host:port" that are allowed in any case.
    follow: else a redirect is returned as it is, for whoever must not leave a host.

    GET and HEAD follow up to five redirects, each checked like the first; to another host go only harmless
    headers. Other methods follow 307 and 308 on the same origin; any other redirect is returned as it is, for
    following it would turn the request into another one or hand its body to a stranger.

    Raises NetError; see there for what each kind says about the other side.
    """
    until = time.monotonic() + deadline
    outgoing = _built(
        method.upper(), url, headers, {"json": json, "data": data, "content": content, "files": files}
    )
    for _ in range(_MOST_REDIRECTS + 1):
        target = guard.checked(
            str(outgoing.url), allow_private=allow_private, seconds=until - time.monotonic()
        )
        response = _exchange(outgoing, target, until, max_bytes)
        following = _next(outgoing, response) if follow else None
        if following is None:
            return response
        outgoing = following
    raise NetError(f"{outgoing.url.host} leitet immer wieder weiter.", "blocked")


def user_agent() -> str:
    """„Stadtnah/VERSION (+address of this town)“, so that other operators know whom to ask."""
    base = getattr(settings, "STADTNAH_BASE_URL", "")
    return f"Stadtnah/{_version()}" + (f" (+{base})" if base else "")


def _built(method: str, url: str, headers: Mapping[str, str] | None, body: dict[str, Any]) -> httpx.Request:
    own = {name: value for name, value in (headers or {}).items() if name.lower() not in _NEVER_OURS}
    fixed = {"accept-encoding": "identity", "connection": "close"}
    given = {key: value for key, value in body.items() if value is not None}
    merged = httpx.Headers({"user-agent": user_agent(), "accept": "*/*"})
    merged.update(own)
    merged.update(fixed)
    outgoing = httpx.Request(method, guard.parse(url), headers=merged, **given)
    outgoing.read()
    return outgoing


def _exchange(outgoing: httpx.Request, target: guard.Target, until: float, max_bytes: int) -> Response:
    wire = Wire(target.host, target.addresses, until)
    address = httpcore.URL(
        scheme=target.url.raw_scheme,
        host=target.url.raw_host,
        port=target.url.port,
        target=target.url.raw_path,
    )
    context = _tls(os.environ.get("SSL_CERT_FILE")) if target.url.scheme == "https" else None
    started = time.monotonic()
    with httpcore.ConnectionPool(ssl_context=context, network_backend=wire, http2=False) as pool:
        try:
            with pool.stream(
                outgoing.method, address, headers=outgoing.headers.raw, content=outgoing.content
            ) as answer:
                status, head = answer.status, httpx.Headers(answer.headers)
                with_body = outgoing.method != "HEAD" and status != httpx.codes.NOT_MODIFIED
                body = _body(answer, head, wire, max_bytes, with_body=with_body)
        except httpcore.LocalProtocolError:
            raise NetError(f"Die Anfrage an {target.host} ist nicht zulässig aufgebaut.", "blocked") from None
        except (httpcore.ProtocolError, httpcore.NetworkError):
            raise wire.cut() from None
    log.debug("%s %s %d %.0f ms", outgoing.method, target.host, status, (time.monotonic() - started) * 1000)
    return Response(status, head, body, str(outgoing.url))


def _body(
    answer: httpcore.Response, head: httpx.Headers, wire: Wire, max_bytes: int, *, with_body: bool
) -> bytes:
    large = NetError(f"Die Antwort von {wire.host} ist größer als erlaubt.", "too_large", answer.status)
    announced = head.get("content-length", "0")
    if with_body and announced.isdigit() and int(announced[:18]) > max_bytes:
        raise large
    out = bytearray()
    try:
        packed = head.get("content-encoding", "") if with_body else ""
        for part in _unpacked(answer.iter_stream(), packed, max_bytes):
            out += part
            if len(out) > max_bytes:
                raise large
    except NetError as error:
        raise NetError(error.reason_de, error.kind, answer.status) from None
    except (httpcore.ProtocolError, httpcore.NetworkError, zlib.error):
        raise wire.cut(answer.status) from None
    return bytes(out)


def _unpacked(parts: Iterator[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The body in steps that are never larger than one byte over `max_bytes`, however well it was packed."""
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        yield from parts
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for part in parts:
        rest = part
        while rest:
            yield unpacker.decompress(rest, max_bytes + 1)
            rest = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise zlib.error("cut")


def _next(outgoing: httpx.Request, response: Response) -> httpx.Request | None:
    """The request that follows a redirect, or None when the answer stands."""
    location = response.headers.get("location", "")
    codes = {301, 302, 303, 307, 308} if outgoing.method in _READING else {307, 308}
    if response.status not in codes or not location:
        return None
    try:
        url = guard.parse(str(outgoing.url.join(location)))
    except (httpx.InvalidURL, ValueError):
        raise NetError(f"{outgoing.url.host} leitet an eine ungültige Adresse weiter.", "blocked") from None
    if outgoing.url.scheme == "https" and url.scheme == "http":
        raise NetError(f"{outgoing.url.host} leitet auf eine unverschlüsselte Adresse weiter.", "blocked")
    same = (url.scheme, url.host, url.port) == (outgoing.url.scheme, outgoing.url.host, outgoing.url.port)
    if outgoing.method not in _READING and not same:
        return None
    headers = httpx.Headers(
        [(key, value) for key, value in outgoing.headers.multi_items() if same or key in _HARMLESS]
    )
    headers.update({"accept-encoding": "identity", "connection": "close"})
    headers.pop("host", None)
    content = outgoing.content if same else None
    headers.pop("content-length", None)
    following = httpx.Request(outgoing.method, url, headers=headers, content=content or None)
    following.read()
    return following


@lru_cache(maxsize=4)
def _tls(_bundle: str | None) -> ssl.SSLContext:
    # Loading the bundle takes longer than many a request. SSL_CERT_FILE names an operator's own authorities.
    return httpx.create_ssl_context()


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return metadata.version("stadtnah")
    except metadata.PackageNotFoundError:
        return "0.1"
