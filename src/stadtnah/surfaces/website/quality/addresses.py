"""What a link means: a page of this website with or without an anchor, another website, or neither. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from stadtnah.surfaces.website.checking import page_path

_LONGEST_PATH: Final = 400
_LONGEST_ANCHOR: Final = 200
_LONGEST_HOST: Final = 255


@dataclass(frozen=True, slots=True)
class Aim:
    """host: "" for this website; then path and anchor say where on it. address: as shown, and as asked for."""

    address: str
    host: str = ""
    path: str = ""
    anchor: str = ""

    @property
    def key(self) -> str:
        """One for each address."""
        return hashlib.sha256(self.address.encode()).hexdigest()


def aim(href: str | None, page: str, own_hosts: Collection[str]) -> Aim | None:
    """Where a link on the page at this path leads.

    None for what is judged by its form alone (`publishing.checks.links`): mail, telephone, places of the page itself, nonsense.
    """
    href = (href or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(page or "/", href))
        host = (parts.hostname or "").rstrip(".").lower()
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    if host and host not in own_hosts:
        address = urlunsplit((parts.scheme or "https", parts.netloc, parts.path or "/", parts.query, ""))
        return Aim(address, host[:_LONGEST_HOST])
    path = _readable(page_path(unquote(parts.path) or "/"))[:_LONGEST_PATH]
    anchor = _readable(unquote(parts.fragment))[:_LONGEST_ANCHOR]
    return Aim(f"{path}#{anchor}" if anchor else path, "", path, anchor)


def _readable(text: str) -> str:
    return text.replace("\0", "\ufffd")  # no database here keeps it
