"""From an event to the page that editors work on, to released content, and back: nothing is lost."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.publishing import signs
from stadtnah.services.events import api as events
from stadtnah.services.events.api import Change, Event, Extra, Series, Skip, Status
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventIndexPage, EventPage
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.offices.models import PlacePage
from tests.services.events.test_calendars import events as any_event
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.offices.conftest import place

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
CHOIR = Event(
    uid="chor@verein.example",
    title="Chorprobe",
    start=datetime(2026, 12, 1, 19, 30),
    end=datetime(2026, 12, 1, 21),
    zone="Europe/Berlin",
    description="Neue Stimmen sind willkommen.\n\nNoten gibt es vor Ort.",
    place="Gemeindehaus, Kirchgasse 3, 35999 Beispielau",
    position=(50.71823456, 9.2311507),
    categories=("Musik", "Vereine, Verbände"),
    access=frozenset({events.Access.WHEELCHAIR, events.Access.QUIET}),
    pictures=("https://verein.example/bild.jpg",),
    sequence=4,
    changed=datetime(2026, 11, 1, 12, tzinfo=UTC),
)


def weekly(**more: Any) -> Event:
    rule = events.read_rule("FREQ=WEEKLY;BYDAY=TU", BERLIN, all_day=False)
    return replace(CHOIR, series=Series(rules=(rule,), **more))


def normal(event: Event) -> Event:
    """As any text of this website is: lines end where their words do, plain signs, one blank line at most."""
    lines = "\n".join(line.strip(" \t") for line in event.description.split("\n"))
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return replace(event, description=lines.strip())


def squeezed(event: Event) -> Event:
    return replace(event, description=" ".join(event.description.split()))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_event())
def test_an_event_becomes_fields_and_the_same_event_again(event: Event) -> None:
    page = EventPage()
    drafts.fill(page, event)
    found = drafts.event_of(page)
    assert squeezed(found) == squeezed(event)


@settings(max_examples=200, deadline=None)
@given(any_event())
def test_plain_values_give_the_event_again(event: Event) -> None:
    assert events.from_plain(events.to_plain(event)) == event


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_saved_frozen_and_read_again(tree: None, data: st.DataObject) -> None:
    event = data.draw(any_event())
    # Signs that nobody sees go when a page is read; a price of nothing else would be none.
    event = events.from_plain(signs.plain_value(events.to_plain(event)))
    if not event.title.strip():
        return
    page = drafts.draft_from(event, by=None, origin="Kalender des Vereins")
    again = EventPage.objects.get(pk=page.pk)
    assert squeezed(drafts.event_of(again)) == squeezed(event)
    revised: Any = again.get_latest_revision_as_object()
    assert squeezed(drafts.event_of(revised)) == squeezed(event)
    released = drafts.event_of(again.content())
    assert released.start == event.start
    assert released.series.rules == event.series.rules
    assert released.series.changes == tuple(
        replace(
            one, event=replace(one.event, pictures=(), description=released.description, title=released.title)
        )
        for one in event.series.changes
    )


def test_a_draft_is_not_public_and_stands_below_the_events(tree: None) -> None:
    page = drafts.draft_from(CHOIR, by=None, origin="Kalender des Vereins")
    assert (page.public_path(), page.live, page.origin) == (
        "/veranstaltungen/chorprobe/",
        False,
        "Kalender des Vereins",
    )
    assert page.get_parent().specific == EventIndexPage.objects.get()
    assert page.revisions.count() == 1
    assert not ReleasedPage.objects.exists()
    other = drafts.draft_from(replace(CHOIR, title="Monat"), by=None, origin="")
    assert other.slug != "monat", "an address of a list"
    assert drafts.draft_from(CHOIR, by=None, origin="").slug == "chorprobe-2"


def test_paragraphs_stay(tree: None) -> None:
    page = drafts.draft_from(CHOIR, by=None, origin="")
    assert [block.html for block in page.content().blocks] == [
        "<p>Neue Stimmen sind willkommen.</p><p>Noten gibt es vor Ort.</p>"
    ]
    assert drafts.event_of(page) == CHOIR
    assert drafts.event_of(page.content()) == replace(CHOIR, pictures=())


def test_what_a_changed_date_makes_public_is_read_by_whoever_releases(tree: None) -> None:
    own = replace(
        CHOIR,
        start=datetime(2026, 12, 8, 19, 30),
        end=datetime(2026, 12, 8, 21),
        description="Der Bürgermeister tritt zurück.",
        organiser="",
        url="https://verein.example/probe",
        registration="javascript:alert(1)",
        pictures=("https://zaehlt.example/bild.gif",),
    )
    page = drafts.draft_from(
        weekly(changes=(Change(datetime(2026, 12, 8, 19, 30), own),)), by=None, origin=""
    )
    content = page.content()
    said = content.detail["changes"]
    assert "Text: Der Bürgermeister tritt zurück." in said
    assert "Mehr dazu: https://verein.example/probe" in said
    assert "zaehlt.example" not in str(content.extra)
    assert "javascript" not in str(content.extra["event"])
    plain = drafts.draft_from(
        weekly(changes=(Change(datetime(2026, 12, 8, 19, 30), CHOIR),)), by=None, origin=""
    )
    assert "Text:" not in plain.content().detail["changes"]


OTHERS: dict[str, Any] = {
    "title": "Konzert",
    "start": datetime(2026, 12, 8, 18),
    "end": datetime(2026, 12, 8, 22),
    "zone": "Europe/London",
    "all_day": True,
    "description": "Anders",
    "place": "Stadthalle",
    "position": (50.71823457, 9.2311507),
    "online": "https://verein.example/live",
    "url": "https://verein.example/probe",
    "registration": "https://verein.example/dabei",
    "status": Status.CANCELLED,
    "organiser": "Stadt",
    "audience": "Kinder",
    "price": "5 Euro",
    "categories": ("Musik",),
    "access": frozenset({events.Access.WHEELCHAIR}),
}
# Not public, or no more than a count of versions.
NOT_SAID = {"uid", "sequence", "pictures", "changed", "series"}


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_each_thing_that_is_different_on_one_date_is_named_to_the_approver(tree: None, name: str) -> None:
    def said(**own: Any) -> str:
        when = {"start": datetime(2026, 12, 8, 19, 30), "end": datetime(2026, 12, 8, 21)}
        change = Change(when["start"], replace(CHOIR, **{**when, **own}))
        event = weekly(changes=(change,))
        content = drafts.draft_from(event, by=None, origin="").content()
        kept = drafts.event_of(content).series.changes[0].event
        assert all(getattr(kept, field) == value for field, value in own.items()), "control: it gets public"
        return content.detail["changes"]

    own = {name: OTHERS[name]}
    if name == "all_day":
        own |= {"start": datetime(2026, 12, 8), "end": datetime(2026, 12, 9)}
    assert said(**own) != said()


def test_nothing_of_an_event_was_forgotten_above() -> None:
    assert {field.name for field in fields(Event)} == set(OTHERS) | NOT_SAID


def test_where_the_event_is_and_whose_clocks_it_means_is_named(tree: None) -> None:
    abroad = replace(CHOIR, zone="Europe/London")
    said = drafts.draft_from(abroad, by=None, origin="").content().detail
    assert (said["position"], said["zone"]) == ("50.71823456, 9.2311507", "Europe/London")
    assert "zone" not in drafts.draft_from(CHOIR, by=None, origin="").content().detail


def test_an_address_of_two_lines_is_one_line_of_a_calendar(tree: None) -> None:
    event = replace(CHOIR, registration="https://verein.example/\r\nSUMMARY:Abgesagt")
    made = events.write([event], name="x", stamp=datetime(2026, 11, 1, 12, tzinfo=UTC)).decode()
    assert "\nSUMMARY:Abgesagt" not in made


def test_a_changed_date_with_fields_that_no_form_has(tree: None) -> None:
    moved = replace(
        CHOIR,
        title="Chorprobe mit Gästen",
        start=datetime(2026, 12, 9, 18),
        end=datetime(2026, 12, 10, 1),
        place="",
        price="5 Euro",
        status=Status.RESCHEDULED,
        access=frozenset(),
    )
    off = replace(
        CHOIR, start=datetime(2026, 12, 15, 19, 30), end=datetime(2026, 12, 15, 21), status=Status.CANCELLED
    )
    event = weekly(
        changes=(Change(datetime(2026, 12, 8, 19, 30), moved), Change(datetime(2026, 12, 15, 19, 30), off)),
        extras=(Extra(datetime(2026, 12, 19, 15), datetime(2026, 12, 19, 18)),),
        without=frozenset({datetime(2026, 12, 22, 19, 30)}),
        without_days=frozenset({date(2026, 12, 29)}),
        skip=frozenset(Skip),
    )
    page = EventPage.objects.get(pk=drafts.draft_from(event, by=None, origin="").pk)
    assert drafts.event_of(page) == event
    assert drafts.event_of(page.content()).series.changes[0].event.price == "5 Euro"
    assert (page.repeats, page.weekdays, page.left_out) == ("weekly", "TU", "22.12.2026 19:30\n29.12.2026")


def test_words_become_a_rule_and_an_odd_rule_stays_as_it_is(tree: None) -> None:
    page = event_page(first_day=date(2026, 12, 8), repeats="monthly-weekday", repeats_until=date(2027, 6, 30))
    assert page.rrule == "FREQ=MONTHLY;UNTIL=20270630T215959Z;BYDAY=2TU"
    page.repeats = ""
    page.full_clean()
    assert page.rrule == ""
    page.repeats, page.rrule = "rule", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    page.full_clean()
    assert page.rrule == "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"begins": None}, "begins", "ganztägig"),
        ({"ends": time(18), "last_day": date(2026, 12, 5)}, "ends", "vor dem Beginn"),
        ({"ends": time(18)}, "ends", "Das Ende (18:00) liegt nicht nach dem Beginn (19:00)"),
        ({"ends": time(19)}, "ends", "an welchem Tag es endet"),
        ({"last_day": date(2026, 12, 4)}, "last_day", "vor dem ersten"),
        ({"repeats": "rule"}, "rrule", "Bitte geben Sie die Regel an"),
        ({"repeats": "rule", "rrule": "FREQ=SOMETIMES"}, "rrule", "keinen Takt"),
        ({"left_out": "Weihnachten"}, "left_out", "24.12.2026"),
        ({"left_out": "31.02.2027"}, "left_out", "gibt es nicht"),
        ({"extra_dates": "19.12.2026 25:00"}, "extra_dates", "Uhrzeit gibt es nicht"),
        ({"repeats": "weekly", "repeats_until": date(2026, 12, 1)}, "repeats_until", "vor dem ersten Termin"),
        ({"repeats": "weekly", "repeats_until": date(2027, 1, 1), "times": 4}, "times", "entweder"),
        ({"online": "javascript:alert(1)"}, "online", "https://"),
        ({"latitude": 50.0}, "longitude", "Breite und Länge"),
        ({"slug": "monat"}, "slug", "vergeben"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    tree: None, fields: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        event_page(**fields)
    assert said in " ".join(refused.value.message_dict[field])
    assert event_page(slug="ohne-fehler").pk, "control: without them it is fine"


def test_a_place_of_the_register_says_where_it_is(tree: None) -> None:
    hall = PlacePage.objects.get(pk=place().pk)
    page = event_page(place=hall, place_name="wird nicht gebraucht")
    found = drafts.event_of(page)
    assert found.place == "Rathaus, Marktplatz 1, 35999 Beispielau"
    assert found.position == (50.71824, 9.23115)
    assert page.content().extra["links"] == {"place": hall.object_key}


def test_a_night_ends_on_the_next_day(tree: None) -> None:
    found = drafts.event_of(event_page(begins=time(22), ends=time(4)))
    assert found.end - found.start == timedelta(hours=6)
    until_noon = event_page(slug="lan", begins=time(19), ends=time(18), last_day=date(2026, 12, 6))
    assert drafts.event_of(until_noon).end == datetime(2026, 12, 6, 18), "said with its day it is meant"
    whole = drafts.event_of(event_page(slug="markt", all_day=True, last_day=date(2026, 12, 6)))
    assert (whole.start, whole.end) == (datetime(2026, 12, 5), datetime(2026, 12, 7))
