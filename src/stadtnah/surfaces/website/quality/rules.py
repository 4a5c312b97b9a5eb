"""What the municipality chose: whether links to other websites are checked."""

from __future__ import annotations

from django.db import transaction

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.quality.models import Rules


def now() -> Rules:
    """The choices in force."""
    return Rules.objects.filter(pk=1).first() or Rules()


def change(*, ask_others: bool, by: User) -> None:
    """Keeps them, on record. Raises PermissionDenied."""
    access.require(by, Action.TOWN_EDIT)
    if ask_others == now().ask_others:
        return
    with transaction.atomic():
        Rules.objects.update_or_create(pk=1, defaults={"ask_others": ask_others})
        audit.record("quality.rules", actor=by, data={"ask_others": ask_others})
