"""The demo town's calendars are read to the last day and can be released."""

from __future__ import annotations

import pytest

from demo import streets as demo
from demo.content.streets import AREAS, table
from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.checks import run
from stadtnah.services.streets import api as streets
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.mystreet import reading, release
from stadtnah.surfaces.website.offices import view
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def test_all_of_it_is_understood_and_nothing_keeps_it_from_being_released(people: Cast) -> None:
    Town.objects.update(land="HE")
    for name in AREAS:
        streets.add_area(plain_slug(name), name, by=people.agnes)
    found = streets.read_table(table(), streets.area_names())
    assert (found.bad, len(found.streets)) == ([], 60)
    streets.set_streets(found.streets, by=people.agnes)
    streets.explain({demo._OWN_TITLE.casefold(): demo._OWN_KINDS}, by=people.agnes)
    for name in AREAS:
        days, aside = reading.read(demo.file_of(name, view.today()), view.today(), clock.town_zone())
        assert len(aside) == 1
        upload = streets.put(plain_slug(name), "x.ics", days, aside, by=people.agnes)
        taken = streets.take(upload, reading.understand, by=people.agnes)
        assert len(taken.days) > 60
    made = release.content(streets.wanted())
    findings = run(made, check_context(about=made))
    assert [one.text for one in findings if one.level == "error"] == []
