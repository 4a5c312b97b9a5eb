"""Forwardings as somebody wants them: made, changed, taken away, taken over. Nothing of it is public."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.forwarding import addresses
from stadtnah.surfaces.website.forwarding.addresses import AddressWrong
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.leading import SHORT
from stadtnah.surfaces.website.forwarding.models import Forwarding, Origin, ReleasedForwarding

MOST = 3000  # what one release can show, and a person can look through


class ForwardingWrong(ValueError):
    """What was typed cannot be kept. `problems`: "path", "target" or "elsewhere" to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def save(
    typed_path: str,
    typed_target: str,
    *,
    by: User,
    elsewhere: bool = False,
) -> Forwarding:
    """Makes or changes one. `elsewhere`: it may lead to another website. Raises ForwardingWrong with every problem, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    return keep(typed_path, typed_target, Ground.now(), by=by, elsewhere=elsewhere, origin=Origin.HAND)


def keep(
    typed_path: str, typed_target: str, ground: Ground, *, by: User | None, elsewhere: bool, origin: str
) -> Forwarding:
    """As `save`, one of many by somebody who may, or by the operator: `ground` is read once and follows. Raises ForwardingWrong."""
    problems: dict[str, str] = {}
    path = target = ""
    try:
        path = addresses.old(typed_path)
        if taken := ground.taken(path):
            problems["path"] = taken
    except AddressWrong as wrong:
        problems["path"] = str(wrong)
    try:
        target = addresses.target(typed_target, ground.hosts)
    except AddressWrong as wrong:
        problems["target"] = str(wrong)
    if target and addresses.is_elsewhere(target) and not elsewhere:
        problems["elsewhere"] = (
            "Das Ziel liegt außerhalb der Website der Kommune. Bitte bestätigen Sie, dass Sie das wollen."
        )
    if path and target and not problems and (circle := ground.circle(path, target)):
        problems["target"] = circle
    if path not in ground.wanted and len(ground.wanted) >= MOST:
        problems.setdefault("path", f"Es gibt schon {MOST} Weiterleitungen; mehr sind nicht vorgesehen.")
    if problems:
        raise ForwardingWrong(problems)
    said = {"target": target, "origin": Origin.SHORT if path.startswith(SHORT) else origin, "removed": False}
    with transaction.atomic():
        rows = Forwarding.objects.select_for_update()
        row, made = rows.get_or_create(path=path, defaults={**said, **_touched([], by)})
        if not made:
            _change(row, {**said, **_touched(row.writers, by)})
    ground.wanted[path] = target
    return row


def remove(path: str, *, by: User) -> None:
    """It shall be no more: at once when the public never saw it, else with the next release. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        row = Forwarding.objects.select_for_update().filter(path=path).first()
        if row and ReleasedForwarding.objects.filter(path=path).exists():
            _change(row, {"removed": True, **_touched(row.writers, by)})
        elif row:
            row.delete()


def restore(path: str, *, by: User) -> None:
    """It shall stay as the public sees it. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    shown = ReleasedForwarding.objects.filter(path=path).first()
    if shown:
        public = {"target": shown.target, "origin": shown.origin, "removed": False, "writers": []}
        Forwarding.objects.filter(path=path).update(**public, changed_at=clock.now())


def _touched(before: list[str], by: User | None) -> dict[str, Any]:
    """With whoever touched it now; the operator's command is nobody who could release it."""
    return {"changed_at": clock.now(), "writers": sorted({*before, *([by.pk.hex] if by else [])})}


def _change(row: Forwarding, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
