"""The first page and the pages that stay, as kinds of pages."""

from __future__ import annotations

from typing import Any

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import home_blocks, home_parts, kinds, richtext, tree
from stadtnah.surfaces.website.block_content import linked_to
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.pages import HomePage, StandardPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.snapshot import common, placed, text_with_picture


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
    if page.sections:
        extra["sections"] = home_blocks.frozen(page.sections)
        extra["details"] = [["sections", "Aufbau der Startseite", home_blocks.said(page.sections)]]
    return Content(**common(page, extra), teaser=page.intro.strip())


def _quick_link(value: Any) -> dict[str, str]:
    return {"label": value["label"], "text": value["text"] or "", "href": linked_to(value)}


def _show_home(content: Content | None, _row: ReleasedPage | None) -> Sheet:
    parts, uses = home_parts.shown(content)
    greets = any(part["template"] == "website/home/welcome.html" for part in parts)
    return Sheet("website/home.html", {"content": content, "parts": parts, "greets": greets}, uses)


kinds.register(
    Kind(
        key="home",
        reviewed=3,
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
        key="page",
        page=StandardPage,
        content=_standard,
        show=_show_standard,
        lists=tree.lists_of,
        menu=True,
        reviewed=12,
    )
)
