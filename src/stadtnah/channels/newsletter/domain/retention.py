"""Addresses have an end; undeliverable ones are not written to again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from stadtnah.channels.newsletter.models import Consent, SignupMail, Subscriber
from stadtnah.kernel import clock

State = Subscriber.State
PENDING_KEPT = timedelta(days=7)
# Three years, as the public notice says (claims lapse after three years, § 195 BGB); with the leap day they may hold.
EVIDENCE_KEPT = timedelta(days=3 * 365 + 1)
SUPPRESSED_KEPT = timedelta(days=365)
COUNTERS_KEPT = timedelta(hours=24)
SOFT_LIMIT = 3  # refusals in a row that do not name the mailbox as unknown


def expire() -> int:
    """Deletes what is due; returns how many rows of people went."""
    now = clock.now()
    SignupMail.objects.filter(at__lt=now - COUNTERS_KEPT).delete()
    return _unconfirmed() + _delete(
        Q(state=State.UNSUBSCRIBED, unsubscribed_at__lt=now - EVIDENCE_KEPT)
        | Q(state=State.SUPPRESSED, suppressed_at__lt=now - SUPPRESSED_KEPT)
    )


def bounced(subscriber_ids: Sequence[str], *, hard: bool) -> None:
    """Notes that a server refused these mailboxes for good. A hard bounce (it does not exist) suppresses at once."""
    if not subscriber_ids:
        return
    rows = Subscriber.objects.filter(pk__in=subscriber_ids, state=State.CONFIRMED)
    if not hard:
        rows.update(bounce_count=F("bounce_count") + 1)
        rows = rows.filter(bounce_count__gte=SOFT_LIMIT)
    rows.update(state=State.SUPPRESSED, suppressed_at=clock.now())


def delivered(subscriber_ids: list[str]) -> None:
    """Somebody took the mail: earlier refusals no longer count."""
    if not subscriber_ids:
        return
    Subscriber.objects.filter(pk__in=subscriber_ids, bounce_count__gt=0).update(bounce_count=0)


def _unconfirmed() -> int:
    """Sign-ups that nobody confirmed. Of people who were subscribed before, only the new request goes."""
    due = clock.now() - PENDING_KEPT
    with transaction.atomic():
        stale = Consent.objects.filter(confirmed_at=None, at__lt=due)
        back = Subscriber.objects.filter(state=State.PENDING, confirmed_at__isnull=False).exclude(
            consents__in=Consent.objects.filter(confirmed_at=None, at__gte=due)
        )
        back.filter(unsubscribed_at__isnull=False).update(state=State.UNSUBSCRIBED)
        back.filter(suppressed_at__isnull=False).update(state=State.SUPPRESSED)
        stale.filter(subscriber__confirmed_at__isnull=False).delete()
    fresh = Consent.objects.filter(at__gte=due).values("subscriber")
    return _delete(Q(state=State.PENDING, confirmed_at=None, created_at__lt=due) & ~Q(pk__in=fresh))


def _delete(due: Q) -> int:
    rows = Subscriber.objects.filter(due)
    count = rows.count()
    rows.delete()
    return count
