"""A move on its way: laid before the municipality, released, carried out."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import counted
from stadtnah.kernel.town import api as towns
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import bake, indexnow, kinds, overtaken, publish, sitemaps, standing
from stadtnah.surfaces.website.addresses import parent_path
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES
from stadtnah.surfaces.website.released import Move, OldPath, PageUse, ReleasedPage
from stadtnah.surfaces.website.relocating import rule
from stadtnah.surfaces.website.relocating.rule import NotMoved, Plan, plan
from stadtnah.surfaces.website.search import marks as search_marks

PREFIX: Final = "move"
_HEAD: Final = ("Seite", "Bisher", "Künftig")
_CHANGED: Final = (
    "Seit dieser Umzug vorgeschlagen wurde, haben sich Adressen oder Seiten geändert. Bitte geben Sie ihn an die Redaktion "
    "zurück; sie kann ihn neu vorschlagen."
)
_NAMED: Final = 3
_AT_ONCE: Final = 20  # pages made before anything else happens; the others follow within seconds


def key_of(move: Move) -> str:
    """Its object key."""
    return f"{PREFIX}:{move.pk}"


def of_page(page: Any) -> Move | None:
    """The last wish to move this page."""
    return Move.objects.filter(page=page.object_key).first()


def waiting() -> dict[str, publishing.ReleaseRequest]:
    """The moves that wait for the municipality, by the key of the page. Two queries."""
    rows = publishing.ReleaseRequest.objects.filter(object_key__startswith=f"{PREFIX}:", state="open")
    asked = {row.object_key.partition(":")[2]: row for row in rows}
    return {move.page: asked[str(move.pk)] for move in Move.objects.filter(pk__in=asked)}


def propose(page: Any, parent: Any, *, by: User, note: str = "") -> publishing.ReleaseRequest:
    """Lays the move before the municipality; an earlier wish for this page is replaced.

    Raises PermissionDenied, NotMoved, and NotAccepted when nobody could release it.
    """
    access.require(by, Action.MESSAGE_SUBMIT)
    way = plan(page, parent)
    if not way.public:
        raise NotMoved("Öffentlich ist davon nichts. Die Seite lässt sich ohne Freigabe verschieben.")
    wish = {"parent": parent.object_key, "title": way.page.title[:255]}
    with transaction.atomic():
        move, _made = Move.objects.update_or_create(page=page.object_key, defaults=wish)
        made = content(way, key_of(move))
        return publishing.submit(made, {}, by=by, context=check_context(about=made), note=note)


def take_back(page: Any, *, by: User) -> bool:
    """Whoever laid it before the municipality does not want it any more; False when none of theirs waits."""
    move = of_page(page)
    return move is not None and publishing.take_back(key_of(move), by=by)


def move_draft(page: Any, parent: Any, *, by: User) -> Plan:
    """Moves what the public does not see, at once. Raises PermissionDenied, NotMoved."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        _one_at_a_time()
        way = plan(page, parent)
        if way.public:
            raise NotMoved("Davon ist etwas öffentlich. Dieser Umzug braucht die Freigabe der Kommune.")
        _in_the_cms(way, by)
        audit.record("page.moved", actor=by, subject=page.object_key, data={"public": 0})
    return way


def content(way: Plan, object_key: str) -> Content:
    """The move as a text that is read and released like any other: every address, before and after."""
    title, above = way.page.title, way.parent.title
    number = len(way.below)
    few = ", ".join(f"„{escape(step.title)}“" for step in way.below[:_NAMED])
    said = [
        f"<p>Die Seite „{escape(title)}“ steht künftig unter „{escape(above)}“.</p>",
        f"<p>Bisher: {escape(way.old)}<br>Künftig: {escape(way.new)}</p>",
    ]
    if number:
        whole = few if number <= _NAMED else f"{few} und {counted(number - _NAMED, 'weitere', 'weitere')}"
        said.append(
            f"<p>Mit ihr {'zieht eine Seite' if number == 1 else f'ziehen {number} Seiten'} darunter um: {whole}.</p>"
        )
    said.append("<p>Die alten Adressen führen von selbst zu den neuen. Die Texte bleiben, wie sie sind.</p>")
    rows = tuple((step.title, step.old, step.new) for step in way.steps)
    return Content(
        object_key=object_key,
        title=f"Umzug: {title}",
        teaser=f"Aus {way.old} wird {way.new}{_and_below(number)}.",
        path=way.new,
        link=towns.base_url() + way.new,
        blocks=(
            Block("text", html="".join(said)),
            Block("table", title="Alle Adressen, bisher und künftig", rows=(_HEAD, *rows)),
        ),
        extra={
            "kind": PREFIX,
            "moved": way.page.object_key,
            "below": way.parent.object_key,
            "addresses": _pairs(way),
        },
    )


def _and_below(number: int) -> str:
    return f", und {counted(number, 'Seite', 'Seiten')} darunter ziehen mit um" if number else ""


def outdated(released: Content) -> str:
    """Why what was laid before the municipality is not what would happen now, in German; "" when it is."""
    try:
        way = _planned(released)
    except NotMoved as problem:
        return str(problem)
    return "" if _pairs(way) == released.extra["addresses"] else _CHANGED


def put_live(released: Content, digest: str) -> None:
    """Carries the released move out, as it was released or not at all. Doing it again changes nothing.

    Raises NotMoved (a ValueError) when it is not what was released any more, Halted, OSError, MediaError.
    """
    with transaction.atomic():
        publishing.about_to_show(digest)
        _one_at_a_time()
        move = Move.objects.select_for_update().filter(pk=released.object_key.partition(":")[2]).first()
        if move is None:
            raise NotMoved("Diesen Umzug gibt es nicht mehr.")
        if move.digest != digest:
            way = _planned(released)
            if _pairs(way) != released.extra["addresses"]:
                raise NotMoved(_CHANGED)
            _carry_out(way)
            Move.objects.filter(pk=move.pk).update(digest=digest)
            said = {"public": len(released.extra["addresses"]), "digest": digest}
            audit.record("page.moved", subject=released.extra["moved"], data=said)
    first = released.extra["addresses"][:_AT_ONCE]
    bake.bake(new for _key, _old, new in first)
    bake.bake(old for _key, old, _new in first)


def shows(digest: str) -> bool:
    """Whether this release was carried out."""
    return Move.objects.filter(digest=digest).exists()


def progress(move: Move) -> tuple[int, int]:
    """(new addresses that have their page, all) of the release that moved it last; (0, 0) without one. Two queries."""
    snapshot = publishing.Snapshot.objects.filter(pk=move.digest).first() if move.digest else None
    if snapshot is None:
        return 0, 0
    new = [address for _key, _old, address in publishing.content_of(snapshot).extra["addresses"]]
    made = PageUse.objects.filter(path__in=new).order_by().values("path").distinct().count()
    return made, len(new)


def _pairs(way: Plan) -> list[list[str]]:
    return [[step.key, step.old, step.new] for step in way.steps]


def _planned(released: Content) -> Plan:
    page = rule.page_of(released.extra["moved"], rule.types())
    parent = rule.page_of(released.extra["below"], rule.parents())
    if page is None or parent is None:
        raise NotMoved("Die Seite oder ihr neuer Platz ist inzwischen gelöscht.")
    return plan(page, parent)


def _one_at_a_time() -> None:
    """The tree of the CMS is written by one hand at a time, until this transaction ends."""
    list(Page.objects.select_for_update().filter(depth=1).values_list("pk"))


def _in_the_cms(way: Plan, by: User | None) -> None:
    try:
        way.page.move(way.parent, pos="last-child", user=by)
    except ValidationError as problem:
        raise NotMoved(
            f"Die Seite lässt sich dorthin nicht verschieben: {' '.join(problem.messages)}"
        ) from problem


def _carry_out(way: Plan) -> None:
    """The tree of the CMS, the public rows with their versions, the former addresses, and what is made anew for it. Constant in queries, but for batches."""
    rows = ReleasedPage.objects.select_for_update().order_by("pk").in_bulk([step.key for step in way.steps])
    own = list(ReleasedPage.objects.select_for_update().filter(original__in=rows).order_by("pk"))
    stale = _shown(rows.values(), own)
    now, new = clock.now(), [step.new for step in way.steps]
    there = OldPath.objects.filter(path__in=new)
    stale |= {*publish.make_room(new, list(rows)), *there.values_list("page_id", flat=True)}
    there.delete()
    OldPath.objects.bulk_create(
        [OldPath(path=step.old, page=rows[step.key]) for step in way.steps],
        update_conflicts=True,
        update_fields=["page"],
        unique_fields=["path"],
    )
    for step in way.steps:
        _at(rows[step.key], step.new)
        rows[step.key].moved_at = now
    for one in own:
        _at(one, f"{TONGUES[str(one.content['language'])].root}{rows[one.original].path}")
    ReleasedPage.objects.bulk_update([*rows.values(), *own], ["path", "parent_path", "moved_at"])
    for row in rows.values():
        kinds.keep(row)
    overtaken.changed(stale | _shown(rows.values(), own))
    # At last: until the transaction ends whoever adds a page below one of these reads where it stood before.
    _in_the_cms(way, None)


def _at(row: ReleasedPage, path: str) -> None:
    row.path, row.parent_path = path, parent_path(path)


def _shown(rows: Any, own: list[ReleasedPage]) -> set[str]:
    """Everything that shows one of these rows as they stand, or a version of one; as `publish.shown_in`, without a query for each."""
    found = {search for one in own for search in (*search_marks.marks(one.pk), *indexnow.marks(one.pk))}
    for row in rows:
        found |= {
            row.object_key,
            sitemaps.part_of(row),
            *(key for _place, key in kinds.lists_of(row)),
            *search_marks.marks(row.object_key),
            *indexnow.marks(row.object_key),
        }
    return found


def _find(key: str) -> standing.Standing | None:
    move = Move.objects.filter(pk=key).first()
    return _standing(move) if move else None


def _titles(object_keys: Any) -> dict[str, str]:
    keys = [key.partition(":")[2] for key in object_keys]
    rows = Move.objects.filter(pk__in=keys).values_list("pk", "title")
    return {f"{PREFIX}:{pk}": f"Umzug: {title}" for pk, title in rows}


def _standing(move: Move) -> standing.Standing:
    return standing.Standing(
        object_key=key_of(move),
        title=f"Umzug: {move.title}",
        slug="umzug",
        screen="desk_move",
        args=(move.page.partition(":")[2],),
        right=Action.MESSAGE_SUBMIT,
        public=_nothing,
        put_live=put_live,
        shows=shows,
        outdated=outdated,
    )


def _nothing() -> None:
    """A move has no version before it: its own text says how it was and how it will be."""
    return


standing.register_family(standing.Family(prefix=PREFIX, find=_find, titles=_titles))
