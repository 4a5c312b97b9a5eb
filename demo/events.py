"""The events of the demo town as pages."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from demo import pages as build
from demo.content import events as words
from stadtnah.surfaces.website.calendar import founding
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.offices.models import PlacePage


def pages(today: date) -> list[Any]:
    """The calendar and what is in it as drafts, in an order in which they can be released."""
    index = founding.calendar()
    index.intro, index.school_holidays = words.INTRO, words.SCHOOL
    index.save()
    places = {place.slug: place for place in PlacePage.objects.all()}
    return [index, *(_event(index, given, places) for given in words.events(today))]


def _event(index: Any, given: dict[str, Any], places: dict[str, PlacePage]) -> EventPage:
    index.refresh_from_db()
    where, text, hero = given.pop("where"), given.pop("text"), given.pop("hero")
    place = places.get(where)
    page: EventPage = index.add_child(
        instance=EventPage(
            **given,
            **build.hero(hero),
            body=[("text", f"<p>{escape(text)}</p>")],
            place=place,
            place_name="" if place else where,
            live=False,
        )
    )
    page.full_clean()
    page.save()
    page.save_revision()
    return page
