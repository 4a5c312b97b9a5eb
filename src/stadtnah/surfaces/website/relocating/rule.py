"""Whether a page may stand below another one, and what that changes: its address, and the addresses of all public pages below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from stadtnah.kernel.text import counted
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import addresses, kinds, store
from stadtnah.surfaces.website.forwarding.models import Forwarding, ReleasedForwarding
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES
from stadtnah.surfaces.website.membersites.models import MemberSitePage, root_above
from stadtnah.surfaces.website.pages import HomePage, TreePage
from stadtnah.surfaces.website.released import ReleasedPage

DEEPEST: Final = 10  # parts of an address
MOST: Final = 3000  # pages that one release can show
_NAMED: Final = 3
_IN_LANGUAGES: Final = max(len(one.root) for one in TONGUES.values())  # what a version has before the address
_LIVE: Final = ReleasedPage.State.LIVE


class NotMoved(ValueError):
    """The page stays where it is; the text says why and what can be done, in German."""


class Node(NamedTuple):
    """A page of the CMS. path: its place in the tree there, not its address."""

    path: str
    slug: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A public page and its addresses, before and after."""

    key: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the move does. steps: the public pages, the page itself first when it is one. drafts: how many pages come along that the public does not see."""

    page: Any
    parent: Any
    old: str
    new: str
    steps: tuple[Step, ...]
    drafts: int

    @property
    def public(self) -> bool:
        """Whether the public sees something of it, so that it needs a release."""
        return bool(self.steps)

    @property
    def below(self) -> tuple[Step, ...]:
        """The public pages below the page."""
        return tuple(step for step in self.steps if step.key != self.page.object_key)


def types() -> list[Any]:
    """The types of pages that can move; all others have a place of their own."""
    return [kind.page for kind in kinds.KINDS if issubclass(kind.page, TreePage)]


def movable(page: Any) -> bool:
    """Whether a page of this type can have another place at all."""
    return isinstance(page, TreePage)


def parents() -> list[Any]:
    """The types of pages that others can stand below."""
    return [HomePage, MemberSitePage, *types()]


def page_of(object_key: str, among: Iterable[Any]) -> Any:
    """The page with this key of one of these types; None when there is none. A query for each type at most."""
    prefix, _colon, key = object_key.partition(":")
    for kind in among:
        if kind.key_prefix == prefix and (found := kind.objects.filter(uuid=key).first()):
            return found
    return None


def nodes(among: Iterable[Any], **wanted: Any) -> list[Node]:
    """The pages of these types, each before those below it. One query for each type."""
    found = []
    for kind in among:
        rows = kind.objects.filter(**wanted).order_by().values_list("path", "slug", "uuid", "title")
        found += [Node(path, slug, f"{kind.key_prefix}:{uuid}", title) for path, slug, uuid, title in rows]
    return sorted(found)


def plan(page: Any, parent: Any) -> Plan:
    """What happens when the page moves below `parent`. Raises NotMoved. The number of queries does not grow with the pages."""
    page, parent = _anew(page), _anew(parent)
    _may_stand(page, parent)
    subtree = nodes(types(), path__startswith=page.path)
    new = _addresses(page, parent.public_path(), subtree)
    rows = ReleasedPage.objects.filter(state=_LIVE).in_bulk(list(new))
    steps = tuple(
        Step(key, rows[key].content["title"], rows[key].path, address)
        for key, address in new.items()
        if key in rows and rows[key].path != address
    )
    _free(new)
    _at_rest({node.key: node.title for node in subtree})
    if steps:
        _public(parent)
        _leads_on([step.old for step in steps])
    key = page.object_key
    old = rows[key].path if key in rows else page.public_path()
    return Plan(page, parent, old, new[key], steps, len(subtree) - len(steps))


def _anew(page: Any) -> Any:
    found = type(page).objects.filter(pk=page.pk).first()
    if found is None:
        raise NotMoved("Diese Seite gibt es nicht mehr. Bitte laden Sie die Liste der Seiten neu.")
    return found


def _may_stand(page: Any, parent: Any) -> None:
    if not movable(page):
        raise NotMoved("Diese Seite hat ihren festen Platz auf der Website und lässt sich nicht verschieben.")
    if type(parent) not in type(page).allowed_parent_page_models():
        raise NotMoved(
            f"Unter „{parent.title}“ kann diese Seite nicht stehen. Bitte wählen Sie eine andere Seite."
        )
    if parent.path.startswith(page.path):
        raise NotMoved("Eine Seite kann nicht unter sich selbst stehen. Bitte wählen Sie eine andere Seite.")
    if page.path[: -page.steplen] == parent.path:
        raise NotMoved(f"Die Seite steht schon unter „{parent.title}“.")
    if root_above(page) != site_of(parent):
        raise NotMoved(
            "Eine Seite bleibt in ihrem Auftritt: In einem anderen hätte sie ein anderes Aussehen und ein anderes "
            "Menü. Bitte legen Sie sie dort neu an."
        )
    if parent.get_children().filter(slug=page.slug).exists():
        taken = f"{parent.public_path()}{page.slug}/"
        raise NotMoved(
            f"Unter „{parent.title}“ gibt es schon eine Seite mit der Adresse {taken}. Bitte ändern Sie zuerst bei "
            "einer der beiden den letzten Teil der Adresse."
        )


def site_of(parent: Any) -> str:
    """The address of the site that pages below this one belong to, "" for the municipality's."""
    return parent.public_path() if isinstance(parent, MemberSitePage) else root_above(parent)


def _addresses(page: Any, above: str, subtree: list[Node]) -> dict[str, str]:
    """By key the new address of each, a page before those below it."""
    at: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in subtree:
        parent = above if node.path == page.path else at.get(node.path[: -page.steplen], "")
        if parent:  # below something else than a page of the tree there is none
            at[node.path] = found[node.key] = f"{parent}{node.slug}/"
    return found


def _free(new: dict[str, str]) -> None:
    if len(new) > MOST:
        raise NotMoved(
            f"Das sind {len(new)} Seiten; auf einmal können {MOST} umziehen. Bitte verschieben Sie zuerst einen Teil davon."
        )
    longest: int = getattr(ReleasedPage._meta.get_field("path"), "max_length", 0)  # noqa: SLF001 - Django's public way to its fields
    for path in new.values():
        if path.count("/") > DEEPEST + 1:
            raise NotMoved(
                f"Die Adresse {path[:80]} hätte mehr als {DEEPEST} Teile. Bitte wählen Sie eine Seite weiter oben."
            )
        if len(path) + _IN_LANGUAGES > longest or not _can_be_kept(path):
            raise NotMoved(
                f"Die Adresse {path[:60]}… wäre zu lang. Bitte kürzen Sie zuerst den letzten Teil einer der Adressen."
            )
    there = dict(ReleasedPage.objects.filter(path__in=new.values(), state=_LIVE).values_list("path", "pk"))
    lists = kinds.list_paths()
    for key, path in new.items():
        if there.get(path, key) != key or path in lists or addresses.reserved(path):
            raise NotMoved(
                f"Die Adresse {path} ist schon vergeben. Bitte ändern Sie zuerst den letzten Teil der Adresse dieser Seite."
            )


def _can_be_kept(path: str) -> bool:
    try:
        store.relative(path)
    except store.StorePathError:
        return False
    return True


def _public(parent: Any) -> None:
    if isinstance(parent, HomePage):
        return
    row = ReleasedPage.objects.filter(pk=parent.object_key, state=_LIVE).first()
    if row is None:
        raise NotMoved(
            f"„{parent.title}“ ist noch nicht öffentlich. Bitte lassen Sie zuerst diese Seite freigeben."
        )
    if row.path != parent.public_path():
        raise NotMoved(
            f"„{parent.title}“ bekommt gerade eine andere Adresse. Bitte lassen Sie zuerst diese Änderung freigeben."
        )


def _leads_on(old: list[str]) -> None:
    """Nothing but the page's own forwarding may answer at its old address."""
    lines = ReleasedForwarding.objects.filter(path__in=old).values_list("path", flat=True)
    wished = Forwarding.objects.filter(path__in=old, removed=False).values_list("path", flat=True)
    if path := next(iter([*lines, *wished]), ""):
        raise NotMoved(
            f"In den Weiterleitungen steht noch eine Zeile für {path}. Nach dem Umzug würde sie an Stelle der Seite "
            "gelten. Bitte nehmen Sie sie zuerst heraus und lassen Sie das freigeben."
        )


def _at_rest(titles: dict[str, str]) -> None:
    busy = publishing.in_work(titles)
    if not busy:
        return
    names = sorted(titles[key] for key in busy)
    told = ", ".join(f"„{name}“" for name in names[:_NAMED])
    more = (
        f" und {counted(len(names) - _NAMED, 'weitere Seite', 'weitere Seiten')}"
        if len(names) > _NAMED
        else ""
    )
    raise NotMoved(
        f"Noch nicht abgeschlossen ist die Freigabe von {told}{more}. Entscheiden Sie zuerst darüber oder nehmen Sie "
        "die Fassung zurück; danach kann die Seite umziehen."
    )
