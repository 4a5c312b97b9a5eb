"""What the municipality chose: how often pages are looked at, who is reminded, whether other websites are asked."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.kinds import KINDS, Kind
from stadtnah.surfaces.website.quality.models import Rules

MONTHS: Final = (0, 3, 6, 12, 24, 36)


def now() -> Rules:
    """The choices in force."""
    return Rules.objects.filter(pk=1).first() or Rules()


def in_force(kind: str, chosen: Rules | None = None) -> int:
    """Months between two looks at pages of this kind; 0: never."""
    own = (chosen or now()).months.get(kind)
    return own if isinstance(own, int) else (KINDS[kind].reviewed if kind in KINDS else 0)


def reviewable() -> list[Kind]:
    """Kinds of pages with a day for the next look: everything that stays and has words of its own."""
    return [kind for kind in KINDS if kind.reviewed]


def change(*, ask_others: bool, remind: bool, months: dict[str, int], by: User) -> set[str]:
    """Keeps them, on record; returns the kinds whose pages are due at other times now. Raises PermissionDenied."""
    access.require(by, Action.TOWN_EDIT)
    before = now()
    kept = {kind.key: months[kind.key] for kind in reviewable() if months.get(kind.key, -1) in MONTHS}
    wanted = {
        **before.months,
        **{key: count for key, count in kept.items() if count != in_force(key, before)},
    }
    said = {"ask_others": ask_others, "remind": remind, "months": wanted}
    if said == {name: getattr(before, name) for name in said}:
        return set()
    with transaction.atomic():
        Rules.objects.update_or_create(pk=1, defaults=said)
        audit.record("quality.rules", actor=by, data=said)
    return {key for key in kept if key in wanted and wanted[key] != before.months.get(key)}
