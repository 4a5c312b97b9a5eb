"""Joining and leaving a newsletter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db import transaction

from stadtnah.channels.newsletter import tasks
from stadtnah.channels.newsletter.domain import addresses, limits, tokens, wording
from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber
from stadtnah.kernel import clock

State = Subscriber.State
# A link is followed within minutes or not at all; a second request meanwhile gets the same evidence row.
_SAME_REQUEST = timedelta(minutes=2)


class FormIsFullError(Exception):
    """Too many sign-ups from everybody together; try again later."""


@dataclass(frozen=True, slots=True)
class Left:
    """What an unsubscribe link led to."""

    mailing_list: MailingList
    email: str
    was: Literal["confirmed", "pending", "gone"]


def subscribe(mailing_list: MailingList, address: str, *, language: str, form_path: str) -> None:
    """The first step of the double opt-in. The caller learns nothing about the address, whatever it is.

    New, pending, left or undeliverable addresses get a mail with a link; one that is confirmed gets a mail that says so
    and stays as it is. A fourth mail to the same address within a day is silently not sent.
    Raises AddressError (the form says why) and FormIsFullError.
    """
    email = addresses.normalise(address)
    if limits.form_is_full():
        raise FormIsFullError
    with transaction.atomic():
        # One sign-up at a time per list: counting and inserting belong together on PostgreSQL, too.
        MailingList.objects.select_for_update().get(pk=mailing_list.pk)
        if not limits.take(email):
            return
        subscriber = Subscriber.objects.filter(list=mailing_list, email=email).first()
        if subscriber is not None and subscriber.state == State.CONFIRMED:
            tasks.mail_already.enqueue(str(subscriber.pk))
            return
        consent = _ask(mailing_list, email, subscriber, language, form_path)
        tasks.mail_confirmation.enqueue(consent.pk)


def confirm(token: str) -> Subscriber:
    """The second step. A second call with the same link changes nothing; after leaving, an old link is dead.

    Raises TokenError: forged, too old, or its sign-up is gone.
    """
    consent_id = tokens.read_confirm(token)
    with transaction.atomic():
        consent = Consent.objects.select_for_update().filter(pk=consent_id).first()
        if consent is None:
            raise tokens.TokenError(expired=True)
        subscriber = (
            Subscriber.objects.select_for_update().select_related("list").get(pk=consent.subscriber_id)
        )
        if consent.confirmed_at is not None:
            if subscriber.state != State.CONFIRMED:
                raise tokens.TokenError(expired=True)
            return subscriber
        consent.confirmed_at = clock.now()
        consent.save(update_fields=["confirmed_at"])
        if subscriber.state != State.CONFIRMED:
            subscriber.state, subscriber.confirmed_at = State.CONFIRMED, consent.confirmed_at
            subscriber.unsubscribed_at = subscriber.suppressed_at = None
            subscriber.bounce_count = 0
            subscriber.save()
        return subscriber


def pending_of(token: str) -> Subscriber:
    """Whom a confirmation link is for, without changing anything (mail scanners follow links). Raises TokenError."""
    consent = Consent.objects.filter(pk=tokens.read_confirm(token)).select_related("subscriber__list").first()
    if consent is None or (consent.confirmed_at and consent.subscriber.state != State.CONFIRMED):
        raise tokens.TokenError(expired=True)
    return consent.subscriber


def unsubscribe(token: str, *, dry: bool = False) -> Left:
    """Leaves; a second call changes nothing. `dry` only looks. Raises TokenError when forged.

    A person who never confirmed is deleted at once. Of somebody who was subscribed the evidence stays for the time that
    privacy.py declares; links of sign-ups not yet confirmed are dead. A row that is gone raises TokenError with
    `expired`: nothing is sent there any more either.
    """
    rows = Subscriber.objects.select_related("list").filter(pk=tokens.read_unsubscribe(token))
    if dry:
        return _left(rows.first())
    with transaction.atomic():
        found = rows.select_for_update(of=("self",)).first()
        left = _left(found)
        if found is not None and left.was == "pending":
            found.delete()
        elif found is not None:
            found.consents.filter(confirmed_at=None).delete()
            if left.was == "confirmed":
                found.state, found.unsubscribed_at = State.UNSUBSCRIBED, clock.now()
                found.save(update_fields=["state", "unsubscribed_at"])
    return left


def _left(found: Subscriber | None) -> Left:
    if found is None:
        raise tokens.TokenError(expired=True)
    if found.state == State.UNSUBSCRIBED:
        return Left(found.list, found.email, "gone")
    never = found.state == State.PENDING and found.confirmed_at is None
    return Left(found.list, found.email, "pending" if never else "confirmed")


def _ask(
    mailing_list: MailingList, email: str, known: Subscriber | None, language: str, form_path: str
) -> Consent:
    now, language = clock.now(), wording.language_of(language)
    subscriber = known or Subscriber(list=mailing_list, email=email, created_at=now)
    subscriber.state, subscriber.language = State.PENDING, language
    subscriber.save()
    again = (
        subscriber.consents.filter(confirmed_at=None, at__gt=now - _SAME_REQUEST).last() if known else None
    )
    if again is not None:
        return again
    return Consent.objects.create(
        subscriber=subscriber,
        wording=wording.wording(mailing_list, language),
        wording_version=wording.VERSION,
        form_path=form_path[:200],
        at=now,
    )
