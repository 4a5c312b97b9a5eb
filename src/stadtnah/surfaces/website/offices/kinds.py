"""Offices, places, people and their lists, as kinds of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stadtnah.kernel.town.api import base_url, town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, service_list
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.offices import content as contents
from stadtnah.surfaces.website.offices import listing, vcard, view
from stadtnah.surfaces.website.offices.models import (
    OFFICES,
    PLACES,
    OfficeIndexPage,
    OfficePage,
    PersonPage,
    PlaceIndexPage,
    PlacePage,
)
from stadtnah.surfaces.website.released import ReleasedPage


def _show_office(content: Content, row: ReleasedPage | None) -> Sheet:
    office = view.office(content)
    # The page shows the hours in its own way, so their tables are left out of its text.
    blocks = content.blocks
    if any(block.style == contents.HOURS_STYLE for block in blocks):
        blocks = tuple(block for block in blocks[1:] if block.style != contents.HOURS_STYLE)
    uses = view.uses([office]) | {service_list.of_office(content.object_key)}
    context: dict[str, Any] = {"row": row, "content": replace(content, blocks=blocks), "office": office}
    beside = {}
    if row is not None:
        card = vcard.of(office, town=town().name, base=base_url())
        beside[vcard.NAME] = (card, vcard.TYPE)
        context["card"] = f"{content.path}{vcard.NAME}"
    return Sheet("website/office.html", context, uses, beside=beside)


def _show_place(content: Content, row: ReleasedPage | None) -> Sheet:
    context = {
        "row": row,
        "content": content,
        "place": view.place_of(content),
        "offices": view.at_place(content.object_key),
    }
    return Sheet("website/place.html", context, frozenset({listing.place_key(content.object_key)}))


def _show_person(content: Content, row: ReleasedPage | None) -> Sheet:
    person = view.person_of(content)
    if row is not None and not person.path:
        return kinds.moved(OFFICES)
    hero = person.picture
    context = {"row": row, "content": replace(content, hero=hero), "person": person}
    return Sheet("website/person.html", context, frozenset({view.day_use()}))


def _show_offices(content: Content | None, _row: ReleasedPage | None) -> Sheet:
    found = listing.all_offices()
    context = {
        "content": content,
        "topics": listing.by_topic(found),
        "letters": listing.office_letters(found),
    }
    return Sheet("website/offices.html", context, view.uses(found) | {listing.OFFICE_LIST})


def _show_places(content: Content | None, _row: ReleasedPage | None) -> Sheet:
    context = {"content": content, "letters": listing.place_letters()}
    return Sheet("website/places.html", context, frozenset({listing.PLACE_LIST}))


def _lists_of_office(row: ReleasedPage) -> set[str]:
    place = row.content["extra"].get("links", {}).get("place", "")
    return {listing.OFFICE_LIST} | ({listing.place_key(place)} if place else set())


def _place_of_office(row: ReleasedPage) -> str:
    """What lists say of it apart from what they read anew with its key: title, address, field of work, other names, place."""
    extra = row.content["extra"]
    names = [value for key, _label, value in extra.get("details", []) if key == "names"]
    return " ".join(map(str, (row.path, row.content["title"], extra.get("topic"), names, extra.get("links"))))


def _at_offices(path: str) -> Sheet | None:
    return _show_offices(None, None) if path == OFFICES and listing.paths_of(path) else None


def _at_places(path: str) -> Sheet | None:
    return _show_places(None, None) if path == PLACES and listing.paths_of(path) else None


def _has_page(extra: Mapping[str, Any]) -> bool:
    """Whether somebody of the administration has a page of their own."""
    return any(key == "page" for key, _label, _value in extra["details"])


kinds.register(
    Kind(
        key="office",
        reviewed=6,
        page=OfficePage,
        content=contents.office,
        show=_show_office,
        lists=_lists_of_office,
        place=_place_of_office,
        many=True,
        facet="office",
    )
)
kinds.register(
    Kind(
        key="place",
        reviewed=12,
        page=PlacePage,
        content=contents.place,
        show=_show_place,
        lists=lambda _row: {listing.PLACE_LIST},
        place=lambda row: f"{row.path} {row.content['title']}",
        many=True,
        facet="office",
    )
)
kinds.register(
    Kind(
        key="person",
        reviewed=6,
        page=PersonPage,
        content=contents.person,
        show=_show_person,
        addressed=lambda row: _has_page(row.content["extra"]),
        readable=lambda content: _has_page(content.extra),
        many=True,
        searched=False,
    )
)
kinds.register(
    Kind(
        key="offices",
        reviewed=24,
        page=OfficeIndexPage,
        content=contents.office_index,
        show=_show_offices,
        lists=lambda _row: {"menu", view.CLOSINGS},
        paths=lambda: listing.paths_of(OFFICES),
        at=_at_offices,
        menu=True,
        searched=False,
    )
)
kinds.register(
    Kind(
        key="places",
        reviewed=24,
        page=PlaceIndexPage,
        content=contents.place_index,
        show=_show_places,
        lists=lambda _row: {"menu"},
        paths=lambda: listing.paths_of(PLACES),
        at=_at_places,
        menu=True,
        searched=False,
    )
)
