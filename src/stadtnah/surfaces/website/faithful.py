"""The website's own copy is what was released: a row may be written past every door, a snapshot may not.

`ReleasedPage` and `Town` hold copies, for lists, menus and frames. Before anything is baked from them they are compared with the snapshots
that they name, whose digests are computed anew. What differs is put back as it was released, and the log says so. A row that names a
snapshot of something else (a withdrawn page made live) is withdrawn; one that names none is withdrawn by the hour. What was found the
same is known by its bytes, once per process.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.town.api import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, lists, overtaken
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage

logger = logging.getLogger(__name__)
_TOWN: Final = "town"  # what every page uses of the municipality (`PageUse`)
_AT_ONCE: Final = 500
LARGE: Final = 2_000  # rows; reading so many takes some 50 ms
# By key: what a row looked like (digest and bytes in one hash) when it was found to say what its snapshot says. Two at most, as
# PostgreSQL writes JSON in other bytes than `json.dumps`; some 400 bytes a row.
_same: dict[str, tuple[bytes, ...]] = {}


def restore(*, at_once: bool = False, strict: bool = False) -> int:
    """Puts back every public row that is not what was released; returns how many.

    `at_once`: before a few pages are made, where reading every row of a large website would take longer than making them.
    There the page itself (`true`) and what it shows of others (`restore_shown`) are compared, and all of them every hour.
    `strict`: rows that name no snapshot are withdrawn, too. Three queries when all is well and known.
    """
    large = at_once and ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE).count() > LARGE
    wrong = [] if large else list(_differing(strict=strict))
    for key in wrong:
        _put_back(key)
    return len(wrong) + _town_put_back()


def restore_shown(keys: Iterable[str]) -> int:
    """As `restore`, for the public rows among these keys: what a page or a feed shows of others. Returns how many were put back.

    One query; none when all were compared before, while many pages are made.
    """
    seen = lists.once("as released", set[str])
    new = {key for key in keys if ":" in key} - seen
    wrong = list(_differing(pk__in=new)) if new else []
    for key in wrong:
        _put_back(key)
    seen |= new
    return len(wrong)


def true(*rows: ReleasedPage) -> list[ReleasedPage]:
    """These rows, the public ones as they were released. One query, none when their bytes are known."""
    raws = {row.pk: json.dumps(row.content) for row in rows if row.state == ReleasedPage.State.LIVE}
    unknown = [row for row in rows if row.pk in raws and not _known(row.pk, row.digest, raws[row.pk])]
    released = _released(row.digest for row in unknown) if unknown else {}
    for row in unknown:
        if row.digest in released and not _fits(row.pk, row.digest, raws[row.pk], released):
            _put_back(row.pk)
            row.refresh_from_db()
    return list(rows)


def differing() -> list[str]:
    """The addresses of public rows that are not what their snapshots say, or name none; "/" for the facts of the municipality."""
    keys = set(_differing(strict=True))
    found = list(ReleasedPage.objects.filter(pk__in=keys).order_by("path").values_list("path", flat=True))
    town = Town.objects.first()
    return [*found, "/"] if town and _wrong_facts(town) else found


def _differing(*, strict: bool = False, **among: Any) -> Iterator[str]:
    """The keys of the rows. `strict`: also of those that name no snapshot there is."""
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE, **among).annotate(
        raw=Cast("content", TextField())
    )
    some: dict[str, tuple[str, str]] = {}
    for key, digest, raw in rows.order_by().values_list("object_key", "digest", "raw").iterator():
        if not _known(key, digest, raw):
            some[key] = (digest, raw)
        if len(some) >= _AT_ONCE:
            yield from _wrong_of(some, strict=strict)
            some = {}
    yield from _wrong_of(some, strict=strict)


def _wrong_of(rows: dict[str, tuple[str, str]], *, strict: bool) -> Iterator[str]:
    released = _released(digest for digest, _raw in rows.values()) if rows else {}
    for key, (digest, raw) in rows.items():
        if digest not in released:
            if strict:
                yield key
        elif not _fits(key, digest, raw, released):
            yield key


def _fits(key: str, digest: str, raw: str, released: dict[str, publishing.Snapshot]) -> bool:
    """Whether these bytes say what the snapshot says; remembered when they do."""
    said = _content(released[digest], key)
    try:
        same = said is not None and Content.from_json(json.loads(raw)) == said
    except (ValueError, TypeError, KeyError, AttributeError):  # no content at all
        same = False
    if same:
        _same[key] = (_mark(digest, raw), *_same.get(key, ())[:1])
    return same


def _put_back(key: str) -> None:
    """The row as its snapshot says, and what shows it is made anew."""
    with transaction.atomic():
        row = ReleasedPage.objects.select_for_update().filter(pk=key, state=ReleasedPage.State.LIVE).first()
        said = _content(_released([row.digest]).get(row.digest), key) if row else None
        if row is None:
            return
        stale = {row.object_key, *_lists(row)}
        if said is None:
            row.state = ReleasedPage.State.WITHDRAWN
        else:
            row.content = said.to_json()
        row.save(update_fields=["content", "state"])
        kinds.keep(row)
        overtaken.changed(stale | _lists(row))
        audit.record("website.put_back", subject=key, data={"digest": row.digest, "shown": said is not None})
    logger.error("the row of %s was not what was released; it was put back", row.path[:120])


def _lists(row: ReleasedPage) -> set[str]:
    try:
        return {versions.use(row.original or row.pk), *(used for _place, used in kinds.lists_of(row))}
    except (TypeError, KeyError, AttributeError):  # what stands in it is no content
        return set()


def _town_put_back() -> int:
    town = Town.objects.first()
    wrong = _wrong_facts(town) if town else {}
    if town is None or not wrong:
        return 0
    with transaction.atomic():
        Town.objects.filter(pk=town.pk).update(**wrong)
        overtaken.changed({_TOWN})
        audit.record("website.put_back", subject="town", data={"fields": sorted(wrong)})
    logger.error(
        "the facts of the municipality were not what was released (%s); put back", ", ".join(sorted(wrong))
    )
    return 1


def _wrong_facts(town: Town) -> dict[str, Any]:
    """What was released of the facts that the row says otherwise; nothing before their first release."""
    digest = str(town.extra.get("released", ""))
    snapshot = _released([digest]).get(digest) if digest else None
    said = _content(snapshot, snapshot.object_key) if snapshot else None
    facts: dict[str, Any] = said.extra.get("facts", {}) if said else {}
    return {name: value for name, value in facts.items() if getattr(town, name) != value}


def _released(digests: Iterable[str]) -> dict[str, publishing.Snapshot]:
    return {found.digest: found for found in publishing.Snapshot.objects.filter(digest__in=set(digests))}


def _content(snapshot: publishing.Snapshot | None, key: str) -> Content | None:
    """What it says of this object; None when it is damaged, of another one, or takes it back."""
    try:
        return publishing.content_of(snapshot) if snapshot and snapshot.object_key == key else None
    except (publishing.SnapshotDamaged, KeyError, TypeError):
        return None


def _known(key: str, digest: str, raw: str) -> bool:
    return _mark(digest, raw) in _same.get(key, ())


def _mark(digest: str, raw: str) -> bytes:
    return hashlib.sha256(f"{digest}\0{raw}".encode()).digest()
