"""Imported history on its way to the public: laid before the municipality together, released together, for the website.

Each message keeps a snapshot and a digest of its own; "together" saves clicks, not the look at what is released. Whoever
lays them before the municipality is their author (four eyes), so an agency can do that much and no more.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.findings import Level
from stadtnah.surfaces.website import edits, sending
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.moving_in.models import NOT_READY, ImportedItem, ImportRun
from stadtnah.surfaces.website.pages import MessagePage, SentFields

WEBSITE_ALONE: dict[str, Any] = {}  # website and feeds always belong to it; no other account is switched on
_UNDATED = (
    "Ohne Datum stünde sie als neueste Meldung auf der Startseite. Bitte tragen Sie im Entwurf unter „Ort und Gültigkeit“ ein, "
    "von welchem Tag sie ist."
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far the messages of one import are."""

    drafts: int
    waiting: int
    public: int
    to_edit: int  # drafts whose errors must be mended by hand first


def items_of(run: ImportRun) -> QuerySet[ImportedItem]:
    """The messages of a run's source that still exist."""
    return ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False)


def numbers(run: ImportRun) -> Numbers:
    """Counted from the tables, in a constant number of queries."""
    keys = _keys(run)
    requests = publishing.ReleaseRequest.objects.filter(object_key__in=keys)
    public = set(
        publishing.Snapshot.objects.filter(object_key__in=keys, kind="message", approval__isnull=False)
        .values_list("object_key", flat=True)
        .distinct()
    )
    waiting = set(requests.filter(state="open").values_list("object_key", flat=True)) - public
    to_edit = items_of(run).filter(reason_de__startswith=NOT_READY).count()
    return Numbers(len(keys) - len(waiting) - len(public), len(waiting), len(public), to_edit)


def singly(run: ImportRun) -> list[ImportedItem]:
    """Those that were released before and have a draft that the municipality did not see yet. Two queries.

    No list releases them (`_website_alone`): whoever releases sees there what changes, so each goes a way of its own.
    """
    seen = publishing.ReleaseRequest.objects.filter(
        object_key__in=items_of(run).values("object_key"), state__in=["open", "released"]
    )
    rows = (
        seen.order_by().values_list("object_key").annotate(last=Max("submitted_at"), times=Count("approvals"))
    )
    known = {key: last for key, last, times in rows if times}
    items = items_of(run).filter(object_key__in=list(known)).select_related("page").order_by("position")
    return [
        item
        for item in items
        if item.page and (saved := item.page.latest_revision_created_at) and saved > known[item.object_key]
    ]


def own_way(run: ImportRun) -> list[ImportedItem]:
    """Drafts for which somebody chose channels or a time: together they would go to the website alone, so each goes by itself."""
    begun = _begun(run)
    items = items_of(run).exclude(object_key__in=begun).order_by("position")
    keys = {page: key for page, key in items.values_list("page_id", "object_key") if page}
    apart = sending.singly(keys)
    return list(items.filter(object_key__in=apart).select_related("page")) if apart else []


def held(run: ImportRun, *, most: int) -> list[tuple[ImportedItem, str]]:
    """Drafts that would not be laid before the municipality as they are, each with what is to be done; of `most` at most."""
    begun, context = _begun(run), check_context()
    begun |= {item.object_key for item in own_way(run)}
    found = []
    for item in items_of(run).order_by("position")[:most]:
        if item.object_key in begun:
            continue
        page = Page.objects.get(pk=item.page_id).specific.get_latest_revision_as_object()
        if why := _not_ready(page, context):
            found.append((item, why))
    return found


def _not_ready(page: Any, context: Any) -> str:
    """What keeps a draft from the municipality, as `_submitted` will find it; "" when nothing does."""
    if isinstance(page, MessagePage) and page.dated is None:
        return _UNDATED
    content = page.content()
    entries = publishing.compose_draft(content, WEBSITE_ALONE)
    errors = (f.text for f in publishing.findings_of(content, entries, context) if f.level is Level.ERROR)
    return next(errors, "")


def lay_before(run_id: UUID | str, by: User, *, ending: Callable[[], bool] = lambda: False) -> int:
    """Gives every draft of a run to the municipality; returns how many. What has errors says so and stays a draft, and so does `own_way`.

    May be broken off and called again. Raises PermissionDenied without the right to submit.
    """
    access.require(by, Action.MESSAGE_SUBMIT)
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        return 0
    rows = list(items_of(run).order_by("position").values_list("pk", "page_id", "object_key"))
    begun = _begun(run)
    done = 0
    for pk, page_id, key in rows:
        if ending():
            break
        if key not in begun:
            done += _submitted(pk, page_id, by)
    return done


def _submitted(item_id: int, page_id: int, by: User) -> bool:
    page = Page.objects.get(pk=page_id).specific.get_latest_revision_as_object()
    if sending.chooses(page) and sending.singly({page_id: page.object_key}):  # `own_way` names it
        return False
    if isinstance(page, MessagePage) and page.dated is None:
        ImportedItem.objects.filter(pk=item_id).update(reason_de=f"{NOT_READY} {_UNDATED}")
        return False
    try:
        publishing.submit(
            content := page.content(),
            WEBSITE_ALONE,
            by=by,
            context=check_context(),
            note=page.note if isinstance(page, SentFields) else "",
            announce=False,
            writers=edits.writers(page, content),
        )
    except publishing.NotAccepted as problem:
        first = problem.findings[0].text if problem.findings else str(problem)
        ImportedItem.objects.filter(pk=item_id).update(reason_de=f"{NOT_READY} {first}")
        return False
    ImportedItem.objects.filter(pk=item_id).update(reason_de="")
    return True


def waiting(run: ImportRun) -> QuerySet[publishing.ReleaseRequest]:
    """The requests of a run that wait for the municipality, in the order of the file."""
    rows = _website_alone().filter(object_key__in=_keys(run))
    return rows.select_related("submitted_by").order_by("submitted_at", "pk")


def _website_alone() -> QuerySet[publishing.ReleaseRequest]:
    """Open requests that go nowhere but to the website, at once, and for the first time: no other may be released unseen."""
    public = publishing.Snapshot.objects.filter(object_key=OuterRef("object_key"), approval__isnull=False)
    return publishing.website_alone().exclude(Exists(public))


def waiting_together() -> tuple[set[str], list[tuple[ImportRun, int]]]:
    """Object keys of imported messages that wait for the municipality, and the runs they are released with: (run, how many).

    Four queries, however many wait.
    """
    open_keys = list(_website_alone().values_list("object_key", flat=True))
    items = ImportedItem.objects.filter(object_key__in=open_keys, page__isnull=False)
    sources = dict(items.values_list("object_key", "source_key"))
    newest = {run.source_key: run for run in ImportRun.objects.order_by("created_at")}
    found = Counter(source for source in sources.values() if source in newest)
    return set(sources), [(newest[source], number) for source, number in found.items()]


def fingerprint(requests: Iterable[publishing.ReleaseRequest]) -> str:
    """One digest over the digests that a list shows: the release holds for exactly these."""
    return hashlib.sha256("\n".join(sorted(row.snapshot_id for row in requests)).encode()).hexdigest()


def release_all(
    run: ImportRun, *, by: User, seen: str, second_factor: bool = False
) -> publishing.BulkRelease:
    """Begins to release what the list showed; the rest is done in the background, under the digests of this moment.

    Raises Outdated when the list is not what was shown, PermissionDenied for whoever wrote it or may not release.
    """
    access.require(by, Action.IMPORT_RELEASE)
    rows = list(waiting(run))
    if fingerprint(rows) != seen:
        raise publishing.Outdated(
            "Die Liste hat sich geändert, während Sie sie ansahen. Bitte sehen Sie sie noch einmal an."
        )
    named = [(row.pk, row.snapshot_id) for row in rows]
    return publishing.release_in_bulk(named, by=by, subject=_subject(run), second_factor=second_factor)


def stop_releasing(run: ImportRun, *, by: User) -> bool:
    """What is released stays so, the rest waits again. False when nothing was going on."""
    access.require(by, Action.IMPORT_RELEASE)
    return publishing.stop_bulk(_subject(run), by=by)


def releasing(run: ImportRun) -> publishing.Progress | None:
    """How far the last click on the list of this run's source is; None when there was none."""
    return publishing.bulk_progress(_subject(run))


def _subject(run: ImportRun) -> str:
    return f"import:{run.source_key}"


def _keys(run: ImportRun) -> list[str]:
    return list(items_of(run).values_list("object_key", flat=True))


def _begun(run: ImportRun) -> set[str]:
    """Messages that are laid before the municipality or were released already."""
    keys = _keys(run)
    requests = publishing.ReleaseRequest.objects.filter(object_key__in=keys, state__in=["open", "released"])
    return set(requests.values_list("object_key", flat=True))
