"""The press area as a kind of page. Its list is made from released messages that bear the tick, nothing else."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape

from stadtnah.publishing.content import KIT, Block, Content
from stadtnah.surfaces.website import kinds, lists, services
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.offices import block as contact
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.press.models import PRESS, PressPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.snapshot import common


def _press(page: PressPage) -> Content:
    person = page.person
    asked = [["person", "Kontakt für die Presse", person.title]] if person else []
    hours = [["hours", "Erreichbar", page.hours.strip()]] if page.hours.strip() else []
    office = contact.of_page(page.office)
    kit = tuple(block for item in page.kit if (block := _kit(item.block_type, item.value)))
    extra = {
        "kind": "press",
        "menu": "footer",
        "menu_order": services.MENU_ORDER + 8,
        "person": person.object_key if person else "",
        "details": [*asked, *hours],
    }
    return Content(
        **common(page, extra), teaser=page.intro.strip(), blocks=(*([office] if office else ()), *kit)
    )


def _kit(kind: str, value: Any) -> Block | None:
    terms = " ".join((value["terms"] or "").split())
    html = f"<p>{escape(terms)}</p>" if terms else ""
    title = (value["title"] or "").strip()
    if kind == "picture":
        image = value["image"]
        shown = image and image.picture(alt=value["alt"].strip(), credit=(value["credit"] or "").strip())
        return Block("picture", title=title, html=html, picture=shown, style=KIT) if shown else None
    document = value["document"]
    if not document:
        return None
    return Block("download", title=title or document.title, html=html, file=document.as_content(), style=KIT)


def _show(content: Content, row: ReleasedPage | None) -> Sheet:
    return _listing(PRESS, content, row) or Sheet("website/press.html", {"content": content, "row": row})


def _at(path: str) -> Sheet | None:
    return _listing(path, None, None) if path.startswith(PRESS) else None


def _listing(path: str, content: Content | None, row: ReleasedPage | None) -> Sheet | None:
    rows = lists.news().filter(content__extra__press=True)
    found = lists.paged(rows, PRESS, lists.page_number(path, PRESS), title_kind="press", uses={lists.PRESS})
    if found is None or not (found.items or content):
        return None
    person, uses = view.named(str(content.extra.get("person", ""))) if content else (None, frozenset())
    if content is None:
        content, place = lists.place("press")
        uses |= place
    context = {
        "content": content,
        "row": row,
        "listing": found,
        "person": person,
        "hours": content.detail.get("hours", "") if content else "",
    }
    return Sheet("website/press.html", context, frozenset(found.uses) | uses)


def _paths() -> set[str]:
    count = lists.news().filter(content__extra__press=True).count()
    pages = range(1, lists.pages_of(count) + 1) if count else ()
    return {lists.page_path(PRESS, page) for page in pages}


kinds.register(
    Kind(
        key="press",
        reviewed=12,
        page=PressPage,
        content=_press,
        show=_show,
        lists=lambda _row: {"menu"},
        paths=_paths,
        at=_at,
        menu=True,
    )
)
