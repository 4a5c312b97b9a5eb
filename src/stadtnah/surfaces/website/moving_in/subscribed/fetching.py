"""Asking for a calendar again: only what changed, only where the website allows it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stadtnah.kernel import clock
from stadtnah.kernel.net import NetError, request, retry_after
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.site import polite
from stadtnah.surfaces.website.moving_in.site.domain import urls
from stadtnah.surfaces.website.moving_in.subscribed.models import Subscription

_SECONDS: Final = 30.0
_RULES_SECONDS: Final = 15.0
_RULES_HOLD: Final = timedelta(days=1)
_OK, _SAME = 200, 304
_GONE: Final = {404, 410}
_LOCKED: Final = {401, 403, 407}
_ACCEPT: Final = "text/calendar, application/rss+xml;q=0.8, application/atom+xml;q=0.8, text/html;q=0.7, application/xhtml+xml;q=0.7, */*;q=0.5"


class LaterError(FeedError):
    """The other side does not answer as it should, German. `at`: when it wants to be asked again."""

    def __init__(self, reason: str, at: datetime | None = None) -> None:
        super().__init__(reason)
        self.at = at


@dataclass(frozen=True, slots=True)
class Answer:
    """A calendar that is not the one of the last reading, as far as the other side knows."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str


def asked(one: Subscription) -> Answer | None:
    """What stands at its address; None when it says that nothing changed (RFC 9110, 13.1). Notes when its rules were read. Raises FeedError (German)."""
    _allowed(one)
    headers = {"accept": _ACCEPT}
    if one.etag:
        headers["if-none-match"] = one.etag
    if one.last_modified:
        headers["if-modified-since"] = one.last_modified
    try:
        got = request("GET", one.address, headers=headers, deadline=_SECONDS, max_bytes=events.MAX_BYTES)
    except NetError as error:
        raise LaterError(error.reason_de) from error
    if got.status == _SAME:
        return None
    if got.status in _GONE:
        raise LaterError(f"Unter dieser Adresse ist kein Kalender mehr zu finden (Antwort {got.status}).")
    if got.status in _LOCKED:
        raise LaterError(f"Der Kalender ist nur nach einer Anmeldung zu lesen (Antwort {got.status}).")
    if got.status != _OK:
        raise LaterError(
            f"Die andere Website antwortet mit einem Fehler (Antwort {got.status}).", retry_after(got)
        )
    etag, changed = got.headers.get("etag", ""), got.headers.get("last-modified", "")
    return Answer(
        got.body,
        got.headers.get("content-type", ""),
        etag if len(etag) <= 500 else "",  # noqa: PLR2004 - the columns
        changed if len(changed) <= 100 else "",  # noqa: PLR2004
    )


def _allowed(one: Subscription) -> None:
    """Raises LaterError when its robots.txt (RFC 9309) forbids programs this address; asked once a day."""
    now = clock.now()
    if one.allowed_at is not None and one.allowed_at <= now < one.allowed_at + _RULES_HOLD:
        return
    origin = urls.origin_of(one.address)
    if not origin:
        raise FeedError("Das ist keine Adresse eines Kalenders.")
    asking = polite.Asking(origin, pause=0, until=time.monotonic() + _RULES_SECONDS)
    if not polite.rules_of(asking).allows(one.address):
        raise LaterError(
            asking.trouble
            or "Die andere Website verbietet Programmen in ihrer robots.txt diese Adresse, oder sie gibt diese Datei gerade nicht heraus. "
            "Bitten Sie den Verein, „Stadtnah“ dort zu erlauben."
        )
    one.allowed_at = now
