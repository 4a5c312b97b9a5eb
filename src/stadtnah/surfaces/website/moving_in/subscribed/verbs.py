"""What people do with subscribed calendars: enter one, subscribe what they saw, let it rest, remove it, read it now."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.moving_in import kept
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun, hashed, source_key
from stadtnah.surfaces.website.moving_in.subscribed.models import Subscription

SKIPPED: Final = "Vermutlich schon da; nicht übernommen."
_AT_ONCE: Final = timedelta(minutes=10)  # between two readings that people ask for
_UNSEEN: Final = timedelta(days=30)
_LONGEST: Final = 2_000
_State = Subscription.State


class NotKept(ValueError):
    """What is wrong with the address, German."""


def address_of(typed: str) -> str:
    """As it is asked for: `webcal:` is http by another name. Raises NotKept."""
    address = typed.strip()
    for scheme in ("webcal://", "webcals://"):
        if address.lower().startswith(scheme):
            address = f"https://{address[len(scheme) :]}"
    try:
        parts = urlsplit(address)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or len(address) > _LONGEST or any(char.isspace() for char in address):
        raise NotKept("Geben Sie die ganze Adresse des Kalenders mit https:// an.")
    if parts.username or parts.password:
        raise NotKept(
            "Diese Adresse enthält einen Namen oder ein Passwort. Bitte nehmen Sie eine, die öffentlich ist."
        )
    return address.partition("#")[0]


def add(typed: str, *, organiser: str, place: str, category: str, by: User) -> Subscription:
    """A calendar that is read once and looked at before it is subscribed. Raises NotKept, PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    address = address_of(typed)
    run = ImportRun(source=address, kind="events", with_pictures=False, started_by=by)
    host = (urlsplit(address).hostname or "")[:250]  # until it says its name
    run.title, run.state = host, ImportRun.State.STOPPED
    run.source_key = source_key(address, "events", address)
    one = Subscription(address=address, address_hash=hashed(address), title=host, run=run, by=by)
    one.organiser, one.place, one.category = organiser[:300], place[:500], category[:100]
    one.next_at = clock.now()
    try:
        with transaction.atomic():
            run.save()
            one.save()
    except IntegrityError:
        raise NotKept("Dieser Kalender steht schon in der Liste.") from None
    return one


def subscribed(run: ImportRun, *, by: User) -> bool:
    """Called when somebody has chosen among what a run found: if it is that of a new subscription, it begins. Within the transaction of the choice."""
    one = Subscription.objects.select_for_update().filter(run=run, state=_State.NEW).first()
    if one is None:
        return False
    rows = run.events.filter(choice=FoundEvent.Choice.SKIP, reason_de="").exclude(guid_hash="")
    ImportedItem.objects.bulk_create(
        [
            ImportedItem(
                source_key=run.source_key,
                guid_hash=row.guid_hash,
                run=run,
                title=row.title,
                state=ImportedItem.State.KEPT,
                reason_de=SKIPPED,
            )
            for row in rows
        ],
        batch_size=200,
        ignore_conflicts=True,
    )
    one.state, one.next_at = _State.ACTIVE, clock.now() + timedelta(hours=1)
    one.save(update_fields=["state", "next_at"])
    audit.record("calendar.subscribed", actor=by, subject=f"subscription:{one.pk}")
    return True


def pause(one: Subscription, *, by: User) -> None:
    """It is not read any more until somebody goes on with it. Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        if Subscription.objects.filter(pk=one.pk, state=_State.ACTIVE).update(state=_State.PAUSED):
            audit.record("calendar.paused", actor=by, subject=f"subscription:{one.pk}")


def resume(one: Subscription, *, by: User) -> None:
    """It is read again, on behalf of whoever says so. Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        values = {"state": _State.ACTIVE, "by": by, "next_at": clock.now(), "failures": 0, "error_de": ""}
        if Subscription.objects.filter(pk=one.pk, state=_State.PAUSED).update(**values):
            ImportRun.objects.filter(pk=one.run_id).update(started_by=by)
            audit.record("calendar.resumed", actor=by, subject=f"subscription:{one.pk}")


def read_now(one: Subscription, *, by: User) -> bool:
    """Lets it be read at once; not when it was read a moment ago. Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    now = clock.now()
    if one.state == _State.PAUSED or (one.read_at and now - _AT_ONCE < one.read_at <= now):
        return False
    return bool(Subscription.objects.filter(pk=one.pk, state=one.state).update(next_at=now))


def remove(one: Subscription, *, by: User) -> None:
    """The source ends. Drafts and what is released stay as they are; open questions go. Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        audit.record("calendar.removed", actor=by, subject=f"subscription:{one.pk}")
        _gone(one)


def forget_unseen() -> int:
    """Those that somebody looked at and never subscribed, after a month; how many."""
    old = list(Subscription.objects.filter(state=_State.NEW, created_at__lt=clock.now() - _UNSEEN))
    for one in old:
        _gone(one)
    return len(old)


def _gone(one: Subscription) -> None:
    run = one.run
    one.delete()
    if run.looking:  # nothing was taken over
        kept.drop(run)
        run.delete()
