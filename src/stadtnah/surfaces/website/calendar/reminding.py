"""Reminders of released events: the form for one, and the dates that those who asked are told of.

Everything is read from the index of dates and the released rows: a draft, or what an agency only asks for, reminds and alarms nobody.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from stadtnah.kernel import clock
from stadtnah.kernel.public import public
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import released
from stadtnah.surfaces.website.calendar import index
from stadtnah.surfaces.website.calendar.content import said_of_state
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.calendar.occurrence import Occurrence
from stadtnah.surfaces.website.released import ReleasedPage

logger = logging.getLogger(__name__)
_SLUG: Final = re.compile(r"[\w-]{1,255}")
_STAMPED: Final = ("pk", "state", "digest", "indexed__digest", "indexed__until", "indexed__days_off")
_WITHDRAWN: Final = "withdrawn"


@public
def ask(request: HttpRequest) -> HttpResponse:
    """The form for the event named in the address, as it is public now."""
    slug = request.GET.get("termin", "")
    row = released.at(f"{EVENTS}{slug}/") if _SLUG.fullmatch(slug) else None
    told = _told(row) if row is not None and row.kind == "event" and _live(row.state) else None
    return events.ask_reminder(request, told) if told else events.no_such_event(request)


def follow() -> None:
    """Tells those who asked what changed by a release or a withdrawal. Two queries when nothing did."""
    known = events.watched_events()
    if not known:
        return
    rows: dict[str, Any] = {
        row[0]: row[1:] for row in ReleasedPage.objects.filter(pk__in=known).values_list(*_STAMPED)
    }
    for key, stamp in known.items():
        now = _stamp(*rows[key]) if key in rows else _WITHDRAWN
        if now and now != stamp:
            try:
                _follow(key)
            except Exception:  # of one event; the others are told all the same
                logger.exception("those who asked for %s could not be told", key)


def remind() -> None:
    """Writes the reminders that are due. A query when nobody asked, two when nothing is near."""
    known = events.watched_events()
    now = clock.now()
    near: dict[str, list[events.Announced]] = {}
    if known:
        rows = Occurrence.objects.filter(page__in=known, begins_at__gt=now)
        for one in rows.filter(begins_at__lt=now + events.LOOK_AHEAD).order_by("begins_at", "pk"):
            near.setdefault(one.page_id, []).append(_announced(one))
    if near:
        events.remind(near)


def mails_of(contents: Iterable[Content]) -> dict[str, int]:
    """How many mails the release of each brings to those who want to be reminded, as things stand. At most four queries for all."""
    several = [one for one in contents if one.is_event]
    if not several:
        return {}
    now, asked = clock.now(), events.watched_events()
    told = []
    for content in several:
        if content.object_key in asked:
            dates = tuple(_announced(one) for one in index.would_be(content) if one.ends_at > now)
            told.append(events.Told(content.object_key, "", content.title, content.path, dates))
    return events.reminder_mails_of(told)


def mails_of_withdrawal(object_key: str) -> int:
    """How many mails its withdrawal brings. At most two queries."""
    gone = events.Told(object_key, _WITHDRAWN, "", EVENTS, ())
    return events.reminder_mails_of([gone], withdrawn=True).get(object_key, 0)


def _follow(key: str) -> None:
    row = ReleasedPage.objects.filter(pk=key).select_related("indexed").first()
    told = _told(row) if row is not None and _live(row.state) else None
    if told:
        events.follow_event(told)
    elif row is None or not _live(row.state):
        title, path = (str(row.content["title"]), row.path) if row else ("", EVENTS)
        events.follow_event(events.Told(key, _WITHDRAWN, title, path, ()), withdrawn=True)


def _told(row: ReleasedPage) -> events.Told | None:
    """The event as the public is told of it; None while its dates are not in the index."""
    indexed = getattr(row, "indexed", None)
    if indexed is None:
        return None
    stamp = _stamp(row.state, row.digest, indexed.digest, indexed.until, indexed.days_off)
    coming = Occurrence.objects.filter(page=row, ends_at__gt=clock.now()).order_by("begins_at", "pk")
    content = row.shown()
    dates = tuple(_announced(one, said_of_state(content, one.state)) for one in coming)
    return events.Told(row.pk, stamp, content.title, row.path, dates) if stamp else None


def _stamp(state: str, digest: str, indexed: str | None, until: object, days_off: str | None) -> str:
    """Another one when a release, the day or the holidays changed the dates; "" while the index is not made."""
    if not _live(state):
        return _WITHDRAWN
    return f"{indexed}:{until}:{days_off}" if indexed == digest else ""


def _live(state: str) -> bool:
    return state == ReleasedPage.State.LIVE


def _announced(one: Occurrence, note: str = "") -> events.Announced:
    return events.Announced(
        one.recurrence,
        one.start,
        one.end,
        one.begins_at,
        one.ends_at,
        one.all_day,
        one.state,
        one.title,
        one.place,
        note,
    )
