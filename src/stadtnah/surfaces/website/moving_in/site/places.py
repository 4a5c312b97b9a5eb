"""Where each page goes on this website: the page above it here, and its address, known before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from stadtnah.surfaces.website import services
from stadtnah.surfaces.website.addresses import FEEDS, RESERVED_SLUGS
from stadtnah.surfaces.website.models import HomePage
from stadtnah.surfaces.website.moving_in.drafts import free_slug
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportedItem, ImportRun
from stadtnah.surfaces.website.moving_in.site.domain import urls
from stadtnah.surfaces.website.moving_in.site.domain.plan import AREAS
from stadtnah.surfaces.website.offices.models import OfficePage

_TREE = {FoundPage.Kind.PAGE, FoundPage.Kind.SECTION}


@dataclass(slots=True)
class Places:
    """The pages of a run that are to be taken over, in the order of the tree.

    paths: public path by the row's key, where it is known before its day is; pages: what is here already, by the hash of the old address.
    """

    rows: list[FoundPage]
    paths: dict[int, str] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    _forwarded: dict[str, str] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _by_key: dict[int, FoundPage] = field(default_factory=dict)

    @classmethod
    def of_run(cls, run: ImportRun) -> Places:
        """As chosen now; the queries grow with the number of pages that are here already, not with the number found."""
        every = list(FoundPage.objects.filter(run=run).order_by("position"))
        found = cls([row for row in every if row.wanted and row.possible])
        found._by_key = {row.pk: row for row in every}
        found._known = _known(every)
        found._forwarded = {
            one: row.forward_to for row in every if row.forward_to for one in (row.address, *row.aliases)
        }
        found._read_pages(run)
        found._lay()
        return found

    def parent(self, row: FoundPage) -> FoundPage | None:
        """The nearest page above that comes along and can have pages below; None for the first level."""
        above = row.above_id
        while above is not None:
            upper = self._by_key[above]
            if upper.wanted and upper.possible and upper.kind in _TREE:
                return upper
            above = upper.above_id
        return None

    def path_of(self, address: str) -> str:
        """The path here of an old address; "" when it has none yet."""
        for form in urls.spellings(address):
            if form in self._known and (path := self.paths.get(self._known[form])):
                return path
            if form in self._forwarded:
                return self._forwarded[form]
        return ""

    def _read_pages(self, run: ImportRun) -> None:
        wanted = {row.name_hash for row in self.rows}
        items = ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False)
        for item in items.select_related("page"):
            if item.guid_hash in wanted:
                self.pages[item.guid_hash] = item.page

    def _lay(self) -> None:
        taken: dict[str, set[str]] = {}
        for row in self.rows:
            if page := self.pages.get(row.name_hash):
                self.paths[row.pk] = page.specific.public_path()
                continue
            above = self._above(row)
            if above not in taken:
                taken[above] = self._here(row, above)
            self.slugs[row.pk] = slug = free_slug(row.slug or row.title, taken[above], "seite")
            if row.kind != FoundPage.Kind.MESSAGE:  # the year in its address is its day's
                self.paths[row.pk] = f"{above}{slug}/"

    def _above(self, row: FoundPage) -> str:
        if row.kind in AREAS:
            return AREAS[row.kind]
        parent = self.parent(row)
        return self.paths[parent.pk] if parent else "/"

    def _here(self, row: FoundPage, above: str) -> set[str]:
        """Last parts of addresses below `above` that are given away."""
        if row.kind == FoundPage.Kind.MESSAGE:
            return set()  # `Desk` knows them
        if row.kind == FoundPage.Kind.SERVICE:
            index = services.index()
            return set(index.get_children().values_list("slug", flat=True)) if index else set()
        if row.kind == FoundPage.Kind.OFFICE:
            return {*OfficePage.objects.values_list("slug", flat=True), "personen"}
        parent = self.parent(row)
        page: Page | None = self.pages.get(parent.name_hash) if parent else HomePage.objects.first()
        given = set(page.get_children().values_list("slug", flat=True)) if page else set()
        return given | ({FEEDS} if parent else RESERVED_SLUGS)


def _known(rows: list[FoundPage]) -> dict[str, int]:
    found = {row.address: row.pk for row in rows}
    for row in rows:
        for alias in row.aliases:
            found.setdefault(alias, row.pk)
    return found
