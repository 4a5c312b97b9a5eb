"""The first page and the pages that stay, as kinds of pages."""

from __future__ import annotations

from typing import Any, Final

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, lists, richtext, tree
from stadtnah.surfaces.website.block_content import linked_to
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.pages import HomePage, StandardPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.snapshot import common, placed, text_with_picture

HOME_CARDS: Final = 7


def _standard(page: StandardPage) -> Content:
    return Content(**common(page, placed(page, "page")), **text_with_picture(page))


def _show_standard(content: Content, row: ReleasedPage | None) -> Sheet:
    around = tree.around(content.path)
    return Sheet("website/page.html", {"row": row, "content": content, "around": around}, around.uses)


def _home(page: HomePage) -> Content:
    extra: dict[str, Any] = {
        "kind": "home",
        "notice_title": page.notice_title.strip(),
        "notice_html": richtext.from_editor(page.notice_text),
        "featured": page.featured.object_key if page.featured else "",
        "quick_links": [_quick_link(block.value) for block in page.quick_links],
    }
    return Content(**common(page, extra), teaser=page.intro.strip())


def _quick_link(value: Any) -> dict[str, str]:
    return {"label": value["label"], "text": value["text"] or "", "href": linked_to(value)}


def _show_home(content: Content | None, _row: ReleasedPage | None) -> Sheet:
    items = lists.latest(HOME_CARDS)
    wanted = str(content.extra.get("featured", "")) if content else ""
    chosen = lists.live().filter(pk=wanted).first() if wanted else None
    lead = lists.item(chosen) if chosen else next((item for item in items if item.content.hero), None)
    lead = lead or (items[0] if items else None)
    rest = [item for item in items if not lead or item.key != lead.key][:6]
    shown = {item.key for item in rest} | ({lead.key} if lead else set())
    context = {"content": content, "lead": lead, "items": rest, "categories": lists.categories()}
    return Sheet(
        "website/home.html", context, frozenset({"list:news", *shown, *([wanted] if wanted else [])})
    )


kinds.register(
    Kind(
        key="home",
        page=HomePage,
        content=_home,
        show=_show_home,
        paths=lambda: {"/"},
        at=lambda path: _show_home(None, None) if path == "/" else None,
        fixed=True,
        searched=False,
    )
)
kinds.register(
    Kind(
        key="page", page=StandardPage, content=_standard, show=_show_standard, lists=tree.lists_of, menu=True
    )
)
