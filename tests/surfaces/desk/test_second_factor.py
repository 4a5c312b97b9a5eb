"""The second factor stands before everything that is a release, and before whoever would put another in its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY as SECRET
from django.test import Client
from django.urls import reverse

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import second_factor
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
    back = "desk_withdraw" if verb == "desk_withdraw" else "desk_proof"
    again = client.get(reverse(back, args=[page.uuid])).content.decode()
    assert "Ihr zweiter Faktor ist bestätigt" in again
    client.post(reverse(verb, args=[page.uuid]))
    assert Entry.objects.filter(event=event).count() == before + 1
    if verb == "desk_withdraw":
        made: Any = publishing.Approval.objects.order_by("-at").first()
        assert made.second_factor
    else:
        logged = Entry.objects.filter(event=event).order_by("-seq").first()
        assert logged
        assert logged.data["second_factor"] is True


def test_a_release_that_waited_for_the_factor_keeps_what_was_typed_for_another_look(
    people: Cast, page: MessagePage, paper: Paper, secret: str
) -> None:
    request = hand_in(as_(people.ada), page)
    client, look = with_password(people.freya), reverse("desk_request", args=[request.pk])
    typed = {
        "digest": request.snapshot_id,
        "when": "other",
        "at": "2099-03-05T10:00",
        "where": ["title"],
        "remark": ["Bitte kürzer, ggf. ohne Datum."],
    }
    release = reverse("desk_release", args=[request.pk])
    assert client.post(release, typed).headers["Location"].startswith(f"{ASK}?next={quote(look, safe='')}")
    before = client.get(look).content.decode()
    assert "Bitte kürzer" not in before, "not without the factor"
    assert "ausgeführt ist noch nichts" not in before
    client.post(ASK, {"code": code(secret)})
    for _again in range(2):
        shown = client.get(look).content.decode()
        assert "Bitte kürzer, ggf. ohne Datum." in shown
        assert 'value="2099-03-05T10:00"' in shown
        assert "ausgeführt ist noch nichts" in shown
    assert not publishing.Approval.objects.exists(), "only shown"
    client.post(release, typed)
    assert publishing.Approval.objects.get().second_factor
    after = client.get(look).content.decode()
    assert "Bitte kürzer, ggf. ohne Datum.</textarea>" not in after
    assert "ausgeführt ist noch nichts" not in after


def test_what_was_kept_outlives_a_second_look_and_can_be_thrown_away(people: Cast) -> None:
    key: str = totp.generate_totp_secret()
    totp.TOTP.activate(people.anton, key)
    client, address = with_password(people.anton), reverse("desk_person_new")
    new = {"name": "Eva", "email": "eva@stadt.example", "kind": "municipality"}
    client.post(address, new)
    client.post(ASK, {"code": code(key)})
    for _again in range(2):
        assert "Bitte abschließen" in client.get(address).content.decode()
    client.post(address, {**new, second_factor.DROP: "1"})
    assert not User.objects.filter(email=new["email"]).exists()
    assert "Bitte abschließen" not in client.get(address).content.decode()


@pytest.mark.parametrize("required", [True, False])
def test_whoever_had_to_set_up_a_factor_finds_the_way_back(
    people: Cast, settings: Any, required: bool
) -> None:
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = required
    client, address = with_password(people.anton), reverse("desk_person_new")
    client.post(address, {"name": "Eva"})
    index = reverse("mfa_index")
    assert "Ihre Eingaben sind noch da" not in client.get(index).content.decode(), "no factor yet"
    totp.TOTP.activate(people.anton, totp.generate_totp_secret())
    shown = client.get(index).content.decode()
    assert ("Ihre Eingaben sind noch da" in shown) is required
    assert (f'href="{ASK}?next={quote(address, safe="")}"' in shown) is required


def test_the_password_is_no_other_way_where_a_factor_is_asked_for(people: Cast, secret: str) -> None:
    shown = with_password(people.freya).get(ASK).content.decode()
    assert "Bestätigen" in shown
    assert reverse("account_reauthenticate") not in shown
    assert "Andere Wege" not in shown, "there is none"


@pytest.mark.django_db(transaction=True)
def test_a_factor_set_up_just_now_is_not_asked_for_again(people: Cast, settings: Any) -> None:
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = True
    client, address = with_password(people.anton), reverse("desk_person_new")
    client.post(address, {"name": "Eva"})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    key = str(client.session[SECRET])
    assert client.post(reverse("mfa_activate_totp"), {"code": code(key)}).status_code == 302
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert codes.status_code == 200
    assert f'href="{address}"' in codes.content.decode(), "and on it goes with what was begun"
