"""Where a released forwarding leads to, past everything that has moved since. Chains end here; loops lead nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from stadtnah.kernel.questions import Question
from stadtnah.surfaces.website.forwarding import addresses
from stadtnah.surfaces.website.forwarding.models import ReleasedForwarding
from stadtnah.surfaces.website.released import OldPath, ReleasedPage

SHORT: Final = "/k/"
_MOST_HOPS: Final = 8


@dataclass(frozen=True, slots=True)
class Lead:
    """to: the address in the end, as it was released (not yet as a header). uses: what that depends on."""

    to: str
    uses: frozenset[str]


def mark_of(path: str) -> str:
    """What a page uses that is made of the forwarding at this path."""
    return f"forwarding:{hashlib.sha256(path.encode()).hexdigest()[:32]}"


def paths() -> set[str]:
    """The old address of everything released."""
    return set(ReleasedForwarding.objects.values_list("path", flat=True))


def status_of(path: str) -> int:
    """What is answered: 302 for a short address, as it may lead elsewhere tomorrow; 301 for an old one."""
    return 302 if path.startswith(SHORT) else 301


def to_page(path: str, key: str) -> Q:
    """Forwardings whose target is the page with this key, at `path` or where it stood."""
    return Q(target=path) | Q(target__in=OldPath.objects.filter(page=key).values("path"))


_SHORT: Final = Question(
    lambda path, key: ReleasedForwarding.objects.filter(
        to_page(path, key), path__startswith=SHORT
    ).values_list("path"),
    str,
    str,
)


def short_of(page: ReleasedPage) -> str:
    """The released short address of a page, the shortest; "" without one. One query."""
    return min((path for (path,) in _SHORT.rows(page.path, page.pk)), key=len, default="")


def lead_of(path: str) -> Lead | None:
    """Where this path leads; None when it leads nowhere, or in a circle."""
    here, anchor, uses = path, "", {mark_of(path)}
    seen: set[str] = set()
    for _ in range(_MOST_HOPS):
        if here in seen:
            return None
        seen.add(here)
        hop = _hop(here)
        if hop is None:
            return Lead(here + anchor, frozenset(uses)) if here != path else None
        target, keys = hop
        uses |= keys
        if addresses.is_elsewhere(target):
            return Lead(target, frozenset(uses))
        here = addresses.page_of(target)
        anchor = target[len(here) :] or anchor
    return None


def _hop(path: str) -> tuple[str, set[str]] | None:
    """What stands at a path: the next address, or None when it is the last (a page, or nothing)."""
    if ReleasedPage.objects.filter(path=path).exists():
        return None
    row = ReleasedForwarding.objects.filter(path=path).first()
    if row is not None:
        there = ReleasedPage.objects.filter(path=addresses.page_of(row.target)).only("object_key").first()
        return row.target, {mark_of(path)} | ({there.object_key} if there else set())
    old = OldPath.objects.filter(path=path).select_related("page").only("page_id", "page__path").first()
    return (old.page.path, {old.page_id}) if old else None
