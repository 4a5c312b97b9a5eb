"""What stands at the address of a feed or export."""

from __future__ import annotations

from typing import Final

from stadtnah.kernel.net import NetError, request
from stadtnah.surfaces.website.moving_in import foreign
from stadtnah.surfaces.website.moving_in.foreign import FeedError

_SECONDS: Final = 60.0
_OK: Final = 200
_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)


def fetched(url: str) -> tuple[bytes, str]:
    """The bytes and how the other side calls them. Takes up to a minute. Raises FeedError (German)."""
    try:
        answer = request(
            "GET", url, headers={"accept": _ACCEPT}, deadline=_SECONDS, max_bytes=foreign.MAX_EXPORT_BYTES
        )
    except NetError as error:
        raise FeedError(error.reason_de) from error
    if answer.status != _OK:
        raise FeedError(f"Unter dieser Adresse ist kein Feed zu finden (Antwort {answer.status}).")
    return answer.body, answer.headers.get("content-type", "")
