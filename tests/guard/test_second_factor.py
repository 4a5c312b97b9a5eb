"""Whoever found an open session cannot let something leave without the second factor, nor decide who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access import people as accounts
from stadtnah.kernel.access.api import Action, Role
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.channel import Permanent
from stadtnah.publishing.models import Approval, Delivery
from stadtnah.surfaces.desk import gateway, second_factor
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all, people, release, submit
from tests.surfaces.desk.test_second_factor import ASK, code

__all__ = ["people"]

pytestmark = pytest.mark.django_db

# Changes that let nothing leave and give nobody a right. A new action is put here or into `second_factor.ASKED`.
FREE = frozenset(
    {
        Action.DESK_OPEN,
        Action.MESSAGE_VIEW,
        Action.MESSAGE_EDIT,
        Action.MESSAGE_SUBMIT,
        Action.MESSAGE_COMMENT,
        Action.DISPATCH_STOP,
        Action.PROOF_VIEW,
        Action.MEDIA_EDIT,
        Action.CONSENTS_VIEW,
        Action.CONSENTS_EDIT,  # it bars pictures; what it allows is released like any page
        Action.IMPORT_RUN,
        Action.GUIDE_EDIT,
        Action.TOWN_EDIT,  # what it lays before the municipality is released like any page
        Action.SUBSCRIBERS_VIEW,
        Action.FEEDBACK_VIEW,
        Action.FEEDBACK_ANSWER,
        Action.EVENTS_MODERATE,
        Action.EVENTS_ANSWER,
        Action.CLUBS_TRUST,
        Action.PRIVACY_VIEW,
        Action.AUDIT_VIEW,
    }
)
NEW = {"name": "Eva", "email": "eva@boese.example", "kind": "municipality", "roles": ["approver"]}


def session(user: User) -> tuple[Client, str]:
    """An open session of somebody with a factor who did not show it lately."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    browser = Client()
    browser.force_login(user)
    return browser, secret


def test_each_action_is_asked_for_or_free() -> None:
    assert set(Action) == second_factor.ASKED | FREE
    assert not second_factor.ASKED & FREE


def test_each_route_of_such_an_action_asks(people: Cast) -> None:
    person = User.objects.create_user(
        "alles@stadt.example", "geheim-geheim-1", name="Alma", kind=User.Kind.MUNICIPALITY
    )
    for role in Role:
        access.grant_role(person, role, by=None)
    browser, _secret = session(person)
    asked = []
    for name, action in gateway.table().items():
        if not second_factor.asks(name, action):
            continue
        for values in (
            {},
            {"key": "x"},
            {"channel": "x"},
            {"absence_id": 1},
            *({part: "0" * 8 + "-0000-4000-8000-" + "0" * 12} for part in PARTS),
        ):
            try:
                address = reverse(name, kwargs=values)
            except Exception:  # noqa: BLE001 - another part is asked for
                continue
            answer = browser.post(address, {"x": "y"})
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith(f"{ASK}?next="), name
            asked.append(name)
            break
        else:
            pytest.fail(f"no address for {name}")
    assert len(asked) > 20, "control: routes were tried"


PARTS = ("request_id", "user_id", "mandate_id", "delivery_id", "run_id", "absence_id", "key")


def test_an_approver_of_ones_own_is_not_made_and_what_was_typed_is_kept(people: Cast) -> None:
    browser, secret = session(people.anton)
    address = reverse("desk_person_new")
    assert browser.post(address, NEW).headers["Location"].startswith(f"{ASK}?next=")
    assert not User.objects.filter(email=NEW["email"]).exists()
    assert b"eva@boese" not in browser.get(address).content, "not without the factor"
    assert "eva@boese" not in str(dict(browser.session)), "sealed"
    assert browser.post(f"{ASK}?next={address}", {"code": code(secret)}).status_code == 302
    page = browser.get(address).content.decode()
    assert "Bitte abschließen" in page
    typed: dict[str, Any] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page):
        typed.setdefault(name, []).append(value)
    assert typed["roles"] == NEW["roles"]
    browser.post(address, typed)
    assert User.objects.filter(email=NEW["email"]).exists(), "control: with the factor it is done"
    assert "Bitte abschließen" not in browser.get(address).content.decode(), "once"


def test_a_password_does_not_carry_out_what_was_kept(people: Cast) -> None:
    browser, _secret = session(people.anton)
    address = reverse("desk_person_new")
    browser.post(address, NEW)
    browser.post(f"/konto/reauthenticate/?next={address}", {"password": "geheim-geheim-1"}, follow=True)
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_no_role_no_mandate_nothing_sent_again(people: Cast, paper: Paper) -> None:
    paper.answer = lambda _job: Permanent("Nein.")
    release(people, submit(people))
    dispatch_all()
    row, mandates = Delivery.objects.get(), Mandate.objects.count()
    admin, _ = session(people.anton)
    admin.post(f"/desk/personen/{people.anton.pk}/", {"name": "Anton", "roles": ["admin", "approver"]})
    approver, secret = session(people.freya)
    agency = str(Mandate.objects.all()[0].agency_id)
    approver.post(
        "/desk/vollmachten/neu/",
        {"person": str(people.aaron.pk), "agency": agency, "scopes": ["write"], "starts": "2030-01-01"},
    )
    approver.post(f"/desk/zustellung/{row.pk}/", {"angekommen": "nein"})
    row.refresh_from_db()
    assert not access.can(User.objects.get(pk=people.anton.pk), Action.MESSAGE_RELEASE)
    assert Mandate.objects.count() == mandates
    assert row.state == "failed"
    approver.post(ASK, {"code": code(secret)})
    approver.post(f"/desk/zustellung/{row.pk}/", {"angekommen": "nein"})
    row.refresh_from_db()
    assert row.state != "failed", "control"


def test_who_got_the_last_word_from_somebody_with_a_factor_needs_one(people: Cast, paper: Paper) -> None:
    request = submit(people)
    eva = accounts.add_person(
        "eva@stadt.example", "Eva", "municipality", by=people.anton, roles=[Role.APPROVER]
    )
    browser = Client()
    browser.force_login(eva)
    address, posted = reverse("desk_release", args=[request.pk]), {"digest": request.snapshot_id}
    session(people.anton)
    assert browser.post(address, posted).headers["Location"] == reverse("mfa_index")
    assert not Approval.objects.exists()
    Authenticator.objects.filter(user=people.anton).delete()
    browser.post(address, posted)
    assert Approval.objects.exists(), "control: without it nobody is asked"


def test_a_role_that_was_taken_away_and_given_anew_counts_from_the_last_time(people: Cast) -> None:
    second = User.objects.create_user("zweite@stadt.example", "geheim-geheim-1", kind=User.Kind.MUNICIPALITY)
    access.grant_role(second, Role.ADMIN, by=None)
    eva = accounts.add_person(
        "eva@stadt.example", "Eva", "municipality", by=people.anton, roles=[Role.APPROVER, Role.AUTHOR]
    )
    assert access.who_gave_the_last_word(eva) == {str(people.anton.pk)}, "control"
    accounts.revoke_role(eva, Role.APPROVER, by=second)
    assert access.who_gave_the_last_word(eva) == set()
    access.grant_role(eva, Role.APPROVER, by=second)
    assert access.who_gave_the_last_word(eva) == {str(second.pk)}
    access.grant_role(eva, Role.DEPUTY, by=people.anton)
    assert access.who_gave_the_last_word(eva) == {str(second.pk), str(people.anton.pk)}
