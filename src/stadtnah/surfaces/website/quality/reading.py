"""Reads pages: their links and what the checks say of them, once for each release and each saved draft.

What is unread is asked of the tables themselves; so nothing has to tell this module about a release, and nothing gets lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.publishing import checks
from stadtnah.publishing.checks import CheckContext, dates
from stadtnah.publishing.checks.document import Document
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.kinds import KINDS, kind_of
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.pages import PublicPage
from stadtnah.surfaces.website.quality import addresses, reviews, targets
from stadtnah.surfaces.website.quality.models import FoundLink, Reading, Remark, Target
from stadtnah.surfaces.website.released import ReleasedPage

logger = logging.getLogger(__name__)
SHAPE: Final = 3  # raise it when something else is read of a page
_LIVE: Final = ReleasedPage.State.LIVE
# What a check says of the page alone. Whether a page is there changes by itself and is judged when somebody asks (`targets`).
_SAID: Final = (checks.LINKS | checks.ACCESS) - {"link-dead", "link-typed-dead"}
_TOGETHER: Final = 100


def unread_public() -> QuerySet[ReleasedPage]:
    """Public pages that were not read as they are. Versions in other languages have the links of their German page."""
    known = Reading.objects.filter(
        object_key=OuterRef("object_key"),
        digest=OuterRef("digest"),
        path=OuterRef("path"),  # which a move changes alone
        draft=False,
        shape=SHAPE,
    )
    return ReleasedPage.objects.filter(~Exists(known), state=_LIVE, original="").order_by("pk")


def unread_drafts() -> QuerySet[Any]:
    """Pages that were not read as they were saved last."""
    known = Reading.objects.filter(
        page=OuterRef("pk"), saved_at=OuterRef("latest_revision_created_at"), draft=True, shape=SHAPE
    )
    pages: QuerySet[Any] = Page.objects.filter(
        ~Exists(known), latest_revision__isnull=False, latest_revision_created_at__isnull=False
    )
    return pages.exclude(pk__in=VersionPage.objects.values("pk")).order_by("pk")


def waiting() -> bool:
    """Whether something is to be read or forgotten."""
    return unread_public().exists() or unread_drafts().exists() or _gone().exists()


def catch_up(most: int, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Reads at most so many of what is unread, forgets what is gone; returns how many. Ends early when told to."""
    _gone().delete()
    context = replace(check_context(), link_exists=lambda _path: True)
    done = 0
    for unread, read in ((unread_public, _read_public), (unread_drafts, _read_draft)):
        while done < most and not stop():
            rows = list(unread()[: min(_TOGETHER, most - done)])
            if not rows:
                break
            for row in rows:
                read(row, context)
            done += len(rows)
    if done:
        Target.objects.filter(~Exists(FoundLink.objects.filter(target=OuterRef("pk")))).delete()
    return done


def _gone() -> QuerySet[Reading]:
    public = ReleasedPage.objects.filter(object_key=OuterRef("object_key"), state=_LIVE)
    return Reading.objects.filter(~Exists(public), draft=False)


def _read_public(row: ReleasedPage, context: CheckContext) -> None:
    content = Content.from_json(row.said())
    reading = Reading(object_key=row.object_key, draft=False, digest=row.digest)
    with transaction.atomic():
        # Whether the draft says something else is to be seen anew.
        Reading.objects.filter(object_key=row.object_key, draft=True).delete()
        _keep(reading, content, context)
        reviews.follow(row)


def _read_draft(page: Any, context: CheckContext) -> None:
    reading = Reading(draft=True, page=page, saved_at=page.latest_revision_created_at)
    own = page.specific
    reading.object_key = own.object_key if isinstance(own, PublicPage) else f"other:{page.pk}"
    content = None
    try:
        content = own.get_latest_revision_as_object().content()
    except Exception:
        # One page that cannot be read must not keep the others from being read.
        logger.exception("page %s cannot be read", page.pk)
    row = ReleasedPage.objects.filter(pk=reading.object_key, state=_LIVE).first()
    reading.same = bool(row and content and content == Content.from_json(row.said()))
    with transaction.atomic():
        _keep(reading, content, context)


def _keep(reading: Reading, content: Content | None, context: CheckContext) -> None:
    Reading.objects.filter(object_key=reading.object_key, draft=reading.draft).delete()
    reading.shape = SHAPE
    if content:
        reading.kind, reading.title, reading.path = kind_of(content), content.title[:255], content.path[:400]
        reading.last_day = _last_day(content, context)
    reading.save()
    if content and not reading.same:
        _keep_links(reading, content, context)
        _keep_remarks(reading, content, context)


def _last_day(content: Content, context: CheckContext) -> date | None:
    """News hold until the end of their validity; what stays looks ahead to the dates in its text."""
    if KINDS[kind_of(content)].dated:
        return _day_of_end(content.valid_until) if content.valid_until else None
    document = Document.of(content)
    return dates.last_day(document, context.now.date()) if document.german else None


def _day_of_end(wall: str) -> date:
    """Midnight belongs to the day before, a day alone is meant whole."""
    end = clock.parse_wall(wall)
    return (end - timedelta(seconds=1)).date() if "T" in wall else end.date()


@dataclass(frozen=True, slots=True)
class _Found:
    aim: addresses.Aim
    text: str
    where: str


def _keep_links(reading: Reading, content: Content, context: CheckContext) -> None:
    found = [
        _Found(aim, link.text[:200], link.where)
        for link in Document.of(content).links
        if (aim := addresses.aim(link.href, content.path, context.own_hosts))
    ]
    targets.note(one.aim for one in found)
    FoundLink.objects.bulk_create(
        FoundLink(reading=reading, target_id=one.aim.key, text=one.text, where=one.where)
        for one in dict.fromkeys(found)
    )


def _keep_remarks(reading: Reading, content: Content, context: CheckContext) -> None:
    Remark.objects.bulk_create(
        Remark(
            reading=reading,
            code=one.code,
            level=one.level.value,
            where=one.where,
            text=one.text,
            excerpt=one.excerpt[:200],
        )
        for one in checks.run(content, context, only=_SAID)
    )
