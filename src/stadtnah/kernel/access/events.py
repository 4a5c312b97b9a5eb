"""What happens when a mandate is over: sessions end, and whoever subscribed ends plans and tokens."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal

from stadtnah.kernel import clock
from stadtnah.kernel.access import api
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.jobs import ticker

mandate_ended = Signal()  # user: the agency's person who may do less from now on, or nothing


def end_sessions(user: User) -> int:
    """Deletes every running session of the person; returns how many."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=clock.now()).iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
            ended += 1
    return ended


@ticker.periodic(every=10)
def sweep() -> None:
    """Ends sessions and plans of mandates that are over (also those that just ran out)."""
    for mandate in api.due_mandates():
        with transaction.atomic():
            if not Mandate.objects.filter(pk=mandate.pk, swept_at__isnull=True).update(swept_at=clock.now()):
                continue
            if not api.active_mandates(mandate.user):
                end_sessions(mandate.user)
            mandate_ended.send(sender=Mandate, user=mandate.user)
