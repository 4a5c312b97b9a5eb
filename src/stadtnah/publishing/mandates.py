"""When a mandate ends, its plans end."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from stadtnah.kernel.access.events import mandate_ended
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import approval


@receiver(mandate_ended)
def _end_plans(user: User, **_: Any) -> None:
    approval.end_plans_of(user)
