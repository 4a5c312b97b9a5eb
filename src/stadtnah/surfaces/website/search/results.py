"""A page of results as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from stadtnah.kernel import clock
from stadtnah.kernel.town.api import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website.languages.domain.tongues import GERMAN, TONGUES, rtl, tag_of
from stadtnah.surfaces.website.members import Member
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.search import excerpts, find, sites
from stadtnah.surfaces.website.search.excerpts import Piece
from stadtnah.surfaces.website.search.find import Answer
from stadtnah.surfaces.website.search.models import Entry, Facet
from stadtnah.surfaces.website.search.questions import LONGEST
from stadtnah.surfaces.website.site import LANGUAGES

PER_PAGE: Final = 10
# What stands in the address for each kind, and what readers see.
FACETS: Final[dict[Facet, tuple[str, Any]]] = {
    Facet.SERVICE: ("dienstleistungen", _("Services")),
    Facet.OFFICE: ("stellen", _("Offices and places")),
    Facet.PAGE: ("seiten", _("Pages")),
    Facet.NEWS: ("aktuelles", _("News")),
    Facet.FILE: ("dokumente", _("Documents")),
    Facet.WORD: ("begriffe", _("Terms explained")),
}
PERIODS: Final[dict[str, tuple[int, Any]]] = {
    "monat": (31, _("last month")),
    "halbjahr": (183, _("last six months")),
    "jahr": (366, _("last year")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, from the address; what makes no sense there is left out."""

    text: str
    facet: Facet | None = None
    period: str = ""
    page: int = 1
    tongue: str = ""  # asked in beside German
    site: Member | None = None  # of which alone something is wanted

    @classmethod
    def read(cls, given: Any, tongue: str = "", sites: Mapping[str, Member] | None = None) -> Wanted:
        """From the query of an address; tongue: the language of the form, unless the address names that of the page it stood on.

        sites: the member sites that are public, by their roots.
        """
        text = " ".join(str(given.get("q", "")).replace("\0", " ").split())[:LONGEST]
        facet = next((one for one, (slug, _label) in FACETS.items() if slug == given.get("art")), None)
        period = str(given.get("zeit", ""))
        page = str(given.get("seite", "1"))
        spoken = str(given.get("sprache", ""))
        return cls(
            text,
            facet,
            period if facet is Facet.NEWS and period in PERIODS else "",
            int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1,  # noqa: PLR2004 - no more pages are shown
            spoken if spoken in TONGUES else tongue,
            (sites or {}).get(f"/{given.get('auftritt', '')}/"),
        )

    @property
    def place(self) -> str:
        """What the address says of the site."""
        return self.site.slug if self.site else ""

    @property
    def spoken(self) -> str:
        """A language without words of the frame: the address has to name it."""
        return self.tongue if self.tongue not in LANGUAGES else ""

    @property
    def since(self) -> int:
        """The oldest day of news, as date.toordinal(); 0 for any."""
        if not self.period:
            return 0
        return (clock.local(clock.now()).date() - timedelta(days=PERIODS[self.period][0])).toordinal()


@dataclass(frozen=True, slots=True)
class Result:
    """One entry as it is shown."""

    entry: Entry
    title: list[Piece]
    text: list[Piece]
    site: Town | None = None  # the member site that it is of, where all of the website was searched

    @property
    def label(self) -> Any:
        """What kind it is."""
        return FACETS[Facet(self.entry.facet)][1]

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return rtl(self.entry.language)

    @property
    def whole(self) -> bool:
        """Whether its address names its language already."""
        return tag_of(self.entry.path) != GERMAN

    @property
    def day(self) -> date | None:
        """Of news."""
        return date.fromordinal(self.entry.day) if self.entry.facet == Facet.NEWS and self.entry.day else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of results. `meant`: what was looked for in place of what was typed, "" when that was known."""

    wanted: Wanted
    total: int
    more: bool
    pages: int
    results: list[Result]
    counts: list[tuple[str, Any, int]] = field(default_factory=list)
    meant: str = ""


def show(wanted: Wanted, members: Mapping[str, Member] | None = None) -> Shown:
    """The page that is wanted, or the last there is; `members`: the public sites by their roots. At most ten queries."""
    site = sites.numbers(wanted.site.root, wanted.site.key) if wanted.site else ()
    answer = find.ask(wanted.text, since=wanted.since, tongue=wanted.tongue, site=site)
    named = {} if wanted.site else {root: one.here for root, one in (members or {}).items()}
    chosen = answer.of(wanted.facet)
    pages = max(1, -(-len(chosen) // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    part = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    results = [
        replace(_result(entry, answer.stems), site=named.get(entry.root)) for entry in find.entries(part)
    ]
    counts = [
        (slug, label, count)
        for facet, (slug, label) in FACETS.items()
        if (count := answer.counts().get(facet, 0))
    ]
    placed = replace(wanted, page=page)
    return Shown(placed, len(chosen), answer.more, pages, results, counts, _meant(wanted.text, answer))


def _result(entry: Entry, stems: frozenset[str]) -> Result:
    stems |= {stem.partition(":")[2] for stem in stems if ":" in stem}  # without their language
    return Result(entry, excerpts.marked(entry.title, stems), excerpts.excerpt(entry.lead, entry.text, stems))


def _meant(text: str, answer: Answer) -> str:
    said = text
    for written, meant in answer.meant.items():
        said = said.replace(written, meant)
    return said if said != text else ""


def often_wanted() -> list[tuple[str, str]]:
    """(label, address) of what the municipality put on its first page for those in a hurry."""
    row = ReleasedPage.objects.filter(path="/", state=ReleasedPage.State.LIVE).first()
    links = Content.from_json(row.content).extra.get("quick_links", []) if row else []
    return [(link["label"], link["href"]) for link in links if link.get("href")]
