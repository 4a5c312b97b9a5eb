"""The tree of the pages that stay: what stands above, beside and below a page. Read from the released rows, nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet

from stadtnah.surfaces.website import kinds, lists, members
from stadtnah.surfaces.website.addresses import parent_path, sort_key
from stadtnah.surfaces.website.released import ReleasedPage

LAST: Final = 100  # the place of a page that nobody gave one
SECOND_LEVEL: Final = 3  # slashes: such a page may stand below an entry of the main menu


@dataclass(frozen=True, slots=True)
class Branch:
    """A page with what stands below it, as far as it is shown. `current`: the page itself; `inside`: one above it."""

    title: str
    path: str
    language: str = "de"
    current: bool = False
    inside: bool = False
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """trail: the public pages above, outermost first. section: the tree of the outermost one, opened along the way to the page.

    `uses`: what it is made of, for `Sheet.uses`.
    """

    trail: list[Branch]
    section: Branch | None
    below: list[Branch]
    uses: frozenset[str]


def list_key(path: str) -> str:
    """The list of the pages right below an address; short, whatever the address."""
    return f"list:below:{hashlib.sha256(path.encode()).hexdigest()[:16]}"


def lists_of(row: ReleasedPage) -> set[str]:
    """The lists a page of the tree stands in: beside its neighbours, and in the menu of its site when it has a place there."""
    extra = row.content.get("extra", {})
    of_member = bool(extra.get("site"))
    in_menu = extra.get("menu") or row.path.count("/") == SECOND_LEVEL + of_member
    menu = {members.mark_of(row.path) if of_member else "menu"} if in_menu else set()
    return {list_key(row.parent_path), list_key(row.path)} | menu


@dataclass(frozen=True, slots=True)
class _Row:
    """What the tree shows of a released page: of many pages in one pass it is kept, so nothing of their text."""

    path: str
    parent_path: str
    title: str
    language: str
    place: tuple[int, str]


def around(path: str) -> Around:
    """What stands around the page at `path`, which need not be public yet. Two queries; while many pages are made, none twice."""
    above = _above(path)
    rows = {row.path: row for row in _read(path__in=[*above, path])}
    trail = [_branch(rows[one], path) for one in above if one in rows]
    opened = [*(one for one in above if one in rows), path]
    children = _children(opened)
    top = opened[0]
    section = (
        _grown(rows[top], children, path) if top in rows and (children[top] or len(opened) > 1) else None
    )
    below = [_branch(row, path) for row in children[path]]
    return Around(trail, section, below, frozenset(list_key(one) for one in [*above, path]))


def rows_below(path: str) -> list[ReleasedPage]:
    """The pages right below an address, in their order. One query."""
    return sorted(_rows().filter(parent_path=path), key=_order)


def _above(path: str) -> list[str]:
    found: list[str] = []
    while (path := parent_path(path)) != "/":
        found.insert(0, path)
    return found


def _rows() -> QuerySet[ReleasedPage]:
    return ReleasedPage.objects.filter(kind__in=kinds.in_menus(), state=ReleasedPage.State.LIVE).order_by()


def _read(**wanted: Any) -> list[_Row]:
    rows = _rows().filter(**wanted).values_list("path", "parent_path", "content")
    return [
        _Row(path, above, content["title"], content.get("language", "de"), place(content["title"], content["extra"]))
        for path, above, content in rows
    ]  # fmt: skip


def _children(paths: list[str]) -> dict[str, list[_Row]]:
    known: dict[str, list[_Row]] = lists.once("pages below", dict)
    if new := {path: list[_Row]() for path in paths if path not in known}:
        for row in _read(parent_path__in=list(new)):
            new[row.parent_path].append(row)
        known |= {path: sorted(rows, key=lambda row: row.place) for path, rows in new.items()}
    return {path: known[path] for path in paths}


def _order(row: ReleasedPage) -> tuple[int, str]:
    return place(row.content["title"], row.content["extra"])


def place(title: str, extra: dict[str, Any]) -> tuple[int, str]:
    """What decides the order of a page among its neighbours."""
    return extra.get("menu_order", LAST), sort_key(title)


def _branch(row: _Row, path: str, below: list[Branch] | None = None) -> Branch:
    inside = path != row.path and path.startswith(row.path)
    return Branch(row.title, row.path, row.language, row.path == path, inside, below or [])


def _grown(row: _Row, children: dict[str, list[_Row]], path: str) -> Branch:
    return _branch(row, path, [_grown(child, children, path) for child in children.get(row.path, [])])
