"""Where a request may go. Names are resolved here, once, and the connection goes to what was checked."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from stadtnah.kernel.net.errors import NetError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4
# IANA's special-purpose registries (iana.org/assignments/iana-ipv4-special-registry and -ipv6-), as of 2025-10:
# the tables in Python's ipaddress differ from release to release, so what must never be reached stands here.
_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32"),  # the last is Azure's host agent
        *(
            "::/128",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)
_PRIVATE: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"),
        *("::1/128", "fc00::/7"),
    )
)
_MOST_ADDRESSES: Final = 4


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address of the web: connect to `addresses` in this order, speak to `host`."""

    url: httpx.URL
    host: str
    port: int
    addresses: tuple[str, ...]


def checked(url: str, *, allow_private: bool, seconds: float) -> Target:
    """Checks scheme, form and every address the name resolves to, within `seconds`.

    Raises NetError: "blocked" for what is not allowed, "refused" for a name that does not exist,
    "timeout_before" when nobody answers who knows it.
    """
    parsed = parse(url)
    port = parsed.port or _PORTS[parsed.scheme]
    host = parsed.raw_host.decode("ascii").strip("[]").lower()
    addresses = _resolved(host, port, seconds)
    if not _on_the_list(host, port):
        for address in addresses:
            if not _allowed(ipaddress.ip_address(address.partition("%")[0]), allow_private=allow_private):
                raise NetError(
                    f"Die Adresse {host} führt in ein internes Netz. Dorthin wird nichts gesendet.", "blocked"
                )
    return Target(parsed, host, port, tuple(addresses[:_MOST_ADDRESSES]))


def parse(url: str) -> httpx.URL:
    """The address when it is http(s), has a host and carries no sign-in. Raises NetError ("blocked")."""
    wrong = NetError("Das ist keine gültige Internetadresse. Sie muss mit https:// beginnen.", "blocked")
    if any(ord(char) <= 0x20 or char in "\\\x7f" for char in url):  # noqa: PLR2004 - blanks and controls (RFC 3986)
        raise wrong
    try:
        parsed = httpx.URL(url)
        parsed.raw_host.decode("ascii")
        port = urlsplit(url).port
    except (httpx.InvalidURL, ValueError, TypeError):
        raise wrong from None
    if parsed.scheme not in _PORTS or not parsed.host or port == 0:
        raise wrong
    if parsed.userinfo:
        raise NetError(f"Die Adresse zu {parsed.host} darf keine Zugangsdaten enthalten.", "blocked")
    return parsed


def _on_the_list(host: str, port: int) -> bool:
    return f"{host}:{port}" in {entry.lower() for entry in getattr(settings, "STADTNAH_NET_ALLOW", [])}


def _allowed(address: Address, *, allow_private: bool) -> bool:
    """Whether we may talk to this address; an IPv4 address inside an IPv6 one is judged as itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _allowed(address.ipv4_mapped, allow_private=allow_private)
        if address in _NAT64:
            return _allowed(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF), allow_private=allow_private)
    if any(address in network for network in _NEVER):
        return False
    if any(address in network for network in _PRIVATE):
        return allow_private
    return address.is_global and (address.version == 4 or address in _GLOBAL_V6)  # noqa: PLR2004 - IPv4


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of `host`. In a thread of its own: the system's resolver knows no deadline."""
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="stadtnah-dns").start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise NetError(f"Der Name {host} ließ sich nicht rechtzeitig auflösen.", "timeout_before") from None
    if isinstance(answer, Exception) or not answer:
        raise NetError(f"Die Adresse {host} ist im Internet nicht zu finden.", "refused")
    return answer
