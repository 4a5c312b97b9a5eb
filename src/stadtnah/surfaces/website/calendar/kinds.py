"""Events and their place, as kinds of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stadtnah.publishing import last_look
from stadtnah.publishing.content import Content
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import home_parts, kinds, lists
from stadtnah.surfaces.website.calendar import coming, embedding, files, index, listing, near, rules, view
from stadtnah.surfaces.website.calendar import content as contents
from stadtnah.surfaces.website.calendar.listing import Listing
from stadtnah.surfaces.website.calendar.models import EVENTS, EventIndexPage, EventPage
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.released import ReleasedPage


def _show_event(content: Content, row: ReleasedPage | None) -> Sheet:
    around, uses = view.shown(content)
    context: dict[str, Any] = {"row": row, "content": content, "event": around, "place": around.place}
    beside = {}
    if row is not None:
        beside[view.FILE] = (view.file_of(content, row), view.FILE_TYPE)
        context["file"] = f"{row.path}{view.FILE}"
        if around.takes_place:
            context |= {"remind": events.REMIND_PATH, "named": row.path.strip("/").rpartition("/")[2]}
    return Sheet("website/event.html", context, uses, beside=beside)


def _show_events(content: Content | None, row: ReleasedPage | None) -> Sheet:
    """The first of the lists, also in a preview of its place."""
    shown = _sheet(listing.upcoming(), content, frozenset())
    return shown if content and row is None else _with_files(shown)


def _with_files(shown: Sheet) -> Sheet:
    """With calendars and feeds beside it; a preview has none."""
    return replace(shown, beside=files.beside(), uses=shown.uses | coming.uses())


def _at(path: str) -> Sheet | None:
    if not listing.is_list(path):
        return near.shown() if path == near.PATH and path in _paths() else embedding.at(path)
    found = listing.at(path) if path in _paths() else None
    if found is None:
        return None
    content, place = lists.place("events")
    shown = _sheet(found, content, place)
    return _with_files(shown) if path == EVENTS else shown


def _sheet(found: Listing, content: Content | None, place: frozenset[str]) -> Sheet:
    context: dict[str, Any] = {"content": content, "dates": found}
    if index.LIST in found.uses:  # months and weeks would be made anew for a category that is not theirs
        context["categories"] = [(label, listing.category_path(slug)) for slug, label in listing.categories()]
    return Sheet("website/events.html", context, found.uses | place)


def _paths() -> set[str]:
    if not lists.live("event").exists():
        return set()
    return {EVENTS, near.PATH, *embedding.paths(), *lists.once("events", listing.paths)}


def _on_home(part: dict[str, Any], _page: home_parts.Page) -> home_parts.Shown | None:
    """What comes next."""
    found = listing.upcoming(int(part.get("count", 5)))
    return home_parts.Shown({"days": found.days}, found.uses)


home_parts.PARTS.register("events", _on_home)
last_look.OVER.register("event", rules.over)
kinds.register(
    Kind(
        key="event",
        page=EventPage,
        content=contents.event,
        show=_show_event,
        check=rules.check,
        told=rules.told,
        lists=index.keys_of,
        kept=index.make,
        place=lambda row: f"{row.path} {row.digest}",
        many=True,
        facet="page",
    )
)
kinds.register(
    Kind(
        key="events",
        reviewed=12,
        page=EventIndexPage,
        content=contents.index,
        show=_show_events,
        lists=lambda _row: {"menu", view.DAYS_OFF},
        paths=_paths,
        at=_at,
        menu=True,
        searched=False,
    )
)
