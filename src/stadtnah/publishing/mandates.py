"""When a mandate ends, its plans end."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.access.events import mandate_ended
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import ending


@receiver(mandate_ended)
def _end_plans(user: User, **_: Any) -> None:
    # Another mandate may let the person go on laying messages before the municipality; one to read does not.
    if not access.can(user, Action.MESSAGE_SUBMIT):
        ending.end_plans_of(user)
