"""Nothing but a release writes to those who want to be reminded, and whoever releases sees how many mails that means."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.publishing import api as publishing
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.services.events.models import Reminder, ReminderLetter, Watched
from stadtnah.surfaces.website.calendar import reminding
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from tests.factories.people import Cast, cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released
from tests.surfaces.website.calendar.test_reminders import asked, browser, reachable, told

__all__ = ["browser", "reachable"]  # fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
OTHERS = ("ben@bei.example", "cem@bei.example")


@pytest.fixture
def people(tree: None) -> Cast:
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    return cast()


def submitted(page: EventPage, people: Cast) -> publishing.ReleaseRequest:
    return publishing.submit(page.content(), {}, by=people.ada, context=check_context())


def shown(people: Cast, name: str, *args: Any) -> str:
    return unescape(as_(people.freya).get(reverse(name, args=args)).content.decode())


def test_a_draft_a_preview_and_a_request_alarm_nobody_and_the_release_does(
    browser: Client, at: Any, people: Cast
) -> None:
    page = released(event_page())
    asked(browser, at)
    before = list(Watched.objects.values())
    page.first_day = page.last_day = date(2026, 12, 6)
    page.save_revision(user=people.ada)
    page.save()
    assert told() == [], "a draft"
    desk = as_(people.ada)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("desk_channels_step", args=[page.uuid]),
        reverse("desk_history", args=[page.uuid]),
    ):
        assert desk.get(address).status_code == 200
    assert told() == [], "who looks at it"
    row = submitted(page, people)
    assert "Dazu 1 E-Mail über die Änderung" in shown(people, "desk_request", row.pk)
    assert told() == [], "what is asked for"
    assert list(Watched.objects.values()) == before
    assert ReminderLetter.objects.exclude(kind="confirm").count() == 0
    publishing.release(row.pk, by=people.freya, seen_digest=row.snapshot_id, second_factor=True)
    plan.plan(row.snapshot_id)
    deliver.deliver("website")
    assert told() == ["Neuer Termin: „Adventskonzert“"]
    assert "E-Mail über die Änderung" not in shown(people, "desk_request", row.pk), "it has gone"


def test_whoever_releases_sees_first_that_an_event_is_called_off(people: Cast) -> None:
    page = event_page()
    row = submitted(page, people)
    assert "fällt aus" not in shown(people, "desk_request", row.pk)
    page.status, page.status_note = "EventCancelled", "Der Chor ist krank."
    page.full_clean()
    page.save()
    page.save_revision(user=people.ada)
    seen = shown(people, "desk_request", submitted(page, people).pk)
    assert (
        seen.index('<strong class="warn">Fällt aus</strong>')
        < seen.index("Der Chor ist krank.")
        < seen.index("Wohin?")
    )
    assert "Fällt aus: Samstag, 5. Dezember 2026" in shown(people, "desk_events")


def test_the_release_says_as_many_mails_as_go(browser: Client, at: Any, people: Cast) -> None:
    page = released(event_page(**CHOIR), "1" * 64)
    every, one, other = ("", "2026-12-08T19:30:00", "2026-12-15T19:30:00")
    for name, recurrence in zip(("ada@bei.example", *OTHERS), (every, one, other), strict=True):
        asked(browser, at, page.slug, email=name, date=recurrence)
    content = page.content()
    assert reminding.mails_of([content]) == {}, "nothing new"
    page.left_out = f"8.12.2026\n{page.left_out}"
    page.full_clean()
    page.save()
    row = submitted(page, people)
    assert "Dazu 2 E-Mails über die Änderung" in shown(people, "desk_request", row.pk)
    assert "Dazu 2 E-Mails über die Änderung" in shown(people, "desk_basket")
    with CaptureQueriesContext(connection) as spent:
        assert reminding.mails_of([page.content()] * 3) == {page.object_key: 2}
    assert len(spent) <= 4
    released(page, "2" * 64)
    told()
    assert len(mail.outbox) == 2


def test_withdrawing_says_how_many_mails_go(browser: Client, at: Any, people: Cast) -> None:
    page = event_page()
    row = submitted(page, people)
    publishing.release(row.pk, by=people.freya, seen_digest=row.snapshot_id, second_factor=True)
    plan.plan(row.snapshot_id)
    deliver.deliver("website")
    told()
    assert "Dazu" not in shown(people, "desk_proof", page.uuid), "nobody asked"
    for name in OTHERS:
        asked(browser, at, email=name)
    assert "Dazu 2 E-Mails über die Änderung" in shown(people, "desk_proof", page.uuid)
    assert "Dazu 2 E-Mails über die Änderung" in shown(people, "desk_withdraw", page.uuid)
    assert Reminder.objects.count() == 2
