"""Released content becomes public, or stops being it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.rights import api as rights
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import (
    addresses,
    bake,
    faithful,
    feeds,
    indexnow,
    kinds,
    members,
    overtaken,
    sitemaps,
    store,
    waiting,
)
from stadtnah.surfaces.website.kinds import kind_of
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.models import OldPath, ReleasedPage, SiteListing, StaleUse
from stadtnah.surfaces.website.search import marks as search_marks

logger = logging.getLogger(__name__)
_FEEDS: Final = "/feeds/atom.xml"  # stands for all of them where they wait
_ALL_NEWS: Final = {"town", "list:news"}  # what feeds and the news of search engines are made of


def address_problem(content: Content) -> str:
    """Why this content cannot go to its address, in German; "" when it can."""
    path = versions.place(content)
    longest: int = getattr(ReleasedPage._meta.get_field("path"), "max_length", 0)  # noqa: SLF001 - Django's public way to its fields
    try:
        store.relative(path)
        fits = len(path) <= longest
    except store.StorePathError:
        fits = False
    if not fits:
        return f"Die Adresse {path[:60]}… ist zu lang oder enthält unzulässige Zeichen. Bitte kürzen Sie sie."
    kind = kind_of(content)
    # Whether anything is shown there costs next to nothing for most addresses; all addresses of all lists are read for the others.
    if kinds.at(path) and any(
        path in other.paths() for other in (*kinds.KINDS, *kinds.LISTS) if other.key != kind
    ):
        return f"Unter der Adresse {path} steht eine Liste der Website. Bitte wählen Sie eine andere."
    if problem := versions.problem(content):
        return problem
    if kind in {"page", members.KIND} and addresses.reserved(path):
        return f"Die Adresse {path} ist schon vergeben. Bitte wählen Sie eine andere."
    taken = ReleasedPage.objects.filter(path=path, state=ReleasedPage.State.LIVE)
    if taken.exclude(pk=content.object_key).exists():
        return f"Die Adresse {path} gehört schon zu einer anderen Seite. Bitte wählen Sie eine andere."
    return ""


def put_live(content: Content, digest: str) -> ReleasedPage:
    """Makes this content the public one and bakes its page. Doing it again changes nothing.

    What lists it is baked by `settle`. Raises ValueError when it cannot have its address (nothing is public then),
    OSError, MediaError, and Halted when the release was halted or ended meanwhile (nothing is public then).
    """
    if problem := address_problem(content):
        raise ValueError(problem)
    with transaction.atomic():
        publishing.about_to_show(digest)
        rights.hold_still()
        versions.hold(content)
        row = ReleasedPage.objects.select_for_update().filter(pk=content.object_key).first()
        before, parts = _listed(row), {sitemaps.part_of(row)} if row else set()
        was_at = row.path if row else ""
        if row is None:
            row = _new(content, digest)
        elif row.digest != digest or row.state != ReleasedPage.State.LIVE:
            if problem := _overtaken_by_a_move(row, content, digest):
                raise ValueError(problem)
            _change(row, content, digest)
        make_room([row.path], [row.pk])
        row.save()
        _list_on_sites(row)
        kinds.keep(row)
        OldPath.objects.filter(path=row.path).delete()
        if was_at and row.path != was_at:
            versions.follow(row)
        # Pages that show its title or picture use its key; the lists change only when its place in them does.
        changed = _listed(row) ^ before
        overtaken.changed({row.object_key} | {key for _place, key in changed} | parts | _parts(row))
    bake.bake([versions.baked_at(row)])
    return row


def withdraw(object_key: str, digest: str = "") -> ReleasedPage | None:
    """Takes the page from the public: its address answers 410. None when it never was public.

    `digest` names the released withdrawal, so that nothing older can bring the page back.
    """
    with transaction.atomic():
        publishing.about_to_show(digest)
        row = ReleasedPage.objects.select_for_update().filter(pk=object_key).first()
        if row is None:
            return None
        if row.state != ReleasedPage.State.WITHDRAWN:
            overtaken.changed(shown_in(row))
            row.state, row.updated_at = ReleasedPage.State.WITHDRAWN, clock.now()
            row.digest = digest or row.digest
            row.save(update_fields=["state", "updated_at", "digest"])
            kinds.keep(row)
    bake.bake([versions.baked_at(row)])
    return row


def settle() -> list[str]:
    """Bakes every page that uses something that changed; returns their paths. Safe at any time, also twice."""
    with overtaken.made_good():
        return _settled()


def _settled() -> list[str]:
    started = clock.now()
    due = _due(started)
    stale = set(due.values_list("used", flat=True))
    if not stale:
        return []
    if faithful.restore(at_once=True):
        stale |= set(due.values_list("used", flat=True))
    baked, failed = bake.refresh(stale)
    waiting.note(failed | _beside(stale))
    # What was marked anew meanwhile stays for the next time.
    StaleUse.objects.filter(used__in=stale, marked_at__lte=started).delete()
    return baked


def due() -> bool:
    """Whether there is something to bake. One query."""
    return _due(clock.now()).exists()


def _due(now: datetime) -> QuerySet[StaleUse]:
    others = Q(used__startswith=indexnow.MARK) | Q(used__startswith=search_marks.MARK)
    return StaleUse.objects.exclude(others | waiting.not_yet(now))


def _beside(stale: set[str]) -> set[str]:
    """What is no page is written anew; returns what could not be: it waits as a page does, and keeps none of them from being done."""
    again = waiting.of(stale, {_FEEDS, sitemaps.INDEX})
    failed = set()
    if (_FEEDS in again or _ALL_NEWS & stale) and not _done(feeds.bake_feeds):
        failed.add(_FEEDS)
    if not _done(sitemaps.bake_all if sitemaps.INDEX in again else lambda: sitemaps.refresh(stale)):
        failed.add(sitemaps.INDEX)
    return failed


def _done(act: Callable[[], object]) -> bool:
    try:
        act()
    except Exception:
        logger.exception("feeds or sitemap could not be made")
        return False
    return True


def touch(*used: str) -> None:
    """Says that "town", "menu", "theme" or an object changed, and bakes what uses it."""
    mark(*used)
    settle()


def mark(*used: str) -> None:
    """As `touch`, for where nobody should wait: the ticker bakes within seconds."""
    overtaken.changed(set(used))


def shown_in(row: ReleasedPage) -> set[str]:
    """Everything that is to be made anew when what the public sees of this row changes."""
    return {row.object_key} | {key for _place, key in _listed(row)} | _parts(row)


def _parts(row: ReleasedPage) -> set[str]:
    """What search engines and our own search read of it."""
    found = {sitemaps.part_of(row)}
    # What the German page does decides about its versions too.
    for one in (row, *versions.of(row.object_key)):
        found |= {*indexnow.marks(one.object_key), *search_marks.marks(one.object_key)}
    return found


def _listed(row: ReleasedPage | None) -> set[tuple[str, str]]:
    """(what decides its place, list) for each list it is in."""
    if row is None or row.state != ReleasedPage.State.LIVE:
        return set()
    return kinds.lists_of(row)


def _new(content: Content, digest: str) -> ReleasedPage:
    now = clock.now()
    row = ReleasedPage(object_key=content.object_key, first_released_at=now)
    _fill(row, content, digest, now)
    return row


def _change(row: ReleasedPage, content: Content, digest: str) -> None:
    old_path, old = row.path, row.content
    now = clock.now()
    was_live, since = row.state == ReleasedPage.State.LIVE, row.updated_at
    _fill(row, content, digest, now)
    if row.content != old:
        row.version += 1
    elif was_live:
        row.updated_at = since  # released anew for other channels; citizens read the same
    if row.path != old_path and row.kind != versions.KIND:  # a version leads on with its German page
        OldPath.objects.update_or_create(path=old_path, defaults={"page": row})
    row.state = ReleasedPage.State.LIVE


def _fill(row: ReleasedPage, content: Content, digest: str, now: datetime) -> None:
    row.digest, row.path, row.kind = digest, versions.place(content), kind_of(content)
    row.parent_path = addresses.parent_path(row.path)
    row.content, row.category = content.to_json(), content.category
    may = rights.verdicts(content.media())
    row.withheld = [sha256 for sha256, verdict in may.items() if not verdict.covers(rights.Use.WEBSITE)]
    row.listed = not content.extra.get("site_only", False)
    row.original = str(content.extra.get("of", ""))
    row.updated_at = now
    row.sorted_by = _sorted_by(content, row.first_released_at)


def _list_on_sites(row: ReleasedPage) -> None:
    wanted = members.listing(row)
    row.on_sites.exclude(site__in=wanted).delete()
    new = [SiteListing(page=row, site=site) for site in sorted(wanted)]
    SiteListing.objects.bulk_create(new, ignore_conflicts=True)


def _sorted_by(content: Content, first: datetime) -> datetime:
    if not content.dated:
        return first
    return clock.resolve_wall(datetime.combine(date.fromisoformat(content.dated[:10]), time(12)))


def make_room(paths: Collection[str], for_keys: Collection[str]) -> set[str]:
    """Withdrawn pages make room for others of the same address; a live one does not (`address_problem`). Returns their keys."""
    withdrawn = ReleasedPage.objects.filter(path__in=paths, state=ReleasedPage.State.WITHDRAWN)
    holders = list(withdrawn.exclude(pk__in=for_keys))
    for holder in holders:
        holder.path, holder.parent_path = f"{holder.path}{holder.pk[-12:]}/", holder.path
        holder.save(update_fields=["path", "parent_path"])
        versions.follow(holder)
    return {holder.pk for holder in holders}


def _overtaken_by_a_move(row: ReleasedPage, content: Content, digest: str) -> str:
    """Why this version cannot become public: the page was given another address after it was laid before the municipality."""
    if row.moved_at is None or content.path == row.path or kind_of(content) == versions.KIND:
        return ""
    before = publishing.Approval.objects.filter(pk=digest, request__submitted_at__lt=row.moved_at)
    said = f"Die Seite ist inzwischen umgezogen und steht unter {row.path}. Bitte legen Sie diese Fassung noch einmal vor."
    return said if before.exists() else ""
