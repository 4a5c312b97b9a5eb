"""From an item of a catalogue to a draft of a service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.moving_in.drafts import Media, body_of, free_slug, freeze
from stadtnah.surfaces.website.moving_in.foreign import ForeignItem
from stadtnah.surfaces.website.services import ServiceIndexPage, ServicePage


@dataclass(slots=True)
class ServiceDesk:
    """What every draft needs, read once per run: the place of the services, taken addresses."""

    place: ServiceIndexPage
    owner: Any = None
    slugs: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, owner: Any) -> ServiceDesk:
        """Reads the addresses. Raises ValueError (German) when the website has no first page yet."""
        place = founding.service_place()
        taken = ServicePage.objects.child_of(place).values_list("slug", flat=True)
        return cls(place, owner, set(taken))

    def old_category(self, item: ForeignItem) -> str:
        """See `Drafts`: services have none."""
        del item
        return ""

    def reopened(self) -> ServiceDesk:
        """The same, read anew: after a rollback what is remembered here may never have been written."""
        return ServiceDesk.opened(self.owner)

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> ServicePage:
        """A new draft below the services, with its first revision."""
        del notes  # they stand with the item; a service has no note of its own
        slug = free_slug(item.slug or item.title, self.slugs, "dienstleistung")
        page = ServicePage(slug=slug, live=False, owner=self.owner)
        _fill(page, item, media)
        page.has_unpublished_changes = True
        self.place.add_child(instance=page)
        freeze(page, self.owner)
        return page

    def update(self, page: ServicePage, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """The draft as the item is now; its address stays."""
        del notes
        _fill(page, item, media)
        page.save()
        freeze(page, self.owner)


def _fill(page: ServicePage, item: ForeignItem, media: Media) -> None:
    page.title = page.draft_title = item.title
    page.teaser = item.teaser
    page.language = "en" if item.language.lower().startswith("en") else "de"
    page.body = body_of(item, media)
    for name in _TEXTS:
        setattr(page, name, item.details.get(name, ""))
    page.links = [
        ("link", {"label": label, "address": address}) for label, address in item.details.get("links", [])
    ]


_TEXTS = (
    *("requirements", "documents", "procedure", "fees", "legal_basis"),
    *("duration", "online_address", "appointment_address", "other_names", "leika"),
)
