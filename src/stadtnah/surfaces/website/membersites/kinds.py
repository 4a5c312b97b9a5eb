"""The first page of a member site as a kind of page. Its name and look are released with it, like any text."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import feeds, home_blocks, home_parts, kinds, lists, members, tree
from stadtnah.surfaces.website.home_parts import MEMBER_USUAL, PARTS, Page, Shown
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.membersites.models import FACTS, MemberSitePage
from stadtnah.surfaces.website.released import ReleasedPage, SiteListing
from stadtnah.surfaces.website.snapshot import common, hero_of


def _content(page: MemberSitePage) -> Content:
    fields: list[Any] = [page._meta.get_field(name) for name in (*FACTS, "city", "hours")]  # noqa: SLF001 - Django's public way to its fields
    details = [
        [field.name, field.verbose_name, value]
        for field in fields
        if (value := str(getattr(page, field.name)).strip())
    ]
    extra: dict[str, object] = {"kind": members.KIND}
    if page.sections:
        extra["sections"] = home_blocks.frozen(page.sections)
        details.append(["sections", "Aufbau der Startseite", home_blocks.said(page.sections)])
    extra["details"] = details
    return Content(**common(page, extra), teaser=page.intro.strip(), hero=hero_of(page), blocks=_arms(page))


def _arms(page: MemberSitePage) -> tuple[Block, ...]:
    """As a picture of the text: released with it, and taken down like any other."""
    if not page.arms:
        return ()
    picture = page.arms.picture(alt=f"Wappen: {page.short_name.strip()}")
    return (Block("heading", title="Wappen"), Block("picture", picture=picture))


def _show(content: Content, row: ReleasedPage | None) -> Sheet:
    parts, uses = home_parts.shown(content, MEMBER_USUAL)
    greets = any(part["template"] == "website/home/welcome.html" for part in parts)
    made, used = feeds.of_site(row) if row else ({}, set())
    context = {"content": content, "parts": parts, "greets": greets}
    return Sheet("website/home.html", context, uses | used, beside=made)


def _below(_part: dict[str, object], page: Page) -> Shown | None:
    """The pages of the highest level, as far as they are released."""
    path = page.content.path if page.content else "/"
    items = [lists.item(row) for row in tree.rows_below(path)]
    return Shown({"items": items}, frozenset({tree.list_key(path), *(one.key for one in items)}))


def _paths() -> set[str]:
    """The pages of each site's list of messages. Two queries, however many sites."""
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE)
    counts = dict(
        SiteListing.objects.filter(page__state=ReleasedPage.State.LIVE)
        .values_list("site")
        .annotate(number=Count("pk"))
    )
    return {
        lists.page_path(members.news_of(root), page)
        for key, root in rows.filter(kind=members.KIND).values_list("object_key", "path")
        for page in range(1, lists.pages_of(counts.get(key, 0)) + 1)
    }


def _at(path: str) -> Sheet | None:
    """A page of a site's list of messages."""
    root = members.first_part(path)
    base = members.news_of(root)
    number = lists.page_number(path, base) if root else 0
    row = lists.live(members.KIND).filter(path=root).first() if number else None
    if row is None:
        return None
    uses = {members.list_key(row.pk), row.pk}
    found = lists.paged(lists.on_site(row.pk), base, number, title_kind="site", uses=uses)
    return Sheet("website/news.html", {"listing": found}, frozenset(found.uses)) if found else None


def _place(row: ReleasedPage) -> str:
    """What every page of the site shows of it."""
    return f"{row.path} {row.content['title']} {row.content['extra'].get('details')} {row.content.get('blocks')} {row.withheld}"


PARTS.register("below", _below)
kinds.register(
    Kind(
        key=members.KIND,
        page=MemberSitePage,
        content=_content,
        show=_show,
        lists=lambda row: {members.mark_of(row.path)},
        place=_place,
        paths=_paths,
        at=_at,
        reviewed=6,
    )
)
