"""Whose request it is: the address of the client behind the web servers that the operator named."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_UNKNOWN = "127.0.0.1"


def client_address(request: HttpRequest) -> str:
    """The address of the client, as `address_in` reads it."""
    return address_in(request.META)


def address_in(meta: Mapping[str, object]) -> str:
    """The address of the client, canonical, from the variables of a request (WSGI).

    `X-Forwarded-For` is read from its end, where the nearest proxy wrote, and only as far as proxies of
    `STADTNAH_TRUSTED_PROXIES` wrote it: what a client sends along itself is never believed. Never raises.
    """
    peer = _read(str(meta.get("REMOTE_ADDR", "")))
    hops = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    while peer and hops and _trusted(peer):
        said = _read(hops.pop())
        if said is None:
            break
        peer = said
    return str(peer) if peer else _UNKNOWN


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _trusted(peer: IPv4Address | IPv6Address) -> bool:
    return any(peer in ip_network(proxy, strict=False) for proxy in settings.STADTNAH_TRUSTED_PROXIES)
