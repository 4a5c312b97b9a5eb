"""Requests that nobody answers: a reminder when the date draws near, then the deputies, whoever was asked just now in peace."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from stadtnah.kernel import clock
from stadtnah.publishing import api, notices, reminders
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import people, submit

__all__ = ["people"]
pytestmark = pytest.mark.django_db
FREYA, VIKTOR = "freya@stadt.example", "viktor@stadt.example"
START = datetime.fromisoformat("2030-01-02T06:00:00+00:00")  # 7:00 in the town


def told() -> list[tuple[str, bool]]:
    """(who, whether it is a reminder) since the last time."""
    found = sorted((one.to[0], one.subject.startswith("Erinnerung: ")) for one in mail.outbox)
    mail.outbox.clear()
    return found


def asked(people: Cast, wish: str) -> api.ReleaseRequest:
    """Handed in, and the job has run that asks for the release."""
    request = submit(people, wish=wish)
    notices.ask_approvers(str(request.pk))
    assert told() == [(FREYA, False)]
    return request


def after(start: time_machine.Traveller, **span: float) -> list[tuple[str, bool]]:
    """What is sent when that much time has gone by since the start; a second look sends nothing more."""
    start.move_to(START + timedelta(**span))
    reminders.remind()
    found = told()
    reminders.remind()
    assert told() == []
    return found


def test_a_date_that_is_near_asks_the_deputies_at_once_and_reminds_nobody(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False) as travel:
        request = asked(people, "2030-01-02T07:30")
        assert after(travel, minutes=1) == [(VIKTOR, False)]
        assert after(travel, minutes=29) == []
        request.refresh_from_db()
        assert request.asked == [str(people.freya.pk), str(people.viktor.pk)]


def test_a_job_that_comes_after_the_deputies_were_asked_asks_nobody_twice(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False):
        request = submit(people, wish="2030-01-02T07:30")
        reminders.remind()
        assert told() == [(FREYA, False), (VIKTOR, False)]
        notices.ask_approvers(str(request.pk))
        assert told() == []


def test_a_date_in_a_few_hours_reminds_nobody_within_the_first_two(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False) as travel:
        asked(people, "2030-01-02T10:30")
        assert after(travel, minutes=1) == []
        assert after(travel, minutes=119) == []
        assert after(travel, minutes=121) == [(FREYA, True)]
        assert after(travel, minutes=151) == [(FREYA, True), (VIKTOR, True)]


def test_a_date_that_is_far(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False) as travel:
        asked(people, "2030-01-05T07:00")
        assert after(travel, hours=67.9) == []
        assert after(travel, hours=68.1) == [(FREYA, True)]
        assert after(travel, hours=71.1) == [(FREYA, True), (VIKTOR, True)]


def test_without_a_date(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False) as travel:
        asked(people, "")
        assert after(travel, hours=23.9) == []
        assert after(travel, hours=24.1) == [(FREYA, True)]
        assert after(travel, hours=48.1) == [(FREYA, True), (VIKTOR, True)]


def test_nobody_is_asked_about_what_was_answered(people: Cast, paper: Paper) -> None:
    with time_machine.travel(START, tick=False) as travel:
        request = asked(people, "")
        api.refuse(request.pk, by=people.freya, reason="Bitte kürzer.")
        told()
        assert after(travel, hours=49) == []
        assert request.submitted_at == clock.now() - timedelta(hours=49)
