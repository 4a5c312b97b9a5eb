"""Offices, places and people as released content.

What is read and compared stands in blocks and details; what is calculated with stands in `extra["hours"]`, what is looked up in
`extra["links"]` as object keys. Both are made from the same fields, here.
"""

from __future__ import annotations

from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import richtext, services
from stadtnah.surfaces.website.offices import hour_fields
from stadtnah.surfaces.website.offices.domain.hours import WEEKDAYS, Deviation, Season, Week
from stadtnah.surfaces.website.offices.domain.words import say_day
from stadtnah.surfaces.website.offices.models import (
    ACCESS,
    TOPICS,
    WHEELCHAIR,
    OfficeIndexPage,
    OfficePage,
    PersonPage,
    PlaceIndexPage,
    PlacePage,
)
from stadtnah.surfaces.website.service_words import words_of
from stadtnah.surfaces.website.snapshot import common, text_with_picture

HOURS_STYLE: Final = "hours"  # of the tables that the page shows in its own way
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOSED: Final = (
    ("christmas_eve", "Heiligabend"),
    ("new_years_eve", "Silvester"),
)


def office(page: OfficePage) -> Content:
    """An office."""
    week = hour_fields.week_of({name: getattr(page, name) for name in hour_fields.NAMES})
    seasons = [hour_fields.season_of(item.value) for item in page.seasons]
    deviations = sorted(
        (hour_fields.deviation_of(item.value) for item in page.exceptions), key=lambda one: one.first
    )
    people = [item.value.specific for item in page.people if item.value]
    said = text_with_picture(page)
    if hour_fields.is_said(week, seasons):
        said["blocks"] = (*_tables(page, week, seasons, deviations), *said["blocks"])
    extra: dict[str, Any] = {
        "kind": "office",
        "details": _office_details(page, people),
        "topic": page.topic,
        "hours": hour_fields.to_json(week, seasons, deviations, page.on_holidays),
        "links": {
            "place": page.place.object_key if page.place else "",
            "people": [person.object_key for person in people],
        },
    }
    return Content(**common(page, extra), **said)


def place(page: PlacePage) -> Content:
    """A place."""
    english = page.language == "en"
    wheelchair = dict(WHEELCHAIR)[page.wheelchair] if page.wheelchair else ""
    there = [(other if english else german) for name, german, other in ACCESS if getattr(page, name)]
    at = "" if page.latitude is None or page.longitude is None else f"{page.latitude}, {page.longitude}"
    given = [
        ["street", "Straße und Hausnummer", page.street.strip()],
        ["postcode", "Postleitzahl", page.postcode],
        ["town", "Stadt oder Gemeinde", page.town_name.strip()],
        ["at", "Lage", at],
        ["wheelchair", "Mit Rollstuhl und Kinderwagen", wheelchair],
        ["access", "Ausstattung", ", ".join(there)],
        ["access_note", "Hinweis zum Zugang", page.access_note.strip()],
        ["transit", "Mit Bus und Bahn", page.transit.strip()],
    ]
    extra = {"kind": "place", "details": _filled(given), "wheelchair": page.wheelchair}
    return Content(**common(page, extra), **text_with_picture(page))


def person(page: PersonPage) -> Content:
    """A person: no more than the duty needs."""
    given = [
        ["function", "Funktion", page.function.strip()],
        ["duty", "Zuständig für", page.duty.strip()],
        ["phone", "Telefon", page.phone.strip()],
        ["mail", "E-Mail", page.mail.strip()],
        ["until", "Zuständig bis", clock.german_date(page.duty_until) if page.duty_until else ""],
        ["picture", "Einwilligung in das Bild bis", _consent(page)],
        ["page", "Eigene Seite", "ja" if page.own_page else ""],
    ]
    extra = {
        "kind": "person",
        "details": _filled(given),
        "picture_until": page.image_consent_until.isoformat()
        if page.image and page.image_consent_until
        else "",
    }
    return Content(**common(page, extra), teaser=page.function.strip(), hero=_portrait(page))


def office_index(page: OfficeIndexPage) -> Content:
    """The list of offices with what holds for all of them."""
    closed = {
        "christmas_eve": page.christmas_eve_closed,
        "new_years_eve": page.new_years_eve_closed,
    }
    names = [label for key, label in _CLOSED if closed[key]]
    details = [
        ["closed", "Für alle geschlossen", ", ".join(names)],
        ["local", "Feiertage nur hier", ", ".join(_local_names(page))],
    ]
    extra = {
        "kind": "offices",
        "menu": "main",
        "menu_order": services.MENU_ORDER + 5,
        "details": _filled(details),
        "closings": {"days": [key for key, on in closed.items() if on], "local": page.local_holidays},
    }
    return Content(**common(page, extra), teaser=page.intro.strip())


def place_index(page: PlaceIndexPage) -> Content:
    """The list of places."""
    extra = {"kind": "places", "menu": "", "menu_order": services.MENU_ORDER + 6}
    return Content(**common(page, extra), teaser=page.intro.strip())


def _office_details(page: OfficePage, people: list[PersonPage]) -> list[list[str]]:
    given = [
        ["topic", "Bereich", dict(TOPICS)[page.topic]],
        ["place", "Ort", page.place.title if page.place else ""],
        ["room", "Zimmer oder Eingang", page.room.strip()],
        ["phone", "Telefon", page.phone.strip()],
        ["mail", "E-Mail", page.mail.strip()],
        ["appointment", "Termin vereinbaren", richtext.safe_address(page.appointment_address)],
        ["holidays", "An Feiertagen", dict(hour_fields.ON_HOLIDAYS)[page.on_holidays]],
        ["hours_note", "Hinweis zu den Zeiten", page.hours_note.strip()],
        ["people", "Ansprechpersonen", ", ".join(one.title for one in people)],
        ["names", "Andere Bezeichnungen", ", ".join(words_of(page.other_names))],
    ]
    return _filled(given)


def _tables(
    page: OfficePage, week: Week, seasons: list[Season], deviations: list[Deviation]
) -> tuple[Block, ...]:
    english = page.language == "en"
    title = "Opening hours" if english else "Öffnungszeiten"
    found = [Block("heading", title=title), _week(title, week, english=english)]
    for season in seasons:
        yearly = (", every year" if english else ", jedes Jahr") if season.yearly else ""
        found.append(_week(f"{season.name}: {_days(season)}{yearly}", season.week, english=english))
    if deviations:
        head = ("When", "Hours", "Reason") if english else ("Wann", "Zeiten", "Grund")
        rows = [(_days(one), say_day(one.day, english=english), one.reason) for one in deviations]
        title = "Exceptions" if english else "Ausnahmen"
        found.append(Block("table", title=title, rows=(head, *rows), style=HOURS_STYLE))
    return tuple(found)


def _week(title: str, week: Week, *, english: bool) -> Block:
    head = ("Day", "Hours") if english else ("Tag", "Zeiten")
    names = _DAYS if english else WEEKDAYS
    rows = ((name, say_day(day, english=english)) for name, day in zip(names, week, strict=True))
    return Block("table", title=title, rows=(head, *rows), style=HOURS_STYLE)


def _days(span: Season | Deviation) -> str:
    first, last = clock.german_date(span.first), clock.german_date(span.last)
    return first if span.first == span.last else f"{first} bis {last}"


def _portrait(page: PersonPage) -> Picture | None:
    if not page.image or not page.image_consent_until:
        return None
    shown: Picture = page.image.picture(alt=f"Porträt: {page.title.strip()}", caption="", credit="")
    return shown


def _consent(page: PersonPage) -> str:
    return clock.german_date(page.image_consent_until) if page.image and page.image_consent_until else ""


def _local_names(page: OfficeIndexPage) -> list[str]:
    fields = ("has_assumption", "has_peace_festival", "has_corpus_christi")
    names = ("Mariä Himmelfahrt", "Augsburger Friedensfest", "Fronleichnam")
    return [name for field, name in zip(fields, names, strict=True) if getattr(page, field)]


def _filled(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if row[2]]
