"""Searching one member site: what stands below its root, and what is in its list of messages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from stadtnah.surfaces.website import lists, members
from stadtnah.surfaces.website.released import ReleasedPage


def numbers_of(row: ReleasedPage) -> set[int]:
    """By which numbers the searches of sites find what this page says. From its release alone, so no other page makes it wrong."""
    root, own = members.said_root(row), members.own_site(row)
    listed = members.listing(row) - {own}
    return {_number(one) for one in ({root} if root else set()) | listed}


def numbers(root: str, key: str) -> tuple[int, ...]:
    """What a search of the site with this root and object key asks for."""
    return _number(root), _number(key)


def at(slug: str) -> tuple[int, ...]:
    """The same by what stands in the address of a search; nothing when no such site is public. One query, none without a slug."""
    row = (
        lists.live(members.KIND).filter(path=f"/{slug}/").only("path", "object_key").first() if slug else None
    )
    return numbers(row.path, row.pk) if row else ()


def names(roots: Iterable[str]) -> dict[str, str]:
    """What the public sites among these are called in short. One query, none for no roots."""
    wanted = {root for root in roots if root}
    rows = lists.live(members.KIND).filter(path__in=wanted) if wanted else []
    return {row.path: members.short_name(row.shown()) for row in rows}


def _number(said: str) -> int:
    """As a number that both databases hold: shorter than an address in an index of every word."""
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:7])
