"""Which part of the simulation answers what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from demo.simulation import bluesky, mastodon, pages
from demo.simulation.store import Store
from demo.simulation.web import Answer, Request, Server


def answer(store: Store, request: Request) -> Answer:
    """The reply to any request."""
    if request.path.startswith("/api/"):
        return mastodon.answer(store, request)
    if request.path.startswith("/xrpc/"):
        return bluesky.answer(store, request)
    return pages.answer(store, request)


def make_server(host: str, port: int, data: Path) -> Server:
    """A server ready for `serve_forever`; `port` 0 takes a free one."""
    return Server((host, port), partial(answer, Store(data)))
