"""From the events that were chosen to items, the same that feeds give: so they are taken over like these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts as calendar
from stadtnah.surfaces.website.calendar import founding
from stadtnah.surfaces.website.calendar.fields import ACCESS, RepeatFields, WhenFields
from stadtnah.surfaces.website.calendar.models import TAKEN, EventPage
from stadtnah.surfaces.website.moving_in.branch import Branch, first_revision
from stadtnah.surfaces.website.moving_in.drafts import Media, free_slug
from stadtnah.surfaces.website.moving_in.foreign import Broken, FeedError, ForeignItem, Reading
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportRun
from stadtnah.surfaces.website.moving_in.pictures import Library

_AT_ONCE = 200
_ORIGIN = 200
_STAYS_OUT = {"status_note", "moved_from"}  # said of last year's state
_OF_TIME = (
    *(one.name for model in (WhenFields, RepeatFields) for one in model._meta.local_fields),  # noqa: SLF001 - Django's documented way
    *("uid", "sequence", "changed"),
)
# What an event says, and the fields of a page that hold it.
_HOLDS = {
    **{name: (name,) for name in ("online", "registration", "organiser", "audience", "price", "categories")},
    "description": ("body",),
    "place": ("place_name", "address"),
    "position": ("latitude", "longitude"),
    "url": ("web",),
    "end": ("last_day", "ends"),
    "access": tuple(name for name, _access in ACCESS),
    "pictures": ("kept",),
    "title": ("title", "draft_title"),
    "status": ("status",),
}
# Every other part says when; a rule is told by several fields together.
_WHEN = (
    *(name for name in _OF_TIME if name not in {"status", *_STAYS_OUT, "uid", "sequence", "changed"}),
    *("zone", "kept"),
)


def opened(run: ImportRun) -> tuple[Reading, EventDesk, Library]:
    """What a run over chosen events works with. Raises FeedError (German) when the website has no place for them."""
    try:
        desk = EventDesk.opened(run)
    except ValueError as error:
        raise FeedError(str(error)) from error
    wanted = run.events.exclude(choice=FoundEvent.Choice.SKIP).filter(reason_de="").order_by("position")
    reading = Reading("events", run.title, "", iter(()), wanted.count(), notes=list(run.notes))
    reading.items = _items(wanted.select_related("twin"))
    reading.repeated = run.repeated
    reading.broken += [
        Broken(row.position, row.title, row.reason_de)
        for row in run.events.exclude(reason_de="").order_by("position")
    ]
    return reading, desk, Library(enabled=False)


@dataclass(slots=True)
class EventDesk:
    """What every draft needs, read once per run: the place of the events, taken addresses."""

    place: Any
    run: ImportRun
    branch: Branch
    slugs: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, run: ImportRun) -> EventDesk:
        """Reads the addresses. Raises ValueError (German) when the website has no first page yet."""
        place = founding.calendar()
        return cls(place, run, Branch(place), {*place.get_children().values_list("slug", flat=True), *TAKEN})

    def old_category(self, item: ForeignItem) -> str:
        """See `Drafts`: categories of events are words."""
        del item
        return ""

    def reopened(self) -> EventDesk:
        """The same, read anew: after a rollback what is remembered here may never have been written."""
        return EventDesk.opened(self.run)

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> EventPage:
        """A new draft, or a new draft of the event it is put together with."""
        del media
        event = events.from_plain(item.details["event"])
        if (twin := item.details.get("into")) and (page := EventPage.objects.filter(pk=twin).first()):
            return self._together(page, event, notes)
        if (past := item.details.get("copy_of")) and (original := EventPage.objects.filter(pk=past).first()):
            return self._copied(original, event)
        owner = self.run.started_by
        page = EventPage(slug=free_slug(event.title, self.slugs, "veranstaltung"), live=False, owner=owner)
        page.locale = (
            self.place.locale
        )  # the CMS would ask for it, and whether a new page is the root of a site
        page._is_site_root = False  # noqa: SLF001 - as its `annotate_site_root_state` does
        calendar.fill(page, event)
        page.origin = self._origin()
        page.has_unpublished_changes = True
        self.branch.add(page, owner)
        first_revision(page, owner)
        return page

    def update(self, page: EventPage, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """The draft as the event is now; its address stays."""
        del media
        event = events.from_plain(item.details["event"])
        if page.uid != event.uid:  # put together with one that was here before
            self._together(page, event, notes)
        else:
            calendar.update_from(page, event, by=self.run.started_by)

    def _copied(self, original: EventPage, event: events.Event) -> EventPage:
        """With its texts, pictures and place; only its dates are those of `event`."""
        timed = EventPage()
        calendar.fill(timed, event)
        values = {name: getattr(timed, name) for name in _OF_TIME if name not in _STAYS_OUT}
        slug = free_slug(event.title, self.slugs, "veranstaltung")
        copied: EventPage = original.copy(
            to=self.place,
            update_attrs={
                **values,
                "slug": slug,
                "origin": self._origin(),
                "status_note": "",
                "moved_from": None,
            },
            copy_revisions=False,
            keep_live=False,
            user=self.run.started_by,
        )
        self.branch.forget()
        return copied

    def _together(self, page: EventPage, event: events.Event, notes: list[str]) -> EventPage:
        draft: EventPage = page.get_latest_revision_as_object()
        before = calendar.event_of(draft)
        both = events.merged(before, event)
        overlay(draft, both, {said for said in _HOLDS if getattr(both, said) != getattr(before, said)})
        draft.origin = "; ".join(dict.fromkeys(filter(None, [draft.origin, self._origin()])))[:_ORIGIN]
        draft.has_unpublished_changes = True
        draft.save_revision(user=self.run.started_by, clean=False)
        EventPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
        notes.append(f"Mit dem vorhandenen „{page.title}“ zusammengeführt: ergänzt ist, was dort fehlte.")
        return draft

    def _origin(self) -> str:
        return f"Eingelesen aus {self.run.title or self.run.source}"[:_ORIGIN]


def overlay(draft: EventPage, event: events.Event, parts: Iterable[str]) -> None:
    """Writes these parts of an event (names of `events.parts`) into a draft, and leaves the rest of it as it is."""
    filled = EventPage()
    calendar.fill(filled, event)
    names = {name for part in parts for name in _HOLDS.get(part, _WHEN)}
    if "place_name" in names:
        draft.place = None  # it would be shown instead
    for name in sorted(names):
        setattr(draft, name, getattr(filled, name))


def _items(rows: Any) -> Iterator[ForeignItem]:
    for row in rows.iterator(chunk_size=_AT_ONCE):
        details = {"event": row.plain}
        if row.choice == FoundEvent.Choice.MERGE and row.twin_id:
            details["into"] = row.twin_id
        elif row.choice == FoundEvent.Choice.COPY:
            details["copy_of"] = row.twin_id
        uid = str(row.plain["uid"])
        yield ForeignItem(
            row.position,
            uid,
            row.title,
            "",
            (),
            link=str(row.plain.get("url", "")),
            details=details,
            parts=events.parts_of(row.plain),
        )
