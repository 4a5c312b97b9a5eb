"""The blog, its series and entries, as kinds of pages."""

from __future__ import annotations

from typing import Any

from stadtnah.kernel.town.api import base_url, town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import feeds, home_parts, kinds, lists
from stadtnah.surfaces.website.blog import content as contents
from stadtnah.surfaces.website.blog import listing, offices
from stadtnah.surfaces.website.blog.models import BLOG, BlogEntryPage, BlogIndexPage, BlogSeriesPage
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.lists import Listing
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.released import ReleasedPage


def _show_index(content: Content, row: ReleasedPage | None) -> Sheet:
    return _blog(BLOG, content) or Sheet("website/blog.html", {"content": content, "row": row})


def _at(path: str) -> Sheet | None:
    if path == listing.ARCHIVE:
        found = [(year, listing.year_path(year), count) for year, count in listing.years()]
        return Sheet("website/blog_archive.html", {"years": found}, frozenset({listing.ENTRIES}))
    if path.startswith(listing.ARCHIVE):
        return _year(path.removeprefix(listing.ARCHIVE).strip("/"))
    if not path.startswith(BLOG):
        return None
    if row := listing.series_at(path):
        return _series(row.shown(), row, path)
    return _blog(path, None)


def _blog(path: str, content: Content | None) -> Sheet | None:
    found = listing.blog(path)
    if found is None or not (found.items or content):
        return None
    place: frozenset[str] = frozenset()
    if content is None:
        content, place = lists.place("blog")
    series = listing.all_series()
    context = {**_context(found, content), "series": [(row.content["title"], row.path) for row in series]}
    beside = _feed(found, content.title if content else offices.office("").blog(), "blog")
    return Sheet(
        "website/blog.html", context, frozenset({listing.ALL_SERIES, *found.uses, *place}), beside=beside
    )


def _year(given: str) -> Sheet | None:
    try:
        items = listing.of_year(int(given))
    except (ValueError, OverflowError):
        return None
    uses = {listing.year_use(int(given)), *listing.keys(items)}
    context = {"year": given, "items": items}
    return Sheet("website/blog_year.html", context, frozenset(uses)) if items else None


def _show_series(content: Content, row: ReleasedPage | None) -> Sheet:
    author, uses = _author(content)
    if row is None:
        return Sheet("website/blog.html", {"content": content, "author": author})
    made = _series(content, row, row.path)
    context = {"content": content, "author": author, "own": content}
    if made is None:
        return Sheet("website/blog.html", context, uses | {listing.series_use(row.pk)})
    return Sheet(made.template, {**made.context, **context}, made.uses | uses, beside=made.beside)


def _series(content: Content, row: ReleasedPage, path: str) -> Sheet | None:
    found = listing.of_series(row, path)
    if found is None:
        return None
    beside = _feed(found, content.title, row.pk)
    context = {**_context(found, content), "own": content, "row": row}
    return Sheet("website/blog.html", context, frozenset({row.pk, *found.uses}), beside=beside)


def _context(found: Listing, content: Content | None) -> dict[str, Any]:
    return {"content": content, "listing": found, "feed": f"{found.base}{feeds.ATOM_NAME}"}


def _feed(found: Listing, title: str, name: str) -> dict[str, tuple[bytes, str]]:
    """The feed of a list, beside its first page."""
    if found.page != 1 or not found.items:
        return {}
    here = town()
    head = feeds.Head(f"{title} – {here.name}", found.base, found.base, _id(name))
    return {feeds.ATOM_NAME: (feeds.atom(here, found.items, head), feeds.ATOM_TYPE)}


def _id(name: str) -> str:
    """A series keeps its id, whatever its address becomes."""
    uuid = name.partition(":")[2]
    return f"urn:uuid:{uuid}" if uuid else f"{base_url()}{BLOG}"


def _show_entry(content: Content, row: ReleasedPage | None) -> Sheet:
    author, uses = _author(content)
    series = str(content.extra.get("series", ""))
    title, path = listing.title(series)
    context: dict[str, Any] = {"row": row, "content": content, "author": author}
    context |= {"series_title": title or content.category_label, "series_path": path}
    if row is None:
        return Sheet("website/blog_entry.html", context)
    around = listing.neighbours(row)
    context["around"] = around
    return Sheet(
        "website/blog_entry.html", context, uses | around.uses | {series, listing.beside_use(row.pk)}
    )


def _author(content: Content) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """Name and function as they were signed, picture and address as the register has them now."""
    person, uses = view.named(str(content.extra.get("author", "")))
    shown = _signature(content)
    if shown is None:
        return None, uses
    found = {"picture": person.picture, "path": person.path} if person else {}
    return {**shown, **found}, uses


def _on_home(part: dict[str, Any], _page: home_parts.Page) -> home_parts.Shown | None:
    """The newest entries, signed as they were released."""
    items = [lists.item(row) for row in lists.live(listing.ENTRY)[: int(part.get("count", 2))]]
    index = lists.live("blog").first()
    signed = [(item, _signature(item.content)) for item in items]
    title = index.content["title"] if index else ""
    uses = {listing.ENTRIES, *listing.keys(items), *([index.pk] if index else [])}
    return home_parts.Shown({"items": signed, "title": title}, frozenset(uses))


def _signature(content: Content) -> dict[str, str] | None:
    said = content.detail
    return {"name": said["author"], "role": said.get("role", "")} if "author" in said else None


def _entry_place(row: ReleasedPage) -> str:
    """What its neighbours and lists show of it is read by its key; here is what puts it where it stands."""
    return f"{row.path} {row.sorted_by.isoformat()} {row.content['extra'].get('series')}"


home_parts.PARTS.register("blog", _on_home)
kinds.register(
    Kind(
        key=listing.ENTRY,
        page=BlogEntryPage,
        content=contents.entry,
        show=_show_entry,
        lists=listing.keys_of_entry,
        place=_entry_place,
        many=True,
        dated=True,
        facet="news",
    )
)
kinds.register(
    Kind(
        key=listing.SERIES_KIND,
        reviewed=12,
        page=BlogSeriesPage,
        content=contents.series,
        show=_show_series,
        lists=lambda _row: {listing.ALL_SERIES},
        paths=listing.series_paths,
        searched=True,
    )
)
kinds.register(
    Kind(
        key="blog",
        reviewed=24,
        page=BlogIndexPage,
        content=contents.index,
        show=_show_index,
        lists=lambda _row: {"menu"},
        paths=listing.paths,
        at=_at,
        menu=True,
        searched=False,
    )
)
