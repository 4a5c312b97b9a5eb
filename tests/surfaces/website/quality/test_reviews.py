"""The next look at each page that stays: when it is due, who is reminded, and what grows old by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.models import HomePage, StandardPage
from stadtnah.surfaces.website.quality import aged, reading, reminders, reviews, rules
from stadtnah.surfaces.website.quality.models import Review
from stadtnah.surfaces.website.released import ReleasedPage
from tests.factories.people import Cast, cast
from tests.surfaces.website.conftest import message, page
from tests.surfaces.website.quality.conftest import live

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-02T08:00:00+00:00"


@pytest.fixture
def at() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(town: Town, at: Any) -> Cast:
    return cast()


def read(*contents: Content) -> None:
    live(*contents)
    reading.catch_up(50)


def days() -> dict[str, date | None]:
    return dict(Review.objects.values_list("object_key", "due_on"))


def due(within: int = 0) -> list[str]:
    return [one.title for one in reviews.shown(list(reviews.due(timedelta(days=within))))]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 10, 31), 24, date(2028, 10, 31)),
    ],
)
def test_so_many_months_on(day: date, months: int, then: date) -> None:
    assert reviews.later(day, months) == then


def test_each_release_and_each_look_begin_the_time_anew(people: Cast, at: Any) -> None:
    read(page("wohngeld"))
    key = page("wohngeld").object_key
    assert days() == {key: date(2027, 11, 2)}
    at.move_to("2027-11-03T08:00:00+00:00")
    assert due() == ["Wohngeld"]
    assert reviews.still_right(key, by=people.ada) == date(2028, 11, 3)
    assert due() == []
    assert Entry.objects.filter(event="page.checked", subject=key).count() == 1
    at.move_to("2028-11-04T08:00:00+00:00")
    read(page("wohngeld", teaser="Neu."))
    assert days() == {key: date(2029, 11, 4)}
    publish.withdraw(key)
    reading.catch_up(10)
    at.move_to("2031-01-01T08:00:00+00:00")
    assert due() == []


def test_a_day_of_ones_own_until_it_is_over(people: Cast, at: Any) -> None:
    read(page("wohngeld"))
    key = page("wohngeld").object_key
    assert reviews.choose(key, "2026-12-01", by=people.agnes) == date(2026, 12, 1)
    assert due(30) == ["Wohngeld"]
    for wrong in ("2026-11-01", "2037-12-01", "morgen", "2026-13-01"):
        with pytest.raises(reviews.DayWrong):
            reviews.choose(key, wrong, by=people.ada)
    assert days() == {key: date(2026, 12, 1)}
    at.move_to("2026-11-20T08:00:00+00:00")
    read(page("wohngeld", teaser="Neu."))
    assert days() == {key: date(2026, 12, 1)}  # a day ahead outlives a release
    assert reviews.choose(key, "", by=people.ada) == date(2027, 11, 20)
    for do in (
        lambda: reviews.still_right(key, by=people.clara),
        lambda: reviews.choose(key, "", by=people.freya),
    ):
        with pytest.raises(PermissionDenied):
            do()


def test_news_have_no_day_and_the_municipality_chooses_the_months(people: Cast) -> None:
    read(page("wohngeld"), message(1))
    key = page("wohngeld").object_key
    assert days()[message(1).object_key] is None
    changed = rules.change(ask_others=True, remind=True, months={"page": 6, "message": 3}, by=people.anton)
    reviews.reckon(changed)
    assert changed == {"page"}
    assert days() == {key: date(2027, 5, 2), message(1).object_key: None}
    reviews.reckon(rules.change(ask_others=True, remind=True, months={"page": 0}, by=people.anton))
    assert days()[key] is None
    with pytest.raises(PermissionDenied):
        rules.change(ask_others=True, remind=True, months={"page": 3}, by=people.agnes)


def write_draft(by: Any) -> None:
    """The page in the editor, saved last by this person."""
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Start", slug="start"))
    made = home.add_child(instance=StandardPage(title="Wohngeld", slug="wohngeld", live=False))
    made.save_revision(user=by)
    content = made.get_latest_revision_as_object().content()
    read(content)


def test_whoever_saved_it_last_gets_one_mail_a_week(people: Cast, at: Any) -> None:
    write_draft(people.agnes)
    at.move_to("2027-11-06T08:00:00+00:00")  # a Saturday
    assert reminders.remind() == 0
    at.move_to("2027-11-08T03:00:00+00:00")
    assert reminders.remind() == 0
    at.move_to("2027-11-08T08:00:00+00:00")
    assert reminders.remind() == 1
    assert mail.outbox[0].to == [people.agnes.email]
    assert mail.outbox[0].subject == "Eine Seite ist zu prüfen"
    assert "Wohngeld" in mail.outbox[0].body
    assert "/desk/qualitaet/aktualitaet/" in mail.outbox[0].body
    assert reminders.remind() == 0
    at.move_to("2027-11-12T08:00:00+00:00")
    assert reminders.remind() == 0
    at.move_to("2027-11-15T08:00:00+00:00")
    assert reminders.remind() == 1
    reviews.still_right(Review.objects.get(kind="page").pk, by=people.ada)
    at.move_to("2027-11-22T08:00:00+00:00")
    assert reminders.remind() == 0


def test_when_that_person_may_not_write_any_more_the_editors_of_the_town_are_asked(
    people: Cast, at: Any
) -> None:
    write_draft(people.aaron)
    at.move_to("2027-11-08T08:00:00+00:00")
    assert reminders.remind() == 1
    assert mail.outbox[0].to == [people.ada.email]


def test_switched_off_nobody_gets_mail(people: Cast, at: Any) -> None:
    write_draft(people.ada)
    rules.change(ask_others=True, remind=False, months={}, by=people.anton)
    at.move_to("2027-11-08T08:00:00+00:00")
    assert reminders.remind() == 0
    assert mail.outbox == []


def dated(slug: str, text: str) -> Content:
    return page(slug, blocks=(Block("text", html=f"<p>{text}</p>"),))


def test_a_page_whose_dates_are_all_over(people: Cast, at: Any) -> None:
    read(
        dated("kurse", "Anmeldung bis 30. November 2026, Beginn am 5. Dezember 2026."),
        dated("chronik", "Das Rathaus wurde am 3. Mai 1912 eröffnet."),
        dated("erklaerung", "Das beruht auf einer Selbstbewertung vom 12. Oktober 2026."),
        dated("ohne", "Jeden Montag."),
    )
    assert list(aged.past_dates()) == []
    at.move_to("2026-12-05T08:00:00+00:00")
    assert list(aged.past_dates()) == []
    at.move_to("2026-12-06T08:00:00+00:00")
    rows = list(aged.past_dates())
    assert [(row.path) for row in rows] == ["/kurse/"]
    assert "Samstag, 5. Dezember 2026" in aged.said_dates(rows)[0].said


def test_a_message_that_no_longer_holds_but_is_led_to(people: Cast, at: Any) -> None:
    over, alone = message(1, valid_until="2026-11-10T00:00"), message(2, valid_until="2026-11-10T00:00")
    read(over, alone, dated("verkehr", f'Siehe <a href="{over.path}">Sperrung</a>.'))
    at.move_to("2026-11-09T12:00:00+00:00")
    assert list(aged.ended()) == []
    at.move_to("2026-11-10T12:00:00+00:00")
    rows = list(aged.ended())
    assert [row.path for row in rows] == [over.path]
    assert (
        aged.said_ended(rows)[0].said
        == "Galt bis Montag, 9. November 2026, aber es verlinken auf sie: „Verkehr“."
    )


def test_an_office_whose_contact_left(people: Cast) -> None:
    someone = page("selma", object_key="person:1")
    live(someone, page("bauamt", extra={"kind": "page", "links": {"people": ["person:1"]}}))
    ReleasedPage.objects.filter(path="/bauamt/").update(kind="office")
    reading.catch_up(10)
    assert list(aged.without_person()) == []
    publish.withdraw("person:1")
    assert [row.path for row in aged.without_person()] == ["/bauamt/"]


def test_as_many_queries_for_many_pages_as_for_few(people: Cast, at: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            reviews.shown(list(reviews.due(timedelta(days=900))))
            reviews.writers([one.pk for one in reviews.due(timedelta(days=900))])
            aged.said_ended(list(aged.ended()))
            list(aged.without_person())
        return len(seen)

    read(page("wohngeld"))
    few = queries()
    read(*(page(f"seite-{number}") for number in range(12)))
    assert len(due(900)) == 13
    assert queries() == few
