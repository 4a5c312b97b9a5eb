"""Who asks for the sign-in form leaves little behind, and not for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.identity import sessions
from stadtnah.surfaces.desk.strangers import GATE
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

pytestmark = pytest.mark.django_db
NETWORK, OTHER = "203.0.113.7", "198.51.100.7"


def test_a_network_gets_so_many_sessions_and_no_more(people: Cast) -> None:
    signed_in = as_(people.ada)
    known = Client(REMOTE_ADDR=NETWORK)
    form = reverse("account_login")
    known.get(form)
    before = Session.objects.count()
    for number in range(1, GATE.most):
        path = (form, reverse("account_reset_password"))[number % 2]
        assert Client(REMOTE_ADDR=NETWORK).get(path).status_code == 200
    assert Session.objects.count() == before + GATE.most - 1, "control"
    for path in (form, reverse("account_reset_password")):
        refused = Client(REMOTE_ADDR=NETWORK).get(path)
        assert refused.status_code == 429
        assert "zu viele Versuche" in refused.content.decode()
        assert not refused.cookies
    assert Session.objects.count() == before + GATE.most - 1
    assert known.get(form).status_code == 200, "who has one goes on"
    assert Client(REMOTE_ADDR=OTHER).get(form).status_code == 200, "and so do others"
    assert signed_in.get("/desk/", REMOTE_ADDR=NETWORK).status_code == 200
    with time_machine.travel(clock.now() + GATE.window + timedelta(seconds=1)):
        assert Client(REMOTE_ADDR=NETWORK).get(form).status_code == 200


def test_a_session_of_nobody_is_short_and_cleared_and_that_of_the_desk_is_not(people: Cast) -> None:
    people.ada.set_password("ein-langes-kennwort")
    people.ada.save()
    desk, stranger = Client(), Client()
    login = reverse("account_login")
    cookie = stranger.get(login).cookies["stadtnah-sitzung"]
    assert cookie["max-age"] == sessions.STRANGERS.total_seconds()
    desk.get(login)
    desk.post(login, {"login": people.ada.email, "password": "ein-langes-kennwort"})
    assert Session.objects.count() == 2
    with time_machine.travel(clock.now() + sessions.STRANGERS + timedelta(seconds=1)):
        sessions.clear_expired()
        assert [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()] == [str(people.ada.pk)]
        assert desk.get("/desk/").status_code == 200
