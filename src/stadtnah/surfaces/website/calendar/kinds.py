"""Events and their place, as kinds of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, lists
from stadtnah.surfaces.website.calendar import coming, embedding, files, rules, view
from stadtnah.surfaces.website.calendar import content as contents
from stadtnah.surfaces.website.calendar.models import EVENTS, EventIndexPage, EventPage
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.released import ReleasedPage

LIST: Final = coming.EVENTS


def _show_event(content: Content, row: ReleasedPage | None) -> Sheet:
    around, uses = view.shown(content)
    context: dict[str, Any] = {"row": row, "content": content, "event": around, "place": around.place}
    beside = {}
    if row is not None:
        beside[view.FILE] = (view.file_of(content, row), view.FILE_TYPE)
        context["file"] = f"{row.path}{view.FILE}"
    return Sheet("website/event.html", context, uses, beside=beside)


def _show_events(content: Content | None, row: ReleasedPage | None) -> Sheet:
    found = [(row.path, row.content["title"], view.shown(row.shown())) for row in lists.live("event")]
    items = [(path, title, one.next) for path, title, (one, _uses) in found if one.next]
    uses = frozenset({LIST, *(use for *_words, (_one, used) in found for use in used)})
    shown = Sheet("website/events.html", {"content": content, "items": sorted(items, key=_begin)}, uses)
    return shown if content and row is None else _with_files(shown)


def _with_files(shown: Sheet) -> Sheet:
    """With calendars and feeds beside it; a preview has none."""
    return replace(shown, beside=files.beside(), uses=shown.uses | coming.uses())


def _begin(item: Any) -> tuple[Any, ...]:
    path, _title, when = item
    return when.start, path


def _at(path: str) -> Sheet | None:
    if path == EVENTS and path in _paths():
        return _show_events(None, None)
    return embedding.at(path)


def _paths() -> set[str]:
    return {EVENTS, *embedding.paths()} if lists.live("event").exists() else set()


kinds.register(
    Kind(
        key="event",
        page=EventPage,
        content=contents.event,
        show=_show_event,
        check=rules.check,
        told=rules.told,
        lists=lambda _row: {LIST},
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
