"""What another website says to programs in its robots.txt (RFC 9309): read before anything else of it is asked for, and kept for a day."""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urlsplit

from stadtnah.kernel import net
from stadtnah.kernel.net import robots
from stadtnah.kernel.net.robots import Robots

_DEADLINE: Final = 6.0
_MOST_BYTES: Final = 500_000  # RFC 9309, 2.5: at least so much is to be read
_HELD: Final = 24 * 3600.0  # RFC 9309, 2.4: not longer than a day
_MOST: Final = 500  # websites remembered
_OK, _FAULT = 200, 500
_kept: dict[str, tuple[float, Robots]] = {}


def allows(address: str) -> bool:
    """Whether the website lets us ask for this page. Who cannot be reached forbids nothing: asking for the page will show as much."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    until, said = _kept.get(origin, (0.0, None))
    if said is None or until <= time.monotonic():
        said = _read(origin)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[origin] = (time.monotonic() + _HELD, said)
    return said.allows(address)


def forget() -> None:
    """What was read."""
    _kept.clear()


def _read(origin: str) -> Robots:
    """RFC 9309, 2.3.1: no file forbids nothing, a fault of the server everything."""
    try:
        answer = net.request("GET", f"{origin}/robots.txt", deadline=_DEADLINE, max_bytes=_MOST_BYTES)
        if answer.status == _OK:
            return robots.read(answer.body.decode(errors="replace"))
        return robots.nothing() if answer.status >= _FAULT else Robots()
    except net.NetError:
        return Robots()
