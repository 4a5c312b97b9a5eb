"""What the desk works on: messages and the pages that stay, found by the key in its addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, IntegerField, Value
from django.http import Http404
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website import standing
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.pages import PublicPage

Work = PublicPage
Standing = standing.Standing


def types() -> list[Any]:
    """The types of everything that is written in the desk."""
    return [kind.page for kind in KINDS]


def staying() -> list[Any]:
    """The types of pages few enough for one list."""
    return [kind.page for kind in KINDS if not kind.many]


def is_fixed(work: PublicPage | Standing) -> bool:
    """Whether the website is none without it: first page, place of the messages, name."""
    return isinstance(work, Standing) or any(isinstance(work, kind.page) for kind in KINDS if kind.fixed)


def proved(user: User | AnonymousUser, key: UUID) -> Work | Standing:
    """Whatever was released under this key. Raises Http404, PermissionDenied."""
    thing = standing.by_uuid(key)
    if thing is None:
        try:
            return work_of(user, key)
        except Http404:
            thing = standing.of_family(key)
    if thing is None or not access.can(user, Action.MESSAGE_VIEW):
        raise Http404
    return thing


def work_of(user: User | AnonymousUser, key: UUID) -> Work:
    """The message or page with this key, as far as the person may know of it. Raises Http404, PermissionDenied."""
    found = {str(uuid): place for uuid, place in _rows({str(key)}, _place_of)}
    if str(key) not in found:
        raise Http404
    rows: Any = types()[found[str(key)]].objects.all()
    work: Work = access.access_object(rows, user, Action.MESSAGE_VIEW, uuid=key)
    return work


def key_of(object_key: str) -> str:
    """The part of an object's key that stands in the desk's addresses."""
    return object_key.partition(":")[2]


def titles_of(object_keys: Iterable[str]) -> dict[str, str]:
    """The titles of what is still there, by the object's key, in one query."""
    keys = set(object_keys)
    things = standing.titles(keys)
    by_uuid = {key_of(key): key for key in keys - set(things)}
    if not by_uuid:
        return things
    return things | {by_uuid[str(uuid)]: title for uuid, title in _rows(by_uuid, lambda _place: F("title"))}


def ids_of(object_keys: Iterable[str]) -> dict[str, int]:
    """The numbers by which the editor knows what is still there, by the object's key, in one query."""
    by_uuid = {key_of(key): key for key in object_keys}
    rows = _rows(by_uuid, lambda _place: F("pk")) if by_uuid else ()
    return {by_uuid[str(uuid)]: pk for uuid, pk in rows}


def _rows(uuids: Iterable[str], what: Callable[[int], Any]) -> Any:
    """(uuid, what) of the pages with these keys, in one query over all types; `what` is asked for each type's place."""
    first, *others = (
        kind.objects.filter(uuid__in=uuids).order_by().values_list("uuid", what(place))
        for place, kind in enumerate(types())
    )
    return first.union(*others, all=True)


def _place_of(place: int) -> Any:
    return Value(place, output_field=IntegerField())


def draft_of(page: Page) -> Work:
    """The page as it was saved last, released or not."""
    latest: Work = page.get_latest_revision_as_object()
    return latest
