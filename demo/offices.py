"""Places, people and offices of the demo town as pages, and which office answers for which service."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo.content import offices as words
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.models import ServicePage
from stadtnah.surfaces.website.offices import founding
from stadtnah.surfaces.website.offices.models import OfficePage, PersonPage, PlacePage


def build(today: date) -> list[Any]:
    """All of them as drafts, in an order in which they can be released."""
    index = _described(founding.office_index(), words.INDEX)
    place_index = _described(founding.place_index(), words.PLACE_INDEX)
    places = {
        entry["slug"]: place_index.add_child(instance=PlacePage(**entry, live=False))
        for entry in words.PLACES
    }
    people = {
        entry["title"]: index.add_child(
            instance=PersonPage(**entry, slug=plain_slug(entry["title"]), live=False)
        )
        for entry in words.PEOPLE
    }
    offices = [_office(index, entry, places, people) for entry in words.offices(today)]
    return [index, place_index, *places.values(), *people.values(), *offices]


def _described(page: Any, given: dict[str, Any]) -> Any:
    for name, value in given.items():
        setattr(page, name, value)
    page.save()
    return page


def _office(
    index: Any, entry: dict[str, Any], places: dict[str, PlacePage], people: dict[str, PersonPage]
) -> OfficePage:
    given = {**entry, "place": places[entry["place"]], "live": False}
    services = given.pop("services")
    given["people"] = [("person", people[name]) for name in given.pop("people")]
    given["exceptions"] = [
        ("exception", {"first": first, "last": last, "hours": hours, "reason": reason})
        for first, last, hours, reason in given.pop("exceptions", ())
    ]
    given["seasons"] = [
        ("season", {"name": name, "first": first, "last": last, "yearly": yearly, **week})
        for name, first, last, yearly, week in given.pop("seasons", ())
    ]
    page: OfficePage = index.add_child(instance=OfficePage(**given))
    page.full_clean()
    page.save()
    page.save_revision()
    ServicePage.objects.filter(slug__in=services).update(office=page)
    return page
