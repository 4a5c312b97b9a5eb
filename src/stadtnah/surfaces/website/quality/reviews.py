"""The next look at each public page: whether what it says is still true. It is not public, so it needs no release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.quality import rules
from stadtnah.surfaces.website.quality.models import Reading, Review, Rules
from stadtnah.surfaces.website.released import ReleasedPage

SOON: Final = timedelta(days=30)
_LATEST: Final = 10  # years; a day beyond is a slip of the finger
_TOGETHER: Final = 500


class DayWrong(ValueError):
    """Why a day cannot be kept, in German."""


@dataclass(frozen=True, slots=True)
class Due:
    """A page to look at."""

    review: Review
    title: str
    path: str
    over: bool


def today() -> date:
    """By the town's wall clock."""
    return clock.local(clock.now()).date()


def follow(row: ReleasedPage) -> None:
    """Takes note of what is public now; whoever released it looked at it."""
    found = Review.objects.filter(pk=row.object_key).first() or Review(object_key=row.object_key)
    found.kind, found.released_on = row.kind, clock.local(row.updated_at).date()
    if found.wanted and found.wanted <= found.released_on:
        found.wanted = None
    _reckon(found, rules.now())
    found.save()


def due(within: timedelta = SOON) -> QuerySet[Review]:
    """Public pages whose day has come or comes soon, the oldest first."""
    public = Reading.objects.filter(object_key=OuterRef("object_key"), draft=False)
    rows = Review.objects.filter(Exists(public), due_on__lte=today() + within)
    return rows.select_related("checked_by").order_by("due_on", "object_key")


def named(words: str) -> QuerySet[Review]:
    """Public pages of this name that are looked at again, whenever."""
    public = Reading.objects.filter(object_key=OuterRef("object_key"), draft=False)
    public = public.filter(Q(title__icontains=words) | Q(path__icontains=words))
    rows = Review.objects.filter(Exists(public), kind__in=[kind.key for kind in rules.reviewable()])
    return rows.select_related("checked_by").order_by(F("due_on").asc(nulls_last=True), "object_key")


def writers(object_keys: Collection[str]) -> dict[str, User]:
    """Who is responsible for a page: whoever saved it last, as long as they may write. Others have nobody of their own."""
    rows = Reading.objects.filter(
        object_key__in=object_keys, draft=True, page__latest_revision__user__isnull=False
    )
    last = dict(rows.values_list("object_key", "page__latest_revision__user"))
    users = {user.pk: user for user in User.objects.filter(pk__in=set(last.values()))}
    able = {pk: user for pk, user in users.items() if access.can(user, Action.MESSAGE_EDIT)}
    return {key: able[pk] for key, pk in last.items() if pk in able}


def shown(found: Collection[Review]) -> list[Due]:
    """With title and address, in one query."""
    keys = [one.object_key for one in found]
    rows = Reading.objects.filter(object_key__in=keys, draft=False).values_list("object_key", "title", "path")
    about = {key: (title, path) for key, title, path in rows}
    now = today()
    return [
        Due(one, *about[one.object_key], bool(one.due_on and one.due_on < now))
        for one in found
        if one.object_key in about
    ]


def still_right(object_key: str, *, by: User) -> date | None:
    """Somebody looked, and all of it is true: returns the day of the next look. Raises PermissionDenied, Review.DoesNotExist."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        found = Review.objects.select_for_update().get(pk=object_key)
        found.checked_at, found.checked_by, found.wanted = clock.now(), by, None
        _reckon(found, rules.now())
        found.save()
        audit.record("page.checked", actor=by, subject=object_key, data={"next": str(found.due_on or "")})
    return found.due_on


def choose(object_key: str, day: str, *, by: User) -> date | None:
    """Sets „Prüfen bis“, "" for the usual time; returns the day. Raises DayWrong, PermissionDenied, Review.DoesNotExist."""
    access.require(by, Action.MESSAGE_EDIT)
    wanted = _day(day) if day else None
    with transaction.atomic():
        found = Review.objects.select_for_update().get(pk=object_key)
        found.wanted = wanted
        _reckon(found, rules.now())
        found.save()
        audit.record("page.check_on", actor=by, subject=object_key, data={"on": str(found.due_on or "")})
    return found.due_on


def reckon(kinds: Collection[str]) -> None:
    """The days of all pages of these kinds anew, once the municipality chose other times."""
    chosen = rules.now()
    changed: list[Review] = []
    for one in Review.objects.filter(kind__in=kinds, wanted=None).iterator(_TOGETHER):
        before = one.due_on
        _reckon(one, chosen)
        changed += [one] if one.due_on != before else []
    Review.objects.bulk_update(changed, ["due_on"], batch_size=_TOGETHER)


def later(day: date, months: int) -> date:
    """So many months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _reckon(found: Review, chosen: Rules) -> None:
    months = rules.in_force(found.kind, chosen)
    looked = found.released_on
    if found.checked_at:
        looked = max(looked, clock.local(found.checked_at).date())
    found.due_on = found.wanted or (later(looked, months) if months else None)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise DayWrong("Bitte geben Sie einen Tag an, zum Beispiel 15.03.2027.") from None
    if day < today():
        raise DayWrong("Dieser Tag ist schon vorbei. Bitte wählen Sie einen, der noch kommt.")
    if day.year > today().year + _LATEST:
        raise DayWrong(f"Dieser Tag liegt mehr als {_LATEST} Jahre voraus. Bitte prüfen Sie das Jahr.")
    return day
