"""The kinds of public pages. A kind says in one place what it consists of and how it is shown; nobody asks for its name.

A kind names itself (`register`, called by its app when it starts). Writing, release, baking, lists, menus, checks of links and the
desk then work for it: see docs/architecture/page-kinds.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from stadtnah.kernel.registry import Registry
from stadtnah.publishing.checks.context import Remark
from stadtnah.publishing.content import Content, File

if TYPE_CHECKING:
    from stadtnah.surfaces.website.pages import PublicPage
    from stadtnah.surfaces.website.released import ReleasedPage


@dataclass(frozen=True, slots=True)
class Version:
    """A page in another language (BCP 47), made together with the German one."""

    tag: str
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be made: its template, what goes in, what it used (object keys and lists), the documents it offers.

    beside: files of its own below its address: name to (bytes, media type). versions: the same page in other languages.
    framed: whether it stands in the frame of the website and is made anew with it.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()
    status: int = 200
    location: str = ""
    files: tuple[File, ...] = ()
    beside: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    framed: bool = True


def moved(to: str, uses: frozenset[str] = frozenset(), *, status: int = 301) -> Sheet:
    """What stands at an address that leads on: a line for where nobody answers with its status. There may be thousands, so without the frame."""
    return Sheet("website/moved.html", {}, uses, status, to, framed=False)


def _title_and_details(row: ReleasedPage) -> str:
    extra = row.content.get("extra", {})
    said = (extra.get("menu"), extra.get("menu_order"), extra.get("details"))
    return " ".join(map(str, (row.path, row.content["title"], *said)))


def _no_lists(_row: ReleasedPage) -> set[str]:
    return set()


def _no_places(_row: ReleasedPage) -> set[tuple[str, str]]:
    return set()


def _always(_row: ReleasedPage) -> bool:
    return True


def _all(_content: Content) -> bool:
    return True


def _no_paths() -> set[str]:
    return set()


def _nothing_there(_path: str) -> Sheet | None:
    return None


def _nothing_wrong(_content: Content, _now: datetime) -> Iterable[Remark]:
    return ()


def _nothing_kept(_row: ReleasedPage) -> None:
    return None


def _nothing_told(_page: Any) -> list[str]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page.

    key: its name in `Content.extra["kind"]` and `ReleasedPage.kind`, at most 16 letters. page: the type that editors work on.
    content: that page as content. show: content as a sheet; the row is None in a preview. lists: the lists a released row stands in;
    place: what decides its place in them. paths: addresses of lists that are there whether or not a page of this kind is released, made from
    released rows; at: what is shown there. many: too many for the one list of pages that stay; they have a list of their own in the desk.
    fixed: the website is none without it. menu: may stand in a menu. searched: citizens look for it; facet: what
    the search calls it, a name of `search.models.Facet` in small letters.
    dated: whether it is news, with a date and perhaps a name under it.
    reviewed: months after which somebody looks whether it is still true, unless the municipality chose otherwise; 0: never.
    check: what is wrong with the facts of this kind, at a wall time of the town; told: how a draft is understood, for whoever writes it.
    kept: keeps what else is made of a released row (an index of dates), in the transaction in which the row changes.
    addressed: whether a row has an address for readers; without one it is shown on other pages only. readable: whether
    this content, released or not, would be a page that readers open.
    """

    key: str
    page: type[PublicPage]
    content: Callable[[Any], Content]
    show: Callable[[Content, ReleasedPage | None], Sheet]
    lists: Callable[[ReleasedPage], set[str]] = _no_lists
    place: Callable[[ReleasedPage], str] = _title_and_details
    paths: Callable[[], set[str]] = _no_paths
    at: Callable[[str], Sheet | None] = _nothing_there
    addressed: Callable[[ReleasedPage], bool] = _always
    readable: Callable[[Content], bool] = _all
    check: Callable[[Content, datetime], Iterable[Remark]] = _nothing_wrong
    told: Callable[[Any], list[str]] = _nothing_told
    kept: Callable[[ReleasedPage], None] = _nothing_kept
    many: bool = False
    fixed: bool = False
    menu: bool = False
    searched: bool = True
    dated: bool = False
    facet: str = "page"
    reviewed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Pages made of something released that is no page (`standing`): which addresses there are, what is shown at each.

    stands: (what decides its place, list) for each of these pages that a public row is named on, too.
    """

    key: str
    paths: Callable[[], set[str]]
    at: Callable[[str], Sheet | None]
    stands: Callable[[ReleasedPage], set[tuple[str, str]]] = _no_places


KINDS: Final[Registry[Kind]] = Registry("kind of page")
LISTS: Final[Registry[Lists]] = Registry("lists")


def register(kind: Kind) -> None:
    """Makes a kind known. Raises ValueError when its key is taken."""
    KINDS.register(kind.key, kind)


def register_lists(some: Lists) -> None:
    """Makes them known. Raises ValueError when their key is taken."""
    LISTS.register(some.key, some)


def kind_of(content: Content) -> str:
    """The key of the content's kind."""
    return str(content.extra.get("kind", "message"))


def keep(row: ReleasedPage) -> None:
    """What else is kept of the row, as it is now."""
    if kind := KINDS.get(row.kind):
        kind.kept(row)


def check(content: Content, now: datetime) -> Iterable[Remark]:
    """What its kind has to say of its facts; nothing of what is no page."""
    kind = KINDS.get(kind_of(content))
    return kind.check(content, now) if kind else ()


def of_page(page: PublicPage) -> Kind:
    """The kind of an editor's page. Raises TypeError for a page type that names none."""
    for kind in KINDS:
        if isinstance(page, kind.page):
            return kind
    raise TypeError(f"{type(page).__name__} has no public content")


def list_paths() -> set[str]:
    """Every list page there should be."""
    return {path for some in (*KINDS, *LISTS) for path in some.paths()}


def at(path: str) -> Sheet | None:
    """What a list shows at an address without a released page of its own."""
    return next((found for some in (*KINDS, *LISTS) if (found := some.at(path))), None)


def show(content: Content, row: ReleasedPage | None = None) -> Sheet:
    """The content as a sheet. Raises KeyError for an unknown kind."""
    return KINDS[kind_of(content)].show(content, row)


def lists_of(row: ReleasedPage) -> set[tuple[str, str]]:
    """(what decides its place, list) for each list that a public row stands in."""
    kind = KINDS[row.kind]
    place = kind.place(row)
    return {(place, key) for key in kind.lists(row)}.union(*(some.stands(row) for some in LISTS))


def has_page(content: Content) -> bool:
    """Whether readers get this content as a page, its own or a version of one: the facts of the municipality, say, are none."""
    kind = KINDS.get(kind_of(content))
    return bool(kind and kind.readable(content))


def in_menus() -> list[str]:
    """The keys of the kinds that may stand in a menu."""
    return [kind.key for kind in KINDS if kind.menu]
