"""Whether a release holds at this moment: it was not revoked, and nobody has halted its dispatch.

A halt is no revocation: the release stays what it is, and goes on under the same digest when it is lifted.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from stadtnah.kernel import clock
from stadtnah.publishing.channel import Halted, Stage
from stadtnah.publishing.models import Delivery, Dispatch, Halt, Revocation
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import DeliveryState


def halted(digest: str = "approval_id") -> Exists:
    """In a query: whether the release named by the column `digest` is halted."""
    return Exists(Halt.objects.filter(approval_id=OuterRef(digest), lifted_at=None))


def revoked(digest: str = "approval_id") -> Exists:
    """In a query: whether the release named by the column `digest` has ended."""
    return Exists(Revocation.objects.filter(pk=OuterRef(digest)))


def holds(digest: str) -> bool:
    """Whether something may leave under this digest now."""
    ended = Revocation.objects.filter(pk=digest).exists()
    return not ended and not Halt.objects.filter(approval_id=digest, lifted_at=None).exists()


def about_to_show(digest: str) -> None:
    """Right before a page becomes public, within the transaction that makes it so. Raises Halted.

    The dispatch is locked, as a stop locks it: one of the two comes first, wholly. What was claimed before a stop and
    reaches this point after it (a busy database, a slow picture) does not become public.
    """
    list(Dispatch.objects.select_for_update(of=("self",)).filter(pk=digest).values_list("pk"))
    if not holds(digest):
        raise Halted
    Delivery.objects.filter(
        approval_id=digest, stage=int(Stage.SITE), state=DeliveryState.SENDING.value
    ).update(begun_at=clock.now())


def past_return(object_key: str) -> list[str]:
    """The accounts at which a delivery is beyond recall at this moment: its first byte may have left."""
    # Where a second try does no harm a beginning is not written down, except for the page.
    quiet = [key for key in CHANNELS.keys() if CHANNELS[key].idempotent]  # noqa: SIM118 - a registry
    begun = Q(begun_at__isnull=False) | Q(channel__in=quiet, stage__gt=int(Stage.SITE))
    rows = Delivery.objects.filter(begun, object_key=object_key, state=DeliveryState.SENDING.value)
    return sorted(set(rows.values_list("account", flat=True)))
