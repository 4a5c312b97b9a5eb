"""What machines are told of offices, places and people: schema.org."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from stadtnah.surfaces.website import linked_data
from stadtnah.surfaces.website.linked_data import CONTEXT, Document, Node
from stadtnah.surfaces.website.offices.domain.hours import DAY, Day, Week, changes
from stadtnah.surfaces.website.offices.view import Office, Place
from stadtnah.surfaces.website.opening_words import WEEK

_AHEAD: Final = timedelta(days=180)
_ALL_DAY: Final = "23:59"  # schema.org has no 24:00


def office_node(office: Office, base: str) -> Node:
    """An office with its place, hours and people."""
    said, content = office.said, office.content
    place = place_node(office.place, base) if office.place else {}
    return {
        "@type": "GovernmentOffice",
        "@id": f"{base}{content.path}#amt",
        "name": content.title,
        "alternateName": [name.strip() for name in said.get("names", "").split(",")],
        "url": f"{base}{content.path}",
        "description": content.teaser,
        "telephone": linked_data.telephone(said.get("phone", "")),
        "email": said.get("mail", ""),
        "address": place.get("address"),
        "geo": place.get("geo"),
        "hasMap": place.get("hasMap"),
        "openingHoursSpecification": _regular(office),
        "specialOpeningHoursSpecification": _special(office),
        "contactPoint": [_contact(person.name, person.said) for person in office.people],
        "parentOrganization": {"@id": linked_data.town_id(base)},
    }


def place_node(place: Place, base: str) -> Node:
    """A place with its address and where it is."""
    point = place.point
    return {
        "@type": "Place",
        "@id": f"{base}{place.path}#ort",
        "name": place.title,
        "url": f"{base}{place.path}",
        "address": _address(place),
        "geo": {"@type": "GeoCoordinates", "latitude": float(point[0]), "longitude": float(point[1])}
        if point
        else None,
        "hasMap": f"https://www.openstreetmap.org/?mlat={point[0]}&mlon={point[1]}" if point else None,
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": fact, "value": True} for fact in place.facts
        ],
    }


def _address(place: Place) -> Node | None:
    if not place.said.get("street"):
        return None
    return {
        "@type": "PostalAddress",
        "streetAddress": place.said["street"],
        "postalCode": place.said.get("postcode", ""),
        "addressLocality": place.said.get("town", ""),
        "addressCountry": "DE",
    }


def _contact(name: str, said: dict[str, str]) -> Node:
    return {
        "@type": "ContactPoint",
        "name": name,
        "contactType": said.get("duty") or said.get("function", ""),
        "telephone": linked_data.telephone(said.get("phone", "")),
        "email": said.get("mail", ""),
    }


def _regular(office: Office) -> list[Node]:
    plan = office.plan()
    found = _week(plan.week)
    for season in office.seasons():
        if not season.yearly:  # of years to come nobody can be told in advance
            dates = {"validFrom": season.first.isoformat(), "validThrough": season.last.isoformat()}
            found += [{**node, **dates} for node in _week(season.week)]
    return found


def _week(week: Week) -> list[Node]:
    found: dict[tuple[str, str], list[str]] = {}
    for name, day in zip(WEEK, week, strict=True):
        for times in _times(day):
            found.setdefault(times, []).append(f"{CONTEXT}/{name}")
    return [{**_specification(*times), "dayOfWeek": days} for times, days in found.items()]


def _special(office: Office) -> list[Node]:
    """Days that are not as usual; a closed one opens and closes at midnight."""
    found: list[Node] = []
    for day, _reason, hours in changes(office.plan(), office.today, office.today + _AHEAD):
        dates = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
        found += [{**_specification(*times), **dates} for times in _times(hours) or [("00:00", "00:00")]]
    return found


def _specification(opens: str, closes: str) -> Node:
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def _times(day: Day) -> list[tuple[str, str]]:
    return [(_clock(span.opens), _clock(span.closes)) for span in day.spans]


def _clock(minutes: int) -> str:
    if minutes == DAY:
        return _ALL_DAY
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02}:{minute:02}"


def _office(document: Document) -> list[Node]:
    office: Any = document.around
    if not isinstance(office, Office):
        return linked_data.page(document)
    node = {**office_node(office, document.base), "mainEntityOfPage": document.address}
    return [node, linked_data.publisher(document)]


def _place(document: Document) -> list[Node]:
    place: Any = document.around
    if not isinstance(place, Place):
        return linked_data.page(document)
    node = {**place_node(place, document.base), "mainEntityOfPage": document.address}
    return [{**node, "description": document.description}]


linked_data.MAKERS.register("office", _office)
linked_data.MAKERS.register("place", _place)
linked_data.MAKERS.register("offices", lambda document: linked_data.page(document, "CollectionPage"))
linked_data.MAKERS.register("places", lambda document: linked_data.page(document, "CollectionPage"))
