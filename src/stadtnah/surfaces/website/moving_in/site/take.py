"""From the pages that were chosen to items, the same that feeds give: so they are taken over like these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from typing import Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in import items
from stadtnah.surfaces.website.moving_in.foreign import Broken, ForeignItem, ItemError, Reading, Shown
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun
from stadtnah.surfaces.website.moving_in.pictures import Library
from stadtnah.surfaces.website.moving_in.site import page as pages
from stadtnah.surfaces.website.moving_in.site.domain import urls
from stadtnah.surfaces.website.moving_in.site.domain.kinds import section_field
from stadtnah.surfaces.website.moving_in.site.drafts import SiteDesk, without_contact
from stadtnah.surfaces.website.moving_in.site.folder import Copy, Saved
from stadtnah.surfaces.website.moving_in.site.places import Places
from stadtnah.surfaces.website.moving_in.site.propose import kept_known

_LINK: Final = re.compile(r'href="([^"]*)"')
_HOURS: Final = "Bitte tragen Sie die Öffnungszeiten in die Felder dafür ein; bisher stehen sie im Text."


def opened(run: ImportRun, copy: Copy) -> tuple[Reading, SiteDesk, Library]:
    """What a run over chosen pages works with. Raises FeedError (German) when what was remembered is gone."""
    known = kept_known(run)
    places = Places.of_run(run)
    reading = Reading("site", run.title, "", iter(()), len(places.rows), notes=list(copy.notes))
    reading.items = _items(copy, known, places, reading)
    unreadable = FoundPage.objects.filter(run=run, possible=False).exclude(reason_de="").order_by("position")
    reading.broken += [
        Broken(row.position, row.title, row.reason_de) for row in unreadable if _is_broken(row)
    ]
    library = Library(enabled=run.with_pictures, source=copy.file, with_files=True)
    return reading, SiteDesk.opened(run, places), library


def _is_broken(row: FoundPage) -> bool:
    return not row.reason_de.startswith("Die Seite leitet")


def _items(copy: Copy, known: pages.Known, places: Places, reading: Reading) -> Iterator[ForeignItem]:
    saved = {one.name: one for one in copy.pages()}
    for row in places.rows:
        one = saved.get(row.name)
        if one is None:
            reading.broken.append(Broken(row.position, row.title, "Die Seite ist nicht mehr in der Kopie."))
            continue
        try:
            yield _item(copy, one, row, known, places)
        except (ItemError, OSError) as error:
            reason = str(error) if isinstance(error, ItemError) else "Die Datei ist nicht zu lesen."
            reading.broken.append(Broken(row.position, row.title, reason))


def _item(copy: Copy, one: Saved, row: FoundPage, known: pages.Known, places: Places) -> ForeignItem:
    page = pages.loaded(copy.read(one.name), one)
    raw = pages.raw_of(page, pages.main_of(page, known), row.title, dated=row.kind == FoundPage.Kind.MESSAGE)
    raw.position = row.position
    raw.guid = raw.link = row.address
    item = items.assembled(raw, clock.town_zone())
    blocks = tuple(_led(part, places, copy.origin, page.base) for part in item.blocks)
    details, notes = dict(item.details), item.notes
    if row.kind == FoundPage.Kind.SERVICE:
        blocks, sections = _sections(blocks)
        details |= sections
    elif row.kind == FoundPage.Kind.OFFICE:
        blocks, notes = without_contact(blocks), (*notes, _HOURS)
    return replace(
        item, guid=row.address, blocks=blocks, details=details, notes=notes, slug=places.slugs.get(row.pk, "")
    )


def _led(part: Block | Shown, places: Places, origin: str, base: str) -> Block | Shown:
    """With links to pages that come along leading to where these are here."""
    if not isinstance(part, Block) or "href=" not in part.html:
        return part

    def new(match: re.Match[str]) -> str:
        address = unescape(match[1])
        anchor = address.partition("#")[2]
        old = urls.normal(address, origin, base)
        path = places.path_of(old) if old else ""
        return f'href="{escape(path + (f"#{anchor}" if anchor else ""))}"' if path else match[0]

    return replace(part, html=_LINK.sub(new, part.html))


def _sections(blocks: tuple[Block | Shown, ...]) -> tuple[tuple[Block | Shown, ...], dict[str, str]]:
    """A service's texts under headings like „Gebühren“ belong into its fields; the rest stays its description."""
    kept: list[Block | Shown] = []
    found: dict[str, str] = {}
    name = ""
    for part in blocks:
        if isinstance(part, Block) and part.kind == "heading":
            name = section_field(part.title)
            if not name:
                kept.append(part)
        elif name and isinstance(part, Block) and part.kind == "text":
            found[name] = found.get(name, "") + re.sub(r"<(/?)h[34]>", r"<\1p>", part.html)
        else:
            kept.append(part)
    return tuple(kept), found
