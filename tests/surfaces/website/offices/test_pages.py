"""Offices, places and people on the website: what is shown, what follows a change, what ends by itself."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk import difference
from stadtnah.surfaces.website import bake, displays, kinds, publish, sitemaps, store
from stadtnah.surfaces.website.models import HomePage, PageUse, StandardPage, TownImage
from stadtnah.surfaces.website.offices import founding, ticks
from stadtnah.surfaces.website.offices.privacy import Contacts
from tests.surfaces.website.conftest import DIGEST, OTHER, photo
from tests.surfaces.website.offices.conftest import Clock, office, person, place
from tests.surfaces.website.test_publish import live, shown, status
from tests.surfaces.website.test_services import passport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "at")]
AT = "/aemter/buergerbuero/"


def data(path: str) -> dict[str, Any]:
    found = re.search(r'data-hours="([^"]+)"', shown(path))
    assert found
    value: dict[str, Any] = json.loads(unescape(found[1]))
    return value


def test_an_office_says_when_where_and_whom_to_ask() -> None:
    hall, clerk = place(), person()
    page = office(place=hall, room="Zimmer 2", people=[clerk], hours_note="Bitte ziehen Sie eine Nummer.")
    live(hall.content(), clerk.content(), page.content())
    html = shown(AT)
    for words in (
        "Montag",
        "8:00–12:00</span> und",
        "nach Vereinbarung",
        "Marktplatz 1",
        "35999 Beispielau",
        "Zimmer 2",
        'href="tel:06990009110"',
        'href="geo:50.718240,9.231150"',
        "openstreetmap.org/?mlat=50.718240&amp;mlon=9.231150",
        "Selma Aktenau",
        "Bitte ziehen Sie eine Nummer.",
        "1. Weihnachtstag",
    ):
        assert words in html, words
    english = shown(f"/en{AT}")
    for words in ("Monday", "by appointment", "Christmas Day", "Whom to ask"):
        assert words in english, words
    assert Content.from_json(page.content().to_json()) == page.content()


def test_the_release_shows_the_hours_as_text_and_what_changed() -> None:
    page = office()
    before = page.content()
    page.exceptions = [
        ("exception", {"first": date(2026, 12, 3), "last": None, "hours": "", "reason": "Fortbildung"})
    ]
    page.tuesday = "9–12"
    changes = " ".join(str(change) for change in difference.changes(before, page.content()))
    assert "9:00–12:00" in changes
    assert "Donnerstag, 3. Dezember 2026" in changes
    assert "Fortbildung" in changes


def test_nothing_is_public_before_it_is_released_not_even_by_a_link() -> None:
    hall, clerk = place(), person()
    page = office(place=hall, people=[clerk])
    live(page.content())
    assert "Selma Aktenau" not in shown(AT)
    assert "Marktplatz" not in shown(AT).partition("<footer")[0].partition("<main")[2]
    assert status(hall.public_path()) == status(clerk.public_path()) == 404
    live(clerk.content())
    assert "Selma Aktenau" in shown(AT)
    publish.withdraw(clerk.object_key)
    publish.settle()
    assert "Selma Aktenau" not in shown(AT)


def test_a_change_bakes_exactly_what_shows_it() -> None:
    hall, clerk = place(), person()
    page = office(place=hall, people=[clerk])
    other = office(title="Bauhof", slug="bauhof")
    service = passport(office=page)
    live(hall.content(), clerk.content(), page.content(), other.content(), service.content())
    clerk.phone = "069 90009 119"
    publish.put_live(clerk.content(), OTHER)
    assert set(publish.settle()) == {"/aemter/", AT, clerk.public_path(), service.public_path()}
    page.monday = "9–12"
    publish.put_live(page.content(), OTHER)
    assert set(publish.settle()) == {"/aemter/", AT, service.public_path()}
    assert "9:00–12:00" in shown(service.public_path())
    service.office = other
    publish.put_live(service.content(), OTHER)
    baked = set(publish.settle())
    assert {AT, other.public_path()} <= baked
    assert service.title not in shown(AT)
    assert service.title in shown(other.public_path())


def test_a_closing_day_of_the_town_reaches_every_office_once_it_is_released() -> None:
    page = office()
    index = founding.office_index()
    live(page.content(), index.content())
    assert data(AT)["days"]["2026-12-31"] == []
    index.new_years_eve_closed = False
    publish.put_live(index.content(), OTHER)
    publish.settle()
    assert "2026-12-31" not in data(AT)["days"]
    assert data(AT)["days"]["2026-12-25"] == []


def test_holidays_are_those_of_the_land_and_of_the_town() -> None:
    page, index = office(monday="8–12", saturday="8–12", sunday="8–12"), founding.office_index()
    live(page.content(), index.content())
    assert "2027-08-15" not in data(AT)["days"]
    Town.objects.update(land="BY")
    index.has_assumption = True
    publish.put_live(index.content(), OTHER)
    publish.settle()
    assert data(AT)["days"]["2027-08-15"] == []


def test_an_office_may_keep_sunday_hours_on_holidays_or_none_at_all() -> None:
    live(office(on_holidays="sunday", sunday="10–12").content())
    assert data(AT)["days"]["2027-05-06"] == ["10:00-12:00"]  # Ascension Day, a Thursday
    live(office(slug="bad", title="Bad", on_holidays="open").content())
    assert data("/aemter/bad/")["days"] == {}


def test_the_next_day_pages_look_ahead_from_there(at: Clock) -> None:
    page = office(exceptions=[(date(2026, 11, 30), None, "10–11", "Umzug")])
    live(page.content())
    assert "Umzug" in shown(AT)
    ticks.turn_the_day()
    assert publish.settle() == []
    at.set(date(2026, 12, 1))
    ticks.turn_the_day()
    assert set(publish.settle()) == {"/aemter/", AT, *displays.SHOWN}
    assert "Umzug" not in shown(AT)
    assert set(PageUse.objects.filter(used__startswith="day:").values_list("used", flat=True)) == {
        "day:2026-12-01"
    }


def test_a_picture_goes_with_its_consent(at: Clock) -> None:
    image = _image()
    clerk = person(image=image, image_consent_until=date(2026, 12, 1), own_page=True)
    page = office(people=[clerk])
    without = pictures_stored()
    live(clerk.content(), page.content())
    for path in (AT, clerk.public_path()):
        assert "Porträt: Selma Aktenau" in shown(path)
    portraits = pictures_stored() - without
    assert portraits
    at.set(date(2026, 12, 2))
    ticks.turn_the_day()
    publish.settle()
    for path in (AT, clerk.public_path()):
        assert "Porträt" not in shown(path)
    sitemaps.bake_all()
    assert not pictures_stored() & portraits
    assert Contacts().expire() == 1
    clerk.refresh_from_db()
    assert clerk.image is None
    assert Contacts().expire() == 0


def pictures_stored() -> set[str]:
    drawn = ".png"  # share pictures without a photograph
    return {path for path in store.paths() if path.startswith("/media/") and not path.endswith(drawn)}


def _image() -> TownImage:
    from django.core.files.base import ContentFile

    row = TownImage(title="portraet", file=ContentFile(photo(), name="portraet.jpg"))
    row.save()
    return row


def test_a_picture_needs_a_consent() -> None:
    with pytest.raises(ValidationError, match="Einwilligung"):
        person(image=_image())


def test_who_is_no_longer_in_charge_leaves_the_website(at: Clock) -> None:
    clerk = person(duty_until=date(2026, 12, 31))
    page = office(people=[clerk])
    live(clerk.content(), page.content())
    assert Contacts().expire() == 0
    at.set(date(2027, 1, 1))
    assert Contacts().expire() == 1
    publish.settle()
    assert "Selma Aktenau" not in shown(AT)
    clerk.refresh_from_db()
    assert (clerk.title, clerk.mail, clerk.phone) == ("Nicht mehr zuständig", "", "")


def test_a_person_can_ask_what_is_kept_and_to_be_forgotten() -> None:
    clerk = person()
    live(clerk.content(), office(people=[clerk]).content())
    assert Contacts().export("aktenau@beispielau.example")[0]["phone"] == "069 90009 111"
    assert Contacts().export("andere@beispielau.example") == []
    assert Contacts().erase("Aktenau@beispielau.example") == 1
    publish.settle()
    assert "Selma" not in shown(AT)
    assert Contacts().export("aktenau@beispielau.example") == []


def test_a_person_without_a_page_of_their_own_is_no_address() -> None:
    clerk = person()
    live(clerk.content(), office(people=[clerk]).content())
    assert status(clerk.public_path()) == 301
    sitemaps.bake_all()
    found = "".join(store.read(path)[1].decode() for path in store.paths() if path.startswith("/sitemaps/"))  # type: ignore[index]
    assert clerk.public_path() not in found
    assert AT in found
    clerk.own_page = True
    publish.put_live(clerk.content(), OTHER)
    publish.settle()
    assert status(clerk.public_path()) == 200
    assert f'href="{clerk.public_path()}"' in shown(AT)


def test_the_lists_by_topic_and_from_a_to_z() -> None:
    live(
        office(other_names="Einwohnermeldeamt").content(),
        office(title="Ältestenrat", slug="rat", topic="andere").content(),
        place().content(),
    )
    page = shown("/aemter/")
    assert "Rathaus und Bürgerservice" in page
    assert "Kultur, Sport" not in page
    assert re.search(r'id="buchstabe-a".*Ältestenrat', page, re.DOTALL)
    assert re.search(r'Einwohnermeldeamt <span class="az__of">Bürgerbüro', page)
    assert 'href="/orte/rathaus/"' in shown("/orte/")
    publish.withdraw(office(slug="weg", title="Weg").object_key)
    live(founding.office_index().content())
    assert 'href="/aemter/"' in shown("/").partition("<main")[0]


def test_a_place_says_how_to_get_in_and_what_is_there() -> None:
    hall = place(access_note="Bitte klingeln.", transit="Linie 412")
    page = office(place=hall)
    live(hall.content(), page.content())
    html = shown(hall.public_path())
    for words in ("Stufenlos zugänglich", "Aufzug", "Bitte klingeln.", "Linie 412", f'href="{AT}"'):
        assert words in html, words
    page.place = None
    publish.put_live(page.content(), OTHER)
    assert hall.public_path() in publish.settle()
    assert f'href="{AT}"' not in shown(hall.public_path())


@pytest.mark.parametrize(
    ("make", "fields", "field"),
    [
        (office, {"monday": "8–12, 11–13"}, "monday"),
        (office, {"monday": "20–2", "tuesday": "1–8"}, "tuesday"),
        (office, {"appointment_address": "termin"}, "appointment_address"),
        (place, {"postcode": "123"}, "postcode"),
        (place, {"longitude": None}, "longitude"),
        (place, {"latitude": "99"}, "latitude"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(make: Any, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make(**fields)
    assert set(caught.value.message_dict) == {field}


def test_hours_are_kept_as_they_are_read() -> None:
    page = office(monday="von 8 bis 12 Uhr und 14 bis 16 Uhr", tuesday="geschlossen")
    assert page.monday == "8:00–12:00, 14:00–16:00"
    assert page.tuesday == ""


def test_queries_do_not_grow_with_the_number_of_offices() -> None:
    def needed() -> int:
        with CaptureQueriesContext(connection) as caught:
            bake.sheet("/aemter/")
        return len(caught)

    hall, clerk = place(), person()
    live(hall.content(), clerk.content(), office(place=hall, people=[clerk]).content())
    few = needed()
    for number in range(8):
        live(office(title=f"Amt {number}", slug=f"amt-{number}", place=hall, people=[clerk]).content())
    assert needed() == few
    new = office(title="Neu", slug="neu", place=hall).content()
    with CaptureQueriesContext(connection) as caught:
        kinds.show(new)
    assert len(caught) == 4  # place and people; holidays of the list; the town; its services


def test_old_rows_without_what_came_later_are_still_shown() -> None:
    content = office().content()
    for key in ("links", "topic"):
        content.extra.pop(key)
    publish.put_live(content, DIGEST)
    publish.settle()
    assert "8:00–12:00" in shown(AT)


def test_an_office_that_is_never_open_to_the_public_has_no_table() -> None:
    live(office(monday="", tuesday="", thursday="", friday="").content())
    assert "data-hours" not in shown(AT)
    assert "Öffnungszeiten" not in shown(AT).partition("<footer")[0].partition("<h1")[2]


def test_looking_a_year_ahead_is_enough_for_a_page_that_stays() -> None:
    live(office().content())
    assert date.fromisoformat(data(AT)["until"]) >= date(2026, 11, 30) + timedelta(days=366)


def test_the_contact_of_an_office_in_a_text_follows_the_register() -> None:
    page = office(place=place())
    standard: Any = HomePage.objects.get().add_child(
        instance=StandardPage(title="Kontakt", slug="kontakt", body=[("office", page)], live=False)
    )
    content = standard.content()
    (block,) = content.blocks
    assert ("Telefon", "069 90009 110") in block.rows
    live(content)
    assert '<dl class="contact">' in shown("/kontakt/")  # nobody released the office yet
    live(page.content())
    assert 'class="office-card"' in shown("/kontakt/")
    assert "data-hours" in shown("/kontakt/")
    page.phone = "069 90009 198"
    publish.put_live(page.content(), OTHER)
    assert "/kontakt/" in publish.settle()
    assert "069 90009 198" in shown("/kontakt/")
    publish.withdraw(page.object_key)
    publish.settle()
    assert '<dl class="contact">' in shown("/kontakt/")
