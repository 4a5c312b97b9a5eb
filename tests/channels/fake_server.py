"""A server that answers properly until it is told to misbehave. The proper part is the demo's simulation."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from demo.simulation.app import answer
from demo.simulation.store import Store
from demo.simulation.web import Answer, Handler, Request, Server, as_json


@dataclass(frozen=True)
class Fault:
    """What happens to one matching request. `act` gets the handler, the request and the proper way to answer."""

    method: str
    path: str  # what the path begins with
    act: Callable[[FakeHandler, Request, Callable[[], Answer]], None]


class FakeHandler(Handler):
    server: HostileServer

    def do_GET(self):  # noqa: N802 - http.server's name
        request = self._request()
        if request is None:
            return
        self.server.seen.append(request)
        proper = partial(self.server.answer, request)
        fault = self.server.next_fault(request)
        with contextlib.suppress(OSError):
            if fault:
                fault.act(self, request, proper)
            else:
                self.give(proper())

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - as above

    def cut(self):
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True


class HostileServer(Server):
    """Keeps every request in `seen`; `fault` orders the next matching request to go wrong."""

    handler = FakeHandler

    def __init__(self, data: Path) -> None:
        self.store = Store(data)
        self.seen: list[Request] = []
        self.faults: deque[Fault] = deque()
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), partial(answer, self.store))

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next_fault(self, request):
        for fault in self.faults:
            if request.method == fault.method and request.path.startswith(fault.path):
                self.faults.remove(fault)
                return fault
        return None

    def fault(self, method, path, act, times=1):
        self.faults.extend([Fault(method, path, act)] * times)

    def asked(self, method, path):
        return [one for one in self.seen if one.method == method and one.path.startswith(path)]

    def posts(self):
        """What stands there now, of either network."""
        with self.store.reading() as state:
            everything = [*state["statuses"].values(), *state["records"].values()]
            return [one for one in everything if not one["deleted_at"]]


def status(code, value=None, **headers: str):
    """Answers with this status and does nothing."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    body = as_json(value if value is not None else {"error": "gestört"}, code)
    return lambda handler, _request, _proper: handler.give(Answer(code, body.body, body.mime, named))


def page(code):
    """Answers with a page of HTML, as a proxy or firewall does."""
    return lambda handler, _request, _proper: handler.give(
        Answer(code, b"<html>Zugriff verweigert", "text/html")
    )


def hang(handler, _request, _proper):
    """Says nothing and does nothing."""
    handler.server.over.wait(20)


def drop(handler, _request, _proper):
    """Closes the connection and does nothing."""
    handler.cut()


def accept_then(act):
    """Does what was asked, then misbehaves."""

    def both(handler, request, proper):
        proper()
        act(handler, request, proper)

    return both


def malformed(handler, _request, proper):
    """Does what was asked and answers half a JSON."""
    proper()
    handler.give(Answer(200, b'{"id": "1'))


def half_body(handler, _request, proper):
    """Does what was asked and hangs up in the middle of the answer."""
    whole = proper().body
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(whole)))
    handler.end_headers()
    handler.wfile.write(whole[: len(whole) // 2])
    handler.wfile.flush()
    handler.cut()


def still_processing(handler, _request, proper):
    """Takes the picture but is not done with it (202), or says so again (206)."""
    said = proper()
    handler.give(Answer(202 if handler.command == "POST" else 206, said.body))
