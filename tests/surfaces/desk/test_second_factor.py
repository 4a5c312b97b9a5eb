"""The second factor stands before everything that is a release, and before whoever would put another in its place."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.channels import Paper
from tests.factories.people import PASSWORD, Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import hand_in

ASK = "/konto/2fa/reauthenticate/"


@pytest.fixture
def secret(people: Cast) -> str:
    found: str = totp.generate_totp_secret()
    totp.TOTP.activate(people.freya, found)
    return found


def code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def with_password(user: User) -> Client:
    """An open session in which the password was typed just now, and nothing else."""
    client = as_(user)
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    "name",
    [
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
    ],
)
def test_a_password_alone_touches_no_factor(people: Cast, secret: str, name: str) -> None:
    client = with_password(people.freya)
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{ASK}?next=")
    assert Authenticator.objects.filter(user=people.freya, type="totp").exists()


def test_with_the_factor_it_is_given_up(people: Cast, secret: str) -> None:
    client = with_password(people.freya)
    client.post(ASK, {"code": code(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=people.freya, type="totp").exists()


def test_the_first_factor_needs_none(people: Cast) -> None:
    assert with_password(people.freya).get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize("verb", ["desk_withdraw", "desk_resume"])
def test_whatever_lets_something_leave_asks_for_it(
    people: Cast, page: MessagePage, paper: Paper, secret: str, verb: str
) -> None:
    event = {"desk_withdraw": "released", "desk_resume": "release.resumed"}[verb]
    request = hand_in(as_(people.ada), page)
    publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    if verb == "desk_resume":
        publishing.stop(page.object_key, by=people.ada)
    dispatch_all()
    client, before = with_password(people.freya), Entry.objects.filter(event=event).count()
    answer = client.post(reverse(verb, args=[page.uuid]))
    assert answer.headers["Location"].startswith(f"{ASK}?next=")
    assert Entry.objects.filter(event=event).count() == before
    client.post(ASK, {"code": code(secret)})
    client.post(reverse(verb, args=[page.uuid]))
    assert Entry.objects.filter(event=event).count() == before + 1
    if verb == "desk_withdraw":
        made: Any = publishing.Approval.objects.order_by("-at").first()
        assert made.second_factor
    else:
        logged = Entry.objects.filter(event=event).order_by("-seq").first()
        assert logged
        assert logged.data["second_factor"] is True
