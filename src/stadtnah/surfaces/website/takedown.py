"""Taking a picture or film down from every page, once it may not be shown on the website.

A restriction, not a publication: it needs no release, and nothing released is changed. Each public row keeps which of its pictures are
withheld; pages, lists, feeds, search and sitemaps are made from the rest, and the files go with the last page that uses them. A picture comes
back as it came: with a release of the page, when its rights allow it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.dispatch import receiver

from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Use
from stadtnah.surfaces.website import bake, overtaken, publish
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage

_AT_ONCE: Final = 20
_DIGEST: Final = re.compile(r'"([0-9a-f]{64})"')


@receiver(rights.changed)
def _rights_changed(digests: set[str], **_: Any) -> None:
    """In the transaction of the change: a consent that was taken back and a picture that stays cannot both be true."""
    enforce(digests)


def look() -> int:
    """Takes down what ended by the calendar, each by itself: nobody waits for all of them. One query when nothing did."""
    return sum(enforce({sha256}) for sha256 in sorted(rights.overdue()))


def enforce(digests: Collection[str]) -> int:
    """Takes down those that may not stand on the website; returns how many. Again changes nothing."""
    down: dict[str, rights.Cause] = {}
    with rights.alone():
        verdicts = rights.verdicts(digests)
        for sha256 in sorted(digests):
            cause = verdicts[sha256].why_not(Use.WEBSITE)
            if rights.note_taken_down(sha256, down=cause is not None) and cause is not None:
                down[sha256] = cause
        if not down:
            return 0
        on, stale, pages = _on(down), set[str](), list[str]()
        number = Counter(sha256 for gone in on.values() for sha256 in gone)
        for row in ReleasedPage.objects.select_for_update().filter(pk__in=on).order_by("pk"):
            stale |= _withhold(row, on[row.pk])
            pages.append(versions.baked_at(row))
        # After every row is held, and in one order: whoever withdraws a page meanwhile marks and tells, too.
        overtaken.changed(stale)
        for sha256, cause in down.items():
            said = {"cause": cause.value, "pages": number[sha256]}
            audit.record("picture.taken_down", subject=f"picture:{sha256}", data=said)
        # The pages themselves do not wait for every list; what is not made here, `publish.settle` makes.
        transaction.on_commit(partial(bake.bake, pages[:_AT_ONCE]), robust=True)
    return len(down)


def _on(digests: Collection[str]) -> dict[str, set[str]]:
    """By the key of each public page which of these it was released with. All are read once: a consent may cover hundreds of pictures."""
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE).order_by()
    raws = rows.annotate(raw=Cast("content", TextField())).values_list("pk", "raw").iterator()
    found = ((key, set(_DIGEST.findall(raw)).intersection(digests)) for key, raw in raws)
    return {key: gone for key, gone in found if gone}


def showing(digests: Iterable[str]) -> QuerySet[ReleasedPage]:
    """The public rows whose content names one of these. It reads them all: for single pictures, not for pages."""
    named = Q(pk__in=())
    for sha256 in digests:
        named |= Q(raw__contains=sha256)
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE)
    return rows.annotate(raw=Cast("content", TextField())).filter(named)


def taken_from(object_key: str) -> list[rights.MediaRights]:
    """The pictures and films that this public page was released with and does not show any more."""
    row = ReleasedPage.objects.filter(pk=object_key, state=ReleasedPage.State.LIVE).first()
    gone = row.withheld if row else []
    rows = rights.MediaRights.objects.filter(pk__in=gone).prefetch_related("consents") if gone else []
    return list(rows)


def note_use() -> int:
    """Notes of each picture with rights that it is public today: the retention of people's names counts from the last time."""
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE)
    seen = {one for row in rows.iterator(chunk_size=200) for one in row.shown().media()}
    return rights.note_used(seen)


def _withhold(row: ReleasedPage, gone: set[str]) -> set[str]:
    """What is to be made anew."""
    row.withheld = sorted({*row.withheld, *gone})
    row.save(update_fields=["withheld"])
    return publish.shown_in(row) | {versions.use(row.original or row.pk)}
