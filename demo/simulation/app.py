"""Which part of the simulation answers what."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from demo.simulation import bluesky, mastodon, pages
from demo.simulation.store import Store
from demo.simulation.web import Answer, Request, Server

# A server alone has no app that shows posts; it does show the record as it is kept.
PEER = "/bluesky-server"
_POST = re.compile(rf"{PEER}/profile/([^/]+)/post/([^/]+)")


def answer(store: Store, request: Request, *, pds: str = "") -> Answer:
    """The reply to any request; `pds` is the real Bluesky server beside us, if there is one."""
    if pds and (post := _POST.fullmatch(request.path)):
        record = {"repo": post[1], "collection": bluesky.POST, "rkey": post[2]}
        return Answer(302, headers={"Location": f"{pds}/xrpc/com.atproto.repo.getRecord?{urlencode(record)}"})
    if request.path.startswith("/api/"):
        return mastodon.answer(store, request)
    if request.path.startswith("/xrpc/"):
        return bluesky.answer(store, request)
    return pages.answer(store, request)


def make_server(host: str, port: int, data: Path, *, pds: str = "") -> Server:
    """A server ready for `serve_forever`; `port` 0 takes a free one."""
    return Server((host, port), partial(answer, Store(data), pds=pds))
