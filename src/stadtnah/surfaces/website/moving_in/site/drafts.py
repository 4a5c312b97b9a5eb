"""From a found page to a draft of its kind, in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.models import (
    HomePage,
    MessagePage,
    NewsIndexPage,
    ServicePage,
    StandardPage,
)
from stadtnah.surfaces.website.moving_in.drafts import Desk, Drafts, Media, body_of, free_slug, freeze
from stadtnah.surfaces.website.moving_in.foreign import ForeignItem
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportedItem, ImportRun, hashed
from stadtnah.surfaces.website.moving_in.service_drafts import ServiceDesk
from stadtnah.surfaces.website.moving_in.site.places import Places
from stadtnah.surfaces.website.offices import founding
from stadtnah.surfaces.website.offices.models import OfficePage
from stadtnah.surfaces.website.pagetypes.models import SectionPage

_Kind = FoundPage.Kind
OTHER_KIND = "Den Entwurf gibt es schon als andere Art von Seite. Verwerfen Sie ihn zuerst, wenn er eine andere werden soll."
_PHONE = 40


@dataclass(slots=True)
class SiteDesk:
    """See `Drafts`: pages of every kind, each made by the desk of its kind, which is opened when it is first needed."""

    run: ImportRun
    places: Places
    rows: dict[str, FoundPage]  # by the hash of their old address
    _desks: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def opened(cls, run: ImportRun, places: Places) -> SiteDesk:
        """Nothing is read yet."""
        return cls(run, places, {row.name_hash: row for row in places.rows})

    def old_category(self, item: ForeignItem) -> str:
        """See `Drafts`."""
        del item
        return ""

    def reopened(self) -> SiteDesk:
        """See `Drafts`."""
        return SiteDesk.opened(self.run, self.places)

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> Any:
        """A new draft, unreleased."""
        row = self.rows[hashed(item.guid)]
        desk = self._desk(row)
        page = (
            desk.create_below(row, item, media)
            if isinstance(desk, TreeDesk)
            else desk.create(item, media, notes)
        )
        self.places.pages[row.name_hash] = page
        return page

    def update(self, page: Any, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """The draft as the old page is now. Raises ValueError (German) when it became another kind of page."""
        row = self.rows[hashed(item.guid)]
        if not isinstance(page, _TYPES[_Kind(row.kind)]):
            raise ValueError(OTHER_KIND)  # noqa: TRY004 - an editor reads it; the item is refused
        self._desk(row).update(page, item, media, notes)

    def _desk(self, row: FoundPage) -> Any:
        name = "tree" if row.kind in {_Kind.PAGE, _Kind.SECTION} else row.kind
        if name not in self._desks:
            self._desks[name] = self._opened(name)
        return self._desks[name]

    def _opened(self, name: str) -> Drafts | TreeDesk:
        owner = self.run.started_by
        if name == _Kind.SERVICE:
            return ServiceDesk.opened(owner)
        if name == _Kind.OFFICE:
            return OfficeDesk(owner)
        if name == _Kind.MESSAGE:
            news = NewsIndexPage.objects.first()
            if news is None:
                raise ValueError(
                    "Die Website hat noch keine Seite „Aktuelles“. Bitte legen Sie sie zuerst an."
                )
            return Desk.opened(news, self.run)
        return TreeDesk(self.run, self.places)


@dataclass(slots=True)
class TreeDesk:
    """Standard pages and sections, below the page that was above them."""

    run: ImportRun
    places: Places

    def create_below(self, row: FoundPage, item: ForeignItem, media: Media) -> Page:
        """A new draft in its place."""
        parent = self._parent(row)
        kind = SectionPage if row.kind == _Kind.SECTION else StandardPage
        taken = set(parent.get_children().values_list("slug", flat=True))
        slug = free_slug(self.places.slugs.get(row.pk) or item.title, taken, "seite")
        page: Any = kind(slug=slug, live=False, owner=self.run.started_by)
        _fill(page, item, media)
        page.has_unpublished_changes = True
        parent.add_child(instance=page)
        freeze(page, self.run.started_by)
        return page

    def update(self, page: Any, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """See `Drafts`."""
        del notes
        _fill(page, item, media)
        page.save()
        freeze(page, self.run.started_by)

    def _parent(self, row: FoundPage) -> Any:
        """Read anew: adding a page below changes it. A page that somebody made another kind of has nothing below."""
        above = self.places.parent(row)
        if above is not None:
            item = ImportedItem.objects.filter(
                source_key=self.run.source_key, guid_hash=above.name_hash
            ).first()
            found = Page.objects.filter(pk=item.page_id).first() if item and item.page_id else None
            if found is not None and isinstance(found.specific, StandardPage | SectionPage):
                return found
        home = HomePage.objects.first()
        if home is None:
            raise ValueError("Die Website hat noch keine Startseite. Bitte legen Sie sie zuerst an.")
        return home


@dataclass(slots=True)
class OfficeDesk:
    """Offices, with their telephone and mail from the contact box."""

    owner: Any = None

    def old_category(self, item: ForeignItem) -> str:
        """See `Drafts`."""
        del item
        return ""

    def reopened(self) -> OfficeDesk:
        """See `Drafts`."""
        return OfficeDesk(self.owner)

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> OfficePage:
        """A new draft among the offices."""
        del notes
        place = founding.office_index()
        taken = {*place.get_children().values_list("slug", flat=True), "personen"}
        page = OfficePage(slug=free_slug(item.slug or item.title, taken, "amt"), live=False, owner=self.owner)
        self._filled(page, item, media)
        page.has_unpublished_changes = True
        place.add_child(instance=page)
        freeze(page, self.owner)
        return page

    def update(self, page: OfficePage, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """See `Drafts`."""
        del notes
        self._filled(page, item, media)
        page.save()
        freeze(page, self.owner)

    def _filled(self, page: OfficePage, item: ForeignItem, media: Media) -> None:
        _fill(page, item, media)
        phone, mail = item.details.get("phone", ""), item.details.get("mail", "")
        page.phone = phone if len(phone) <= _PHONE else ""
        page.mail = mail


def _fill(page: Any, item: ForeignItem, media: Media) -> None:
    page.title = page.draft_title = item.title
    page.teaser = item.teaser
    page.language = "en" if item.language.lower().startswith("en") else "de"
    page.body = body_of(item, media)
    shown = item.pictures[item.hero] if item.hero is not None else None
    page.hero_image = media.images.get(item.hero) if item.hero is not None else None
    page.hero_alt = shown.alt if shown else ""
    page.hero_caption = shown.caption if shown else ""


def without_contact(blocks: tuple[Any, ...]) -> tuple[Any, ...]:
    """An office has fields of its own for what a contact box says."""
    return tuple(part for part in blocks if not (isinstance(part, Block) and part.kind == "contact"))


_TYPES: dict[FoundPage.Kind, Any] = {
    _Kind.PAGE: (StandardPage, SectionPage),
    _Kind.SECTION: (StandardPage, SectionPage),
    _Kind.MESSAGE: MessagePage,
    _Kind.SERVICE: ServicePage,
    _Kind.OFFICE: OfficePage,
}
