"""Tells the municipality which pictures end soon, which were taken down, and where a post still shows one."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import CAUSES, Verdict
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import takedown
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import TownImage


def tell() -> int:
    """Once for each end, after it 30 days before and on the day itself; returns how many pictures. Two queries when there is nothing."""
    return _tell(ended=False) + _tell(ended=True)


def titles(digests: Collection[str] | None = None) -> dict[str, str]:
    """What the desk calls these pictures and films; all of them without `digests`."""
    found: dict[str, str] = {}
    for rows in (TownDocument.objects.all(), TownImage.objects.all()):
        wanted = rows if digests is None else rows.filter(sha256__in=digests)
        found |= dict(wanted.values_list("sha256", "title"))
    return found


def _tell(*, ended: bool) -> int:
    due = rights.to_tell(ended=ended)
    if not due:
        return 0
    names = titles({sha256 for sha256, _verdict in due})
    lines = [
        line
        for sha256, verdict in due
        if sha256 in names
        for line in (_ended if ended else _soon)(sha256, names[sha256], verdict)
    ]
    with transaction.atomic():  # a mail that could not be sent is tried again
        rights.note_told(due)
        if lines:
            publishing.tell_of_rights(lines, ended=ended)
    return len(due)


def _soon(_sha256: str, name: str, verdict: Verdict) -> list[str]:
    return [f"- „{name}“: bis {clock.german_date(verdict.until)}"] if verdict.until else []


def _ended(sha256: str, name: str, verdict: Verdict) -> list[str]:
    why = CAUSES[verdict.cause] if verdict.cause else ""
    rows = takedown.showing([sha256])
    posts = publishing.posts_with([row.pk for row in rows], sha256)
    still = (f"  Noch zu sehen auf {post.account}: {post.url}" for post in posts)
    return [f"- „{name}“, {why}", *still]
