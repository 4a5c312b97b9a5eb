"""Messages and the place where they are listed, as kinds of pages."""

from __future__ import annotations

from typing import Any

from stadtnah.publishing import embargo
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, lists, pictures
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.pages import MessagePage, NewsIndexPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.snapshot import common, text_with_picture


def _message(page: MessagePage) -> Content:
    category = page.category
    extra: dict[str, Any] = {"kind": "message"}
    if category and category.colour:
        extra["colour"] = category.colour
    # Only where there is something to say: a text without stays the same bytes.
    extra |= {"press": True} if page.press else {}
    extra |= {embargo.KEY: page.embargo} if page.embargo else {}
    extra |= _on_sites(page)
    return Content(
        **common(page, extra),
        **text_with_picture(page),
        category=category.slug if category else "",
        category_label=category.label if category else "",
        place=page.place.strip(),
        valid_from=page.valid_from or None,
        valid_until=page.valid_until or None,
        dated=page.dated.isoformat() if page.dated else None,
        hashtags=page.hashtag_list,
    )


def _on_sites(page: MessagePage) -> dict[str, Any]:
    """In which lists it stands beside the municipality's, by key for the lists and by name for people."""
    own, more = page.site, [one for one in page.also_on.all() if one.pk != page.site_id]
    if not own and not more:
        return {}
    extra: dict[str, Any] = {}
    extra["sites"] = sorted(one.object_key for one in ([own] if own else []) + more)
    details = [["of_site", "Gehört zu", own.title]] if own else []
    if more:
        details.append(["also_on", "Auch auf", ", ".join(sorted((one.title for one in more), key=sort_key))])
    if own:
        extra["of_site"] = own.object_key
        extra["site"] = own.public_path()
    if own and page.site_only:
        extra["site_only"] = True
        details.append(["site_only", "In den Meldungen der Kommune", "nein"])
    return {**extra, "details": details}


def _show_message(content: Content, row: ReleasedPage | None) -> Sheet:
    context: dict[str, Any] = {"row": row, "content": content}
    if row is None:
        return Sheet("website/message.html", context)
    pictures.keep_for_mails(content)
    # Only older ones of the same month: so a release bakes the pages of one month anew, not of all.
    context["more"] = lists.older_in_month(row)
    uses = {other.key for other in context["more"]} | {lists.beside(row)}
    return Sheet("website/message.html", context, frozenset(uses))


def _place(row: ReleasedPage) -> str:
    label = row.content.get("category_label", "")
    return f"{row.path} {row.sorted_by.isoformat()} {row.category} {label}"


def _news(page: NewsIndexPage) -> Content:
    return Content(**common(page, {"kind": "news"}), teaser=page.intro.strip())


def _show_news(content: Content, row: ReleasedPage | None) -> Sheet:
    if row is None:
        return Sheet("website/page.html", {"content": content})
    return _listing(row.path, content) or Sheet("website/page.html", {"content": content, "row": row})


def _at(path: str) -> Sheet | None:
    if path == lists.ARCHIVE:
        return Sheet("website/archive.html", _archive(), frozenset({"list:news"}))
    return _listing(path, None) if path.startswith(lists.NEWS) else None


def _listing(path: str, content: Content | None) -> Sheet | None:
    listing = lists.listing(path)
    if listing is None:
        return None
    context: dict[str, Any] = {"listing": listing, "content": content}
    if listing.counts:
        context["categories"] = lists.categories()
    return Sheet("website/news.html", context, frozenset(listing.uses))


def _archive() -> dict[str, Any]:
    months = lists.months()
    years: dict[str, list[tuple[str, str, int]]] = {}
    for month, count in months:
        years.setdefault(month[:4], []).append((month, lists.month_path(month), count))
    return {"years": years, "total": sum(count for _month, count in months)}


kinds.register(
    Kind(
        key="message",
        page=MessagePage,
        content=_message,
        show=_show_message,
        lists=lists.keys_of_message,
        place=_place,
        many=True,
        dated=True,
        facet="news",
    )
)
kinds.register(
    Kind(
        key="news",
        reviewed=24,
        page=NewsIndexPage,
        content=_news,
        show=_show_news,
        paths=lists.all_paths,
        at=_at,
        fixed=True,
        searched=False,
    )
)
