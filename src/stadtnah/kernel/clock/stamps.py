"""Moments as machines read them in feeds and headers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime


def rfc3339(moment: datetime) -> str:
    """„2026-11-26T13:00:00Z“ for Atom and JSON Feed (RFC 3339, whole seconds). ValueError when naive."""
    return f"{_utc(moment).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def rfc822(moment: datetime) -> str:
    """„Thu, 26 Nov 2026 13:00:00 GMT“ for RSS (RFC 822), also an HTTP date (RFC 9110). ValueError when naive."""
    return format_datetime(_utc(moment), usegmt=True)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a feed needs an aware datetime")
    return moment.astimezone(UTC)
