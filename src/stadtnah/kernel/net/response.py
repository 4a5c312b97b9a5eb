"""An answer, and when the other side wants to be asked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from stadtnah.kernel import clock
from stadtnah.kernel.net.errors import NetError

_LONGEST_WAIT: Final = timedelta(days=7)
_BUSY: Final = {429, 503}


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer of any status. Header names are case-insensitive; `url` is the one that answered."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110, 15.3

    def text(self) -> str:
        """The body as text: the charset it names, else UTF-8; what cannot be read becomes U+FFFD."""
        head = Message()
        head["content-type"] = self.headers.get("content-type", "")
        charset = head.get_content_charset("utf-8")
        try:
            return self.body.decode(charset, errors="replace")
        except (LookupError, ValueError):
            return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """The body as JSON. Raises NetError ("unknown") when it is none: then it is not clear what was done."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            host = urlsplit(self.url).hostname
            raise NetError(f"Die Antwort von {host} ist nicht lesbar.", "unknown", self.status) from None


def retry_after(response: Response, *, now: datetime | None = None) -> datetime | None:
    """When to ask again (aware, UTC) after 429 or 503 with Retry-After (RFC 9110, 10.2.3); else None.

    Seconds or an HTTP date; never before `now`, at most seven days on.
    """
    value = response.headers.get("retry-after", "").strip()
    if response.status not in _BUSY or not value:
        return None
    start = now or clock.now()
    if value.isascii() and value.isdigit():
        seconds = int(value[:12])
        return start + min(timedelta(seconds=min(seconds, 10**9)), _LONGEST_WAIT)
    try:
        wish = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    wish = wish.replace(tzinfo=wish.tzinfo or UTC)
    return min(max(wish.astimezone(UTC), start), start + _LONGEST_WAIT)
