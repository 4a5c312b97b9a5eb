"""The web server around the simulation: requests in, answers out, limits, headers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MOST_BYTES = 25_000_000
# Nothing from anywhere else, no scripts at all.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: bytes
    base: str  # "http://localhost:8001", for addresses in answers

    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ").strip()

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; anything else is an empty one."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def form(self) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
        """The fields and the files (mime, bytes) of multipart/form-data."""
        head = b"Content-Type: " + self.headers.get("content-type", "").encode() + b"\r\n\r\n"
        fields: dict[str, str] = {}
        files: dict[str, tuple[str, bytes]] = {}
        for part in message_from_bytes(head + self.body, policy=policy.HTTP).walk():
            name = part.get_param("name", header="content-disposition")
            if part.is_multipart() or not isinstance(name, str):
                continue
            data = part.get_payload(decode=True)
            value = data if isinstance(data, bytes) else b""
            if part.get_filename() is None:
                fields[name] = value.decode("utf-8", "replace")
            else:
                files[name] = (part.get_content_type(), value)
        return fields, files


@dataclass(frozen=True, slots=True)
class Answer:
    status: int = 200
    body: bytes = b""
    mime: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def as_html(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode(), "text/html; charset=utf-8")


class Handler(BaseHTTPRequestHandler):
    """Reads a request, asks `server.answer`, writes the answer."""

    server: Server
    server_version = "StadtnahSimulation"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        request = self._request()
        if request:
            self.give(self.server.answer(request))

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 - http.server's names

    def _request(self) -> Request | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.give(Answer(413, b"{}"))
            return None
        parts = urlsplit(self.path)
        return Request(
            method="GET" if self.command == "HEAD" else self.command,
            path=unquote(parts.path),
            query=dict(parse_qsl(parts.query)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
            base=f"http://{self.headers.get('Host') or 'localhost'}",
        )

    def give(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {**HEADERS, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.mime)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing: the demo's terminal is for the demo."""


class Server(ThreadingHTTPServer):
    """Listens on one address; `answer` says what to reply."""

    daemon_threads = True
    handler: type[Handler] = Handler

    def __init__(self, address: tuple[str, int], answer: Callable[[Request], Answer]) -> None:
        self.answer = answer
        super().__init__(address, self.handler)
