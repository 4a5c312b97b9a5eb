"""Counting, and what the municipality reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.helpful.models import PageVerdict
from stadtnah.surfaces.website.released import ReleasedPage

_FEW: Final = 10  # answers; below, a share of a hundred would say more than was said


@dataclass(frozen=True, slots=True)
class Verdict:
    """A public page and what was said of it. share: how many of a hundred said no. revised: since the counting began."""

    page: ReleasedPage
    counted: PageVerdict
    revised: bool

    @property
    def total(self) -> int:
        """All answers."""
        return self.counted.yes + self.counted.no

    @property
    def share(self) -> int | None:
        """Of a hundred answers so many said no; None while there are too few for that."""
        return round(100 * self.counted.no / self.total) if self.total >= _FEW else None


def public(object_key: str) -> ReleasedPage | None:
    """The public page with this key."""
    if not object_key or len(object_key) > 80 or "\0" in object_key:  # noqa: PLR2004 - the field
        return None
    return ReleasedPage.objects.filter(pk=object_key, state=ReleasedPage.State.LIVE).first()


def count(page: ReleasedPage, *, helpful: bool) -> None:
    """One more."""
    rows = PageVerdict.objects.filter(pk=page.pk)
    more = {"yes": F("yes") + 1} if helpful else {"no": F("no") + 1}
    if not rows.update(**more):
        PageVerdict.objects.get_or_create(pk=page.pk, defaults={"since": clock.local(clock.now()).date()})
        rows.update(**more)


def verdicts(words: str = "") -> list[Verdict]:
    """All pages with an answer, the most „no“ first. Two queries."""
    counted = {row.pk: row for row in PageVerdict.objects.order_by("-no", "object_key")}
    pages = ReleasedPage.objects.filter(pk__in=counted, state=ReleasedPage.State.LIVE).defer("content")
    pages = pages.annotate(title=KeyTextTransform("title", "content"))
    if words:
        pages = pages.filter(content__title__icontains=words)
    shown = {page.pk: page for page in pages}
    return [
        Verdict(shown[key], row, clock.local(shown[key].updated_at).date() > row.since)
        for key, row in counted.items()
        if key in shown
    ]


def begin_anew(object_key: str, *, by: User) -> bool:
    """Counts from nothing, once the page was revised; False when there was nothing. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    return bool(PageVerdict.objects.filter(pk=object_key).delete()[0])
