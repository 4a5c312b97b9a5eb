"""Who is asked, who stands in, and what a mandate's end takes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from stadtnah.kernel import clock
from stadtnah.kernel.access import api
from stadtnah.kernel.access.events import sweep
from stadtnah.kernel.access.models import Absence, Agency, Mandate
from stadtnah.kernel.identity.models import User
from tests.factories.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def away(user: User) -> None:
    now = clock.now()
    Absence.objects.create(user=user, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))


def test_the_deputy_is_asked_when_the_approver_is_away(people: Cast) -> None:
    assert api.approvers_to_ask() == [people.freya]
    away(people.freya)
    assert api.approvers_to_ask() == [people.viktor]
    away(people.viktor)
    assert api.approvers_to_ask() == [people.freya, people.viktor]  # better asked away than nobody


def test_escalation_asks_the_deputies_too(people: Cast) -> None:
    assert api.approvers_to_ask(escalated=True) == [people.freya, people.viktor]
    assert api.approvers_to_ask(without=[people.freya]) == [people.viktor]


def test_an_absence_ends(people: Cast) -> None:
    away(people.freya)
    assert api.absent(people.freya)
    assert not api.absent(people.freya, clock.now() + timedelta(days=2))


def test_ending_a_mandate_ends_sessions_and_rights_at_once(people: Cast) -> None:
    for person in (people.agnes, people.freya):
        Client().force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    api.end_mandate(people.agnes.mandates.get(), by=people.freya)
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [str(people.freya.pk)]
    assert api.actions_of(people.agnes) == frozenset()


def test_a_mandate_that_runs_out_is_swept_once(people: Cast) -> None:
    Mandate.objects.filter(user=people.agnes).update(ends_at=clock.now() + timedelta(hours=1))
    Client().force_login(people.agnes, backend="django.contrib.auth.backends.ModelBackend")
    sweep()
    assert Session.objects.exists()  # the control: it still runs
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert not api.can(people.agnes, api.Action.DESK_OPEN)
        sweep()
        assert not Session.objects.exists()
        assert api.due_mandates() == []


def test_only_the_municipality_grants(people: Cast) -> None:
    agency = Agency.objects.get()
    for who in (people.agnes, people.ada, people.clara):
        with pytest.raises(PermissionDenied):
            api.grant_mandate(
                agency, people.aaron, [api.Scope.WRITE], by=who, starts_at=clock.now(), ends_at=None
            )
        with pytest.raises(PermissionDenied):
            api.grant_role(people.charlie, api.Role.APPROVER, by=who)
    with pytest.raises(ValueError, match="Agentur"):
        api.grant_mandate(
            agency, people.charlie, [api.Scope.WRITE], by=people.freya, starts_at=clock.now(), ends_at=None
        )


def test_unknown_comes_before_forbidden(people: Cast) -> None:
    for who in (people.charlie, people.aaron, None):
        with pytest.raises(Http404):
            api.access_object(User.objects.all(), who, api.Action.MESSAGE_VIEW, pk=people.freya.pk)
    assert api.access_object(User.objects.all(), people.ada, api.Action.MESSAGE_VIEW, pk=people.freya.pk)
