"""Reading one subscribed calendar: claimed, asked politely, compared, the next reading planned. Safe to call twice, and after a killed worker."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, can
from stadtnah.surfaces.website.moving_in import kept
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import ImportRun
from stadtnah.surfaces.website.moving_in.subscribed import fetching, following, reading
from stadtnah.surfaces.website.moving_in.subscribed.models import Subscription

EVERY: Final = timedelta(hours=1)  # by itself nobody is asked more often
_LONGEST: Final = timedelta(days=1)
_CLAIM: Final = timedelta(minutes=5)
_SOON: Final = timedelta(minutes=5)  # while its run still works
_DOUBLED: Final = 5  # failures after which the pause no longer grows
NO_RIGHT: Final = (
    "Wer den Kalender eingetragen hat, darf nicht mehr einlesen. Wer ihn fortsetzt, übernimmt ihn."
)
CUT: Final = "Die Datei bricht mitten darin ab. Was darin fehlt, gilt nicht als weggefallen."

_State = Subscription.State


def due() -> QuerySet[Subscription]:
    """Those whose time has come and that nobody reads."""
    now = clock.now()
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    return Subscription.objects.filter(free, state__in=[_State.NEW, _State.ACTIVE], next_at__lte=now)


def read(subscription_id: UUID | str) -> UUID | None:
    """Reads it when it is due; the run that has something to do afterwards."""
    one = _claimed(subscription_id)
    if one is None:
        return None
    if not can(one.by, Action.IMPORT_RUN):
        _end(one, _State.PAUSED, NO_RIGHT)
        return None
    if one.run.state in {ImportRun.State.WAITING, ImportRun.State.RUNNING}:
        _end(one, one.state, one.error_de, after=_SOON)
        return one.run_id
    try:
        return _read(one)
    except fetching.LaterError as error:
        _failed(one, str(error), error.at)
    except FeedError as error:
        _failed(one, str(error))
    return None


def _read(one: Subscription) -> UUID | None:
    """Raises FeedError (German)."""
    if one.state == _State.NEW:  # whoever looks at it wants to see it whole
        one.etag = one.last_modified = one.body_digest = ""
    answer = fetching.asked(one)
    digest = hashlib.sha256(answer.body).hexdigest() if answer else one.body_digest
    if answer is None or digest == one.body_digest:
        one.failures, one.read_at = 0, clock.now()
        _end(one, one.state, one.error_de if one.error_de == CUT else "")
        return None
    calendar = reading.calendar_of(answer.body, one.address, answer.content_type, clock.town_zone())
    calendar = reading.with_defaults(
        calendar, organiser=one.organiser, place=one.place, category=one.category
    )
    one.title = calendar.name[:250] or one.title
    one.number, one.read_at, one.failures = len(calendar.events), clock.now(), 0
    if one.state == _State.NEW:
        kept.write(one.run, answer.body)
        ImportRun.objects.filter(pk=one.run_id).update(
            state=ImportRun.State.WAITING, content_type=answer.content_type[:200]
        )
        to_do = True
    else:
        to_do = following.follow(one, calendar)
    # Noted last: a worker killed before this reads the same once more, and finds everything done.
    one.etag, one.last_modified, one.body_digest = answer.etag, answer.last_modified, digest
    _end(one, one.state, CUT if calendar.cut else "")
    return one.run_id if to_do else None


def _claimed(subscription_id: UUID | str) -> Subscription | None:
    taken = due().filter(pk=subscription_id).update(busy_until=clock.now() + _CLAIM)
    return Subscription.objects.select_related("run", "by").get(pk=subscription_id) if taken else None


def _failed(one: Subscription, reason: str, at: datetime | None = None) -> None:
    one.failures += 1
    pause = min(EVERY * 2 ** min(one.failures - 1, _DOUBLED), _LONGEST)
    _end(one, one.state, reason, after=max(pause, at - clock.now()) if at else pause)


def _end(one: Subscription, state: str, error: str, *, after: timedelta = EVERY) -> None:
    """Plans the next reading. What people did meanwhile stays: it rests, is gone, was subscribed, is wanted at once; what they answered is read anew."""
    names = ["title", "number", "read_at", "allowed_at", "failures"]
    with transaction.atomic():
        there = Subscription.objects.select_for_update().filter(pk=one.pk).first()
        if there is None:
            return
        if not _answered(one):
            names += ["etag", "last_modified", "body_digest", "said"]
        values = {name: getattr(one, name) for name in names}
        waits = one.state == _State.NEW  # for a person who has seen it
        if there.next_at == one.next_at:
            values["next_at"] = None if waits else clock.now() + after
        Subscription.objects.filter(pk=one.pk).update(**values, error_de=error, busy_until=None)
        if state != one.state:
            Subscription.objects.filter(pk=one.pk).update(state=state)


def _answered(one: Subscription) -> bool:
    """Whether somebody answered a question since it was claimed: then what was read is not what stands here any more."""
    assert one.busy_until is not None
    since = one.questions.filter(answered_at__gte=one.busy_until - _CLAIM)
    return since.exclude(answer=following.SETTLED).exists()


def again(run: ImportRun) -> None:
    """After a run that left something as somebody had edited it meanwhile: the next reading asks about it."""
    Subscription.objects.filter(run=run, run__kept__gt=0).update(etag="", last_modified="", body_digest="")
