"""The parts of the first page as readers see them: made from released rows, each with what it used.

A part shows itself (`register`); what it is made of is all the page is baked anew for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stadtnah.kernel.registry import Registry
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import lists, members
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.released import ReleasedPage

# What a first page shows that nobody has arranged.
USUAL: Final = (
    {"kind": "notice"},
    {"kind": "welcome", "search": False},
    {"kind": "lead"},
    {"kind": "quick"},
    {"kind": "news", "count": 6},
    {"kind": "reach"},
)
# The same of a district or member community.
MEMBER_USUAL: Final = (
    {"kind": "welcome", "search": False},
    {"kind": "news", "count": 3},
    {"kind": "below"},
    {"kind": "contact"},
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part to be made, and what it is made of."""

    context: dict[str, Any] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()


@dataclass(slots=True)
class Page:
    """The page while its parts are made: its content, what was released of it, and which message leads."""

    content: Content | None
    parts: list[dict[str, Any]]
    lead: lists.Item | None = None
    latest: list[lists.Item] = field(default_factory=list)
    wanted: str = ""

    @property
    def site(self) -> str:
        """The object key of the member site whose first page it is; "" for the municipality's."""
        of_member = self.content is not None and self.content.extra.get("kind") == members.KIND
        return self.content.object_key if self.content and of_member else ""


Show = Callable[[dict[str, Any], Page], Shown | None]
PARTS: Final[Registry[Show]] = Registry("part of the first page")


def shown(
    content: Content | None, usual: Sequence[dict[str, Any]] = USUAL
) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """Each part with its template, in their order, and what all of them are made of."""
    parts = list((content.extra.get("sections") if content else None) or usual)
    page = _with_messages(Page(content, parts))
    found: list[dict[str, Any]] = []
    uses: set[str] = set()
    order = [part["kind"] for part in parts]
    for number, part in enumerate(parts, start=1):
        show = PARTS.get(part["kind"])
        made = show(part, page) if show else None
        if made is not None:
            found.append(
                {
                    **made.context,
                    "template": f"website/home/{part['kind']}.html",
                    "heading": part.get("heading", ""),
                    "translated": part.get("translated", False),
                    "over": _overlaps(order, number - 1) and page.lead is not None,
                    "id": f"teil-{number}",
                }
            )
            uses |= made.uses
    return found, frozenset(uses)


def alone(kind: str, count: int, content: Content | None) -> Shown | None:
    """One part with so many entries, for another page than the first; None when no app here makes it."""
    show = PARTS.get(kind)
    return show({"kind": kind, "count": count}, Page(content, [])) if show else None


def _overlaps(order: list[str], at: int) -> bool:
    """Whether the leading message lies over the lower edge of the greeting right before it: then both know."""
    pair = order[at : at + 2] if order[at] == "welcome" else order[max(0, at - 1) : at + 1]
    return pair == ["welcome", "lead"]


def rows(keys: list[str]) -> list[ReleasedPage]:
    """The live pages with these keys, in this order. One query."""
    live = {row.pk: row for row in ReleasedPage.objects.filter(pk__in=keys, state=ReleasedPage.State.LIVE)}
    return [live[key] for key in keys if key in live]


def _with_messages(page: Page) -> Page:
    """The messages that lead and follow; none of it when no part asks for them."""
    kinds = {part["kind"]: part for part in page.parts}
    if not kinds.keys() & {"lead", "news"}:
        return page
    count = int(kinds.get("news", {}).get("count", 6)) + 1
    if page.site:
        page.latest = [lists.item(row) for row in lists.on_site(page.site)[:count]]
        return page
    page.latest = lists.latest(count)
    if "lead" in kinds:
        page.wanted = str(page.content.extra.get("featured", "")) if page.content else ""
        chosen = lists.live().filter(pk=page.wanted).first() if page.wanted else None
        with_picture = next((item for item in page.latest if item.content.hero), None)
        page.lead = lists.item(chosen) if chosen else with_picture or next(iter(page.latest), None)
    return page


def _plain(_part: dict[str, Any], _page: Page) -> Shown | None:
    return Shown()


def _welcome(part: dict[str, Any], page: Page) -> Shown | None:
    return Shown(
        {"search": part.get("search", False), "picture": page.content.hero if page.content else None}
    )


def _lead(_part: dict[str, Any], page: Page) -> Shown | None:
    uses = {"list:news", *([page.wanted] if page.wanted else []), *([page.lead.key] if page.lead else [])}
    return Shown({"lead": page.lead}, frozenset(uses))


def _news(part: dict[str, Any], page: Page) -> Shown | None:
    items = [item for item in page.latest if not page.lead or item.key != page.lead.key][: part["count"]]
    listed, path = "list:news", lists.NEWS
    if page.site and page.content:
        listed, path = members.list_key(page.site), members.news_of(page.content.path)
    return Shown({"items": items, "all": path}, frozenset({listed, *(item.key for item in items)}))


def _pages(part: dict[str, Any], _page: Page) -> Shown | None:
    keys = list(part.get("pages", ()))
    return Shown({"items": [lists.item(row) for row in rows(keys)]}, frozenset(keys))


def _office(part: dict[str, Any], _page: Page) -> Shown | None:
    key = str(part.get("office", ""))
    found = view.offices([key]) if key else {}
    uses = view.uses(found.values()) if found else frozenset()
    return Shown({"office": found.get(key)}, uses | ({key} - {""}))


PARTS.register("notice", _plain)
PARTS.register("welcome", _welcome)
PARTS.register("lead", _lead)
PARTS.register("quick", _plain)
PARTS.register("news", _news)
PARTS.register("services", _pages)
PARTS.register("topics", _pages)
PARTS.register("office", _office)
PARTS.register("reach", _plain)
PARTS.register("contact", _plain)
