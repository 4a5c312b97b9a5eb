"""Who releases says when they are away; the requests go to the deputy, and nobody else's absence is touched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.models import Absence
from stadtnah.kernel.identity.models import User
from tests.factories.people import Cast, cast

URL = "/desk/abwesenheit/"


@pytest.fixture(autouse=True)
def plain(settings: Any) -> None:
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def staff(db: None) -> Cast:
    return cast()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def wall(days: int) -> str:
    return f"{clock.local(clock.now() + timedelta(days=days)):%Y-%m-%dT%H:%M}"


def test_the_deputy_is_asked_meanwhile(staff: Cast) -> None:
    assert access.approvers_to_ask() == [staff.freya]
    client = browser(staff.freya)
    assert client.post(URL, {"starts": wall(-1), "ends": wall(3)}).status_code == 302
    assert access.approvers_to_ask() == [staff.viktor]
    one = Absence.objects.get()
    assert client.post(f"{URL}{one.pk}/loeschen/").status_code == 302
    assert access.approvers_to_ask() == [staff.freya]


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [(3, 1, "vor dem Beginn"), (-4, -2, "in der Vergangenheit"), (None, 2, "Tag und Uhrzeit")],
)
def test_what_cannot_be_is_said_and_kept(staff: Cast, starts: int | None, ends: int, words: str) -> None:
    typed = {"starts": "" if starts is None else wall(starts), "ends": wall(ends)}
    answer = browser(staff.freya).post(URL, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert f'value="{typed["ends"]}"' in shown
    assert 'aria-invalid="true"' in shown
    assert not Absence.objects.exists()


def test_only_who_releases_and_only_their_own(staff: Cast) -> None:
    now = clock.now()
    one = Absence.objects.create(user=staff.freya, starts_at=now, ends_at=now + timedelta(days=1))
    for who in (staff.ada, staff.agnes, staff.clara, staff.doris, staff.anton):
        assert browser(who).get(URL).status_code == 403
    assert browser(staff.viktor).get(URL).status_code == 200
    assert browser(staff.viktor).post(f"{URL}{one.pk}/loeschen/").status_code == 404
    assert Absence.objects.filter(pk=one.pk).exists()


def test_it_says_who_is_asked_meanwhile_and_when_nobody_could_be(staff: Cast) -> None:
    client = browser(staff.freya)
    shown = client.post(URL, {"starts": wall(1), "ends": wall(3)}, follow=True).content.decode()
    assert f"In dieser Zeit fragen wir: {staff.viktor.name}" in shown
    now = clock.now()
    Absence.objects.create(user=staff.viktor, starts_at=now, ends_at=now + timedelta(days=9))
    shown = client.post(URL, {"starts": wall(4), "ends": wall(5)}, follow=True).content.decode()
    assert "niemand sonst da, der freigeben darf" in shown
    assert f"fragen wir: {staff.viktor.name}" not in shown
