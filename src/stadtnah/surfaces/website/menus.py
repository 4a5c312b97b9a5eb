"""The menus of the municipality's site and of every member site, from released rows: read once for a whole baking."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from stadtnah.kernel.questions import Question
from stadtnah.surfaces.website import kinds, members, tree
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain.tongues import EASY
from stadtnah.surfaces.website.released import ReleasedPage

# (title, path) of each entry, by the root of the site; "" for the municipality's
Menus = dict[str, tuple[tuple[str, str], ...]]
_MENUS: Final = ("main", "footer")


@dataclass(frozen=True, slots=True)
class Found:
    """main, foot: both menus. below: (title, path) of the pages right below each entry of a main menu.

    versions: by language, the titles of the public versions of these pages by the German address.
    easy: the first page speaks Leichte Sprache; then every page leads there (BITV 2.0, § 4).
    """

    main: Menus = field(default_factory=dict)
    foot: Menus = field(default_factory=dict)
    below: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    easy: bool = False


class _Row(NamedTuple):
    key: str
    original: str
    path: str
    parent: str
    title: str
    language: str
    extra: dict[str, Any]


def _placed() -> QuerySet[ReleasedPage, tuple[Any, ...]]:
    """Whatever has a place in a menu or stands right below an entry of a main one, and the first page; each with its versions."""
    live = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE).order_by()
    pages = live.filter(kind__in=kinds.in_menus())
    placed = Q(kind__in=kinds.in_menus(), content__extra__menu__in=_MENUS)
    entries = pages.filter(content__extra__menu=_MENUS[0]).values("path")
    below = Q(kind__in=kinds.in_menus(), parent_path__in=entries)
    shown = placed | below | Q(path="/")
    their = Q(kind=versions.KIND, original__in=live.filter(shown).values("pk"))
    fields = (
        "object_key",
        "original",
        "path",
        "parent_path",
        KT("content__title"),
        KT("content__language"),
        "content__extra",
    )
    return live.filter(shown | their).values_list(*fields)


_PLACED: Final = Question(_placed)


def read(roots: Collection[str]) -> Found:
    """As released now; `roots`: of the member sites that are public. One query, which reads of each page no more than its entry."""
    rows = [
        _Row(key, original, path, parent, title, language, json.loads(extra))
        for key, original, path, parent, title, language, extra in _PLACED.rows()
    ]
    titles = _titles(rows)
    rows = [row for row in rows if not row.original]
    main, foot = (_menu(menu, rows, roots) for menu in _MENUS)
    entries = {path for some in main.values() for _title, path in some}
    below = _below(row for row in rows if row.parent in entries)
    return Found(main, foot, below, titles, easy="/" in titles.get(EASY, {}))


def _titles(rows: Iterable[_Row]) -> dict[str, dict[str, str]]:
    german = {row.key: row.path for row in rows}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.original:
            found[row.language][german[row.original]] = row.title
    return dict(found)


def _menu(menu: str, rows: Iterable[_Row], roots: Collection[str]) -> Menus:
    found: dict[str, list[tuple[tuple[int, str], str, str]]] = defaultdict(list)
    for row in rows:
        root = members.root_of(row.path, roots)
        # A page whose site is not public (any more): the municipality's menu is no place for it.
        if row.extra.get("menu") == menu and (root or not row.extra.get("site")):
            found[root].append((tree.place(row.title, row.extra), row.title, row.path))
    return {
        root: tuple((title, path) for _place, title, path in sorted(entries))
        for root, entries in found.items()
    }


def _below(rows: Iterable[_Row]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[tuple[int, str], str, str]]] = defaultdict(list)
    for row in rows:
        found[row.parent].append((tree.place(row.title, row.extra), row.title, row.path))
    return {path: [(title, at) for _place, title, at in sorted(entries)] for path, entries in found.items()}
