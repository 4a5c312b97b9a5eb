"""Below which pages a page may come to stand: for whoever chooses one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wagtail.models import Page

from stadtnah.surfaces.website import kinds
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.pages import HomePage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.relocating import rule

_INDENTED: Final = 5  # levels that a list shows by its indentation
_SITES: Final = 3  # the level of member sites there


@dataclass(frozen=True, slots=True)
class Target:
    """A page to stand below. level: 2 for the first page, 3 for what stands below it, as the CMS counts; deeper ones look like 5."""

    key: str  # of the object
    title: str
    address: str
    level: int


def targets(page: Any, words: str = "") -> list[Target]:
    """Those that `rule.plan` has nothing against but what concerns single addresses, in the order of the site. The number of queries is constant."""
    step, allowed = page.steplen, set(type(page).allowed_parent_page_models())
    kind_at = {node: kind for kind in rule.parents() for node in rule.nodes([kind])}
    sites = {node.path for node, kind in kind_at.items() if kind is MemberSitePage}
    taken, public = _parents_of(page.slug, step), _public(page)
    at: dict[str, str] = {}
    found = []
    for node in sorted(kind_at):
        kind = kind_at[node]
        at[node.path] = address = _address(node, kind, at.get(node.path[:-step], ""))
        own = node.path.startswith(page.path) or node.path == page.path[:-step]
        seen = public is None or kind is HomePage or public.get(node.key) == address
        same_site = _site(node.path, sites, step) == _site(page.path, sites, step)
        if own or kind not in allowed or node.path in taken or not (address and seen and same_site):
            continue
        if words.casefold() in node.title.casefold():
            found.append(Target(node.key, node.title, address, min(len(node.path) // step, _INDENTED)))
    return found


def _address(node: rule.Node, kind: Any, above: str) -> str:
    if kind is HomePage:
        return "/"
    return f"{above}{node.slug}/" if above else ""


def _site(path: str, sites: set[str], steplen: int) -> str:
    """The place in the tree of the member site that a page belongs to, "" for the municipality's own."""
    root = path[: _SITES * steplen]
    return root if root in sites else ""


def _parents_of(slug: str, steplen: int) -> set[str]:
    """The places in the tree below which there is a page with this slug."""
    return {
        path[:-steplen] for path in Page.objects.filter(slug=slug).order_by().values_list("path", flat=True)
    }


def _public(page: Any) -> dict[str, str] | None:
    """The addresses of all public pages of the tree, by key; None when the public sees nothing of this page and those below."""
    mine = [node.key for node in rule.nodes(rule.types(), path__startswith=page.path)]
    live = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE).order_by()
    if not live.filter(pk__in=mine).exists():
        return None
    names = [kind.key for kind in kinds.KINDS if kind.page in rule.parents()]
    return dict(live.filter(kind__in=names).values_list("pk", "path"))
