"""What machines are told of an office: linked data and the card for the address book."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from stadtnah.surfaces.website import publish, store
from tests.surfaces.website.conftest import BASE, OTHER
from tests.surfaces.website.offices.conftest import office, person, place
from tests.surfaces.website.test_findable import nodes
from tests.surfaces.website.test_publish import live, shown, status
from tests.surfaces.website.test_services import passport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "at")]
AT = "/aemter/buergerbuero/"


@pytest.fixture
def served() -> Any:
    hall, clerk = place(), person(duty="Pässe")
    page = office(
        place=hall,
        people=[clerk],
        room="Zimmer 2, Erdgeschoss",
        saturday="22–2",
        other_names="Passamt",
        exceptions=[(date(2026, 12, 3), None, "10–11", "Fortbildung")],
        seasons=[
            (
                "season",
                {
                    "name": "Sommer",
                    "first": date(2027, 6, 1),
                    "last": date(2027, 8, 31),
                    "yearly": False,
                    "monday": "8–10",
                },
            )
        ],
    )
    live(hall.content(), clerk.content(), page.content(), passport(office=page).content())
    return page


def test_an_office_is_told_with_hours_exceptions_people_and_place(served: Any) -> None:
    node = nodes(AT)["GovernmentOffice"]
    assert (node["name"], node["alternateName"]) == ("Bürgerbüro", ["Passamt"])
    assert node["telephone"] == "+49 69 90009 110"
    assert node["address"]["postalCode"] == "35999"
    assert node["geo"] == {"@type": "GeoCoordinates", "latitude": 50.71824, "longitude": 9.23115}
    hours = {
        (one["opens"], one["closes"], one.get("validFrom")): [
            day.rpartition("/")[2] for day in one["dayOfWeek"]
        ]
        for one in node["openingHoursSpecification"]
    }
    assert hours[("08:00", "12:00", None)] == ["Monday", "Tuesday"]
    assert hours[("22:00", "02:00", None)] == ["Saturday"]
    assert hours[("08:00", "10:00", "2027-06-01")] == ["Monday"]
    special = {
        one["validFrom"]: (one["opens"], one["closes"]) for one in node["specialOpeningHoursSpecification"]
    }
    assert special["2026-12-03"] == ("10:00", "11:00")
    assert special["2026-12-25"] == ("00:00", "00:00")
    assert node["contactPoint"] == [
        {
            "@type": "ContactPoint",
            "name": "Selma Aktenau",
            "contactType": "Pässe",
            "telephone": "+49 69 90009 111",
            "email": "aktenau@beispielau.example",
        }
    ]


def test_a_service_is_had_at_its_office_and_a_place_is_told_too(served: Any) -> None:
    counter = nodes("/dienstleistungen/personalausweis/")["GovernmentService"]["availableChannel"][-1]
    assert counter["serviceLocation"]["@id"] == f"{BASE}{AT}#amt"
    hall = nodes("/orte/rathaus/")["Place"]
    assert hall["name"] == "Rathaus"
    assert {"@type": "LocationFeatureSpecification", "name": "Aufzug", "value": True} in hall[
        "amenityFeature"
    ]


def test_the_card_says_what_the_page_says_and_goes_with_it(served: Any) -> None:
    found = store.read(f"{AT}kontakt.vcf")
    assert found is not None
    assert found[0].content_type == "text/vcard; charset=utf-8"
    raw = found[1].decode()
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    card = raw.replace("\r\n ", "").split("\r\n")
    assert card[0] == "BEGIN:VCARD"
    assert card[-2:] == ["END:VCARD", ""]
    assert "FN:Bürgerbüro\\, Stadt Beispielau" in card
    assert "TEL;TYPE=WORK,VOICE:+49 69 90009 110" in card
    assert "ADR;TYPE=WORK:;Zimmer 2\\, Erdgeschoss;Marktplatz 1;Beispielau;;35999;Deutschland" in card
    assert "Selma" not in raw
    assert f'href="{AT}kontakt.vcf" download' in shown(AT)
    assert f'href="{AT}kontakt.vcf" download' in shown(f"/en{AT}")
    served.phone = "069 90009 199"
    publish.put_live(served.content(), OTHER)
    publish.settle()
    assert b"90009 199" in store.public_file(f"{AT}kontakt.vcf").read_bytes()
    publish.withdraw(served.object_key)
    publish.settle()
    assert status(f"{AT}kontakt.vcf") == 404
    assert status(AT) == 410


def test_nothing_in_a_card_can_begin_a_line_of_its_own() -> None:
    live(office(room="A\r\nTEL:1").content())
    raw = store.public_file(f"{AT}kontakt.vcf").read_bytes().decode()
    assert not re.search(r"^TEL:1", raw, re.MULTILINE)
    assert json.loads(json.dumps(nodes(AT)))["GovernmentOffice"]["name"] == "Bürgerbüro"
