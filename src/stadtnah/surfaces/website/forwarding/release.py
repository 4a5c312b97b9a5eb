"""The list of forwardings on its way: laid before the municipality, released, public."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final
from uuid import UUID

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as towns
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import publish, standing
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.forwarding import addresses, leading
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.models import Forwarding, Origin, ReleasedForwarding, ReleasedList
from stadtnah.surfaces.website.released import OldPath, ReleasedPage

TITLE: Final = "Weiterleitungen"
KEY: Final = UUID("00000000-0000-4000-8000-000000000002")
OBJECT_KEY: Final = f"forwardings:{KEY}"
_HEAD: Final = ("Alte Adresse", "Ziel", "Grund")
_REASONS: Final = dict(Origin.choices)
Rows = list[tuple[str, str, str]]  # old path, target, origin


def propose(*, by: User, note: str = "") -> publishing.ReleaseRequest | None:
    """Lays the list before the municipality; None when it is as the public sees it. What has no public target yet stays behind.

    Raises PermissionDenied, and NotAccepted when nobody could release it.
    """
    access.require(by, Action.MESSAGE_SUBMIT)
    rows, public = _ready(), public_rows()
    if rows == public:
        publishing.take_back(OBJECT_KEY, by=by)
        return None
    made, writers = content(rows), _writers({row[0] for row in set(rows) ^ set(public)})
    return publishing.submit(made, {}, by=by, context=check_context(about=made), note=note, writers=writers)


def _writers(paths: set[str]) -> set[User]:
    """Everybody who touched one of these lines since the public saw it as it was."""
    touched = Forwarding.objects.filter(path__in=paths).values_list("writers", flat=True)
    return set(User.objects.filter(pk__in={one for some in touched for one in some}))


def held_back() -> list[str]:
    """Old addresses that stay behind until their target is public."""
    ready = {path for path, _target, _origin in _ready()}
    return [row.path for row in Forwarding.objects.filter(removed=False) if row.path not in ready]


def public_rows() -> Rows:
    """What the public is led by."""
    return list(ReleasedForwarding.objects.values_list("path", "target", "origin"))


def public_content() -> Content:
    """The same as content: what a proposal is compared with."""
    return content(public_rows())


def waiting() -> publishing.ReleaseRequest | None:
    """The list that waits for the municipality."""
    rows = publishing.ReleaseRequest.objects.filter(object_key=OBJECT_KEY, state="open")
    return rows.select_related("snapshot").first()


def waiting_rows() -> dict[str, str] | None:
    """Old path to target of the list that waits, None when none does."""
    row = waiting()
    if row is None:
        return None
    return {path: target for path, target, _origin in _rows_of(publishing.content_of(row.snapshot))}


def content(rows: Rows) -> Content:
    """The list as a text that is read and released like any other."""
    outside = [target for _path, target, _origin in rows if addresses.is_elsewhere(target)]
    blocks = (
        [
            Block(
                "table",
                title="Alte Adresse und Ziel",
                rows=(
                    _HEAD,
                    *((path, target, _REASONS.get(origin, origin)) for path, target, origin in rows),
                ),
            )
        ]
        if rows
        else []
    )
    if outside:
        said = f"<p>Ziele außerhalb der Website der Kommune: {escape(', '.join(sorted(set(outside))))}</p>"
        blocks.insert(0, Block("callout", title="Führt von der Website fort", html=said, style="warning"))
    return Content(
        object_key=OBJECT_KEY,
        title=TITLE,
        teaser="Wer eine dieser alten Adressen aufruft, kommt zum Ziel.",
        path="/",
        link=f"{towns.base_url()}/",
        blocks=tuple(blocks),
        extra={"kind": "forwardings", "rows": [list(row) for row in rows]},
    )


def shows(digest: str) -> bool:
    """Whether the public is led by this release."""
    return ReleasedList.objects.filter(digest=digest).exists()


def put_live(released: Content, digest: str) -> None:
    """Makes the released list public; pages follow in seconds. Doing it again changes nothing. Raises Halted."""
    new = {path: (target, origin) for path, target, origin in _rows_of(released)}
    with transaction.atomic():
        publishing.about_to_show(digest)
        old = {path: (target, origin) for path, target, origin in public_rows()}
        changed = {path for path in new.keys() | old.keys() if new.get(path) != old.get(path)}
        ReleasedForwarding.objects.filter(path__in=changed).delete()
        ReleasedForwarding.objects.bulk_create(
            ReleasedForwarding(path=path, target=new[path][0], origin=new[path][1])
            for path in sorted(changed & new.keys())
        )
        ReleasedList.objects.update_or_create(id=1, defaults={"digest": digest})
        _follow(new)
        if changed:
            publish.mark(*map(leading.mark_of, changed), *_pages_of_short(changed, old, new))
            audit.record(
                "forwardings.changed", subject=OBJECT_KEY, data={"number": len(changed), "digest": digest}
            )


def _pages_of_short(changed: set[str], *lists: dict[str, tuple[str, str]]) -> set[str]:
    """The keys of pages that show a short address which came, went, or leads elsewhere now."""
    short = {path for path in changed if path.startswith(leading.SHORT)}
    targets = {rows[path][0] for rows in lists for path in short & rows.keys()}
    moved = OldPath.objects.filter(path__in=targets).values_list("page_id", flat=True)
    return {*ReleasedPage.objects.filter(path__in=targets).values_list("object_key", flat=True), *moved}


def _follow(new: dict[str, tuple[str, str]]) -> None:
    """What was to go is gone; what the list has and nobody wants any more (a backup was put back) is wanted again."""
    Forwarding.objects.filter(removed=True).exclude(path__in=new).delete()
    rows = {row.path: row for row in Forwarding.objects.select_for_update()}
    missing = new.keys() - rows.keys()
    Forwarding.objects.bulk_create(
        Forwarding(path=path, target=new[path][0], origin=new[path][1], changed_at=clock.now())
        for path in sorted(missing)
    )
    public = [
        path
        for path in new.keys() - missing
        if (rows[path].target, rows[path].origin) == new[path] and not rows[path].removed
    ]
    Forwarding.objects.filter(path__in=public).update(writers=[])


def _rows_of(found: Content) -> Iterable[tuple[str, str, str]]:
    return [(str(path), str(target), str(origin)) for path, target, origin in found.extra["rows"]]


def _ready() -> Rows:
    """What can be laid before the municipality: leads somewhere, or is public as it is."""
    ground = Ground.now()
    rows = Forwarding.objects.filter(removed=False).values_list("path", "target", "origin")
    return [row for row in rows if ground.released.get(row[0]) == row[1] or _leads(row[0], row[1], ground)]


def _leads(path: str, target: str, ground: Ground) -> bool:
    way = ground.way(path, target)
    end = way[-1]
    if end in way[:-1] or ground.taken(path):
        return False
    return addresses.is_elsewhere(end) or ground.exists(end)


standing.register(
    standing.Standing(
        object_key=OBJECT_KEY,
        title=TITLE,
        slug="weiterleitungen",
        screen="desk_forwardings",
        right=Action.MESSAGE_SUBMIT,
        public=public_content,
        put_live=put_live,
        shows=shows,
    )
)
