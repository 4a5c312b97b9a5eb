"""People in the desk: made, invited by a link, given roles, closed. An agency never gets the last word."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access import people as domain
from stadtnah.kernel.access.api import Action, Role
from stadtnah.kernel.access.models import Mandate, Membership
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity import invitation
from stadtnah.kernel.identity.models import User
from tests.factories.people import PASSWORD, Cast, person
from tests.surfaces.desk.conftest import as_

URL = "/desk/personen/"
TYPED = {
    "name": "Nora Neu",
    "email": "Nora@Stadt.example",
    "position": "Hauptamt",
    "kind": "municipality",
    "roles": ["author", "approver"],
}


def roles(user: User) -> set[str]:
    return set(Membership.objects.filter(user=user).values_list("role", flat=True))


def test_a_new_person_sets_a_password_by_the_link_and_works(people: Cast) -> None:
    shown = as_(people.anton).post(f"{URL}neu/", TYPED, follow=True).content.decode()
    assert "Nora Neu hat eine E-Mail" in shown
    assert "Kennwort fehlt noch" in shown
    nora = User.objects.get(email="nora@stadt.example")
    assert roles(nora) == {"author", "approver"}
    (letter,) = mail.outbox
    assert letter.to == ["nora@stadt.example"]
    path = re.search(r"http://[^/\s]+(/konto/password/reset/key/\S+)", letter.body).group(1)  # type: ignore[union-attr]
    new = "noch-ein-langes-kennwort-7"
    client = Client()
    form = client.get(path, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    nora.refresh_from_db()
    assert nora.check_password(new)
    # Good once: the same link sets no other password.
    again = Client().get(path, follow=True)
    assert b"password2" not in again.content
    assert as_(nora).get("/desk/freigaben/").status_code == 200


def test_the_log_names_no_person(people: Cast) -> None:
    as_(people.anton).post(f"{URL}neu/", TYPED)
    entries = list(Entry.objects.values_list("event", "subject", "data"))
    assert {"person.added", "person.invited", "role.granted"} <= {event for event, _, _ in entries}
    assert "nora" not in str(entries).lower()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"name": " "}, "name", "Namen"),
        ({"name": "N" * 121}, "name", "zu lang"),
        ({"email": "nora"}, "email", "keine E-Mail-Adresse"),
        ({"email": "Freya@stadt.example"}, "email", "gibt es schon"),
        ({"position": "x" * 121}, "position", "zu lang"),
        ({"kind": ""}, "kind", "Kommune oder zu einer Agentur"),
        ({"kind": "agency"}, "roles", "gibt nie frei"),
    ],
)
def test_bad_input_is_named_and_kept(people: Cast, change: dict[str, Any], field: str, words: str) -> None:
    before = User.objects.count()
    answer = as_(people.anton).post(f"{URL}neu/", TYPED | change)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert f'id="fehler_{field}"' in shown
    assert shown.count('class="field-error"') == 1
    assert 'value="approver" checked' in shown
    assert User.objects.count() == before
    assert mail.outbox == []


def test_roles_are_given_and_taken(people: Cast) -> None:
    client = as_(people.anton)
    url = f"{URL}{people.charlie.pk}/"
    assert as_(people.charlie).get("/desk/").status_code == 403
    client.post(url, {"name": "Charlie", "position": "", "roles": ["author", "clerk"]})
    assert roles(people.charlie) == {"author", "clerk"}
    assert as_(people.charlie).get("/desk/").status_code == 200
    client.post(url, {"name": "Charlie Klein", "position": "Bürgerbüro", "roles": ["clerk"]})
    assert roles(people.charlie) == {"clerk"}
    people.charlie.refresh_from_db()
    assert (people.charlie.name, people.charlie.position) == ("Charlie Klein", "Bürgerbüro")
    assert Entry.objects.get(event="role.revoked").data == {"role": "author"}
    assert not people.charlie.groups.exists()


@pytest.mark.parametrize("role", list(Role))
def test_an_agency_gets_no_role_by_any_way(people: Cast, role: Role) -> None:
    url = f"{URL}{people.agnes.pk}/"
    answer = as_(people.anton).post(url, {"name": "Agnes", "position": "", "roles": [role.value]})
    assert answer.status_code == 422
    assert "gibt nie frei" in answer.content.decode()
    with pytest.raises(ValueError, match="keine Rolle"):
        access.grant_role(people.agnes, role, by=people.anton)
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(user=people.agnes, role=role.value)
    assert roles(people.agnes) == set()
    assert not access.can(people.agnes, Action.MESSAGE_RELEASE)


def test_nobody_locks_themselves_out(people: Cast) -> None:
    client = as_(people.anton)
    url = f"{URL}{people.anton.pk}/"
    answer = client.post(url, {"name": "Anton", "position": "", "roles": ["author"]})
    assert answer.status_code == 422
    assert "eigene Verwaltung" in answer.content.decode()
    assert "eigenes Konto" in client.post(f"{url}schliessen/", follow=True).content.decode()
    assert "Konto schließen" not in client.get(url).content.decode()
    assert roles(people.anton) == {"admin"}


def test_a_closed_account_is_out_at_once(people: Cast) -> None:
    ada, agnes = as_(people.ada), as_(people.agnes)
    client = as_(people.anton)
    for user in (people.ada, people.agnes):
        assert client.post(f"{URL}{user.pk}/schliessen/").status_code == 302
    assert ada.get("/desk/").status_code == 302
    assert agnes.get("/desk/").status_code == 302
    assert not Client().login(email=people.ada.email, password=PASSWORD)
    assert not Mandate.objects.filter(user=people.agnes, ended_at=None).exists()
    client.post(f"{URL}{people.ada.pk}/oeffnen/")
    client.post(f"{URL}{people.agnes.pk}/oeffnen/")
    for user in (people.ada, people.agnes):
        user.refresh_from_db()
    assert as_(people.ada).get("/desk/").status_code == 200
    assert as_(people.agnes).get("/desk/").status_code == 403


def test_a_closed_account_voids_its_links_and_begins_anew(people: Cast) -> None:
    client = as_(people.anton)
    user = User.objects.create_user("nora@stadt.example", None, name="Nora", kind="municipality")
    link = urlsplit(invitation.link(user)).path
    assert "password1" in Client().get(link, follow=True).content.decode()  # the control
    client.post(f"{URL}{user.pk}/schliessen/")
    for _closed in (True, False):
        assert "password1" not in Client().get(link, follow=True).content.decode()
        client.post(f"{URL}{user.pk}/oeffnen/")
    assert [m.to for m in mail.outbox] == [[user.email]] * 2  # with a link that works
    new = re.search(r"https?://[^/\s]+(/konto/\S+)", str(mail.outbox[-1].body))
    assert new is not None
    assert "password1" in Client().get(new[1], follow=True).content.decode()


def test_the_mail_is_sent_once_more_and_never_to_a_closed_account(people: Cast) -> None:
    client = as_(people.anton)
    user = User.objects.create_user("nora@stadt.example", None, name="Nora", kind="municipality")
    client.post(f"{URL}{user.pk}/einladen/")
    assert len(mail.outbox) == 1
    domain.deactivate(user, by=people.anton)
    assert "geschlossen" in client.post(f"{URL}{user.pk}/einladen/", follow=True).content.decode()
    assert len(mail.outbox) == 1


def test_a_mail_that_does_not_go_out_is_said(people: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    shown = as_(people.anton).post(f"{URL}neu/", TYPED, follow=True).content.decode()
    assert "ging nicht hinaus" in shown
    assert User.objects.filter(email="nora@stadt.example").exists()


def test_only_the_administration(people: Cast) -> None:
    for who in (people.agnes, people.freya, people.viktor, people.ada, people.clara, people.doris):
        client = as_(who)
        for path in ("", "neu/", f"{who.pk}/"):
            assert client.get(URL + path).status_code == 403
        assert client.post(f"{URL}neu/", TYPED).status_code == 403
        for path in ("", "einladen/", "schliessen/", "oeffnen/"):
            data = {"name": "x", "position": "", "roles": ["approver"]}
            assert client.post(f"{URL}{who.pk}/{path}", data).status_code == 403
        for call in (
            lambda by=who: domain.add_person("x@stadt.example", "X", "municipality", by=by),
            lambda by=who: domain.change_person(people.ada, "X", "", [], by=by),
            lambda by=who: domain.revoke_role(people.ada, Role.AUTHOR, by=by),
            lambda by=who: domain.deactivate(people.ada, by=by),
            lambda by=who: domain.activate(people.ada, by=by),
            lambda by=who: domain.invite(people.ada, by=by),
        ):
            with pytest.raises(PermissionDenied):
                call()
    assert not Entry.objects.exists()


def test_the_list_asks_the_database_as_often_for_many(people: Cast) -> None:
    def asked(more: int) -> int:
        for number in range(more):
            person(f"Neu{more}-{number}", roles=("author", "clerk"))
        client = as_(people.anton)
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    assert asked(0) == asked(30)


def test_an_erased_person_is_not_listed(people: Cast) -> None:
    from stadtnah.kernel.privacy.api import erase_person

    erase_person(people.charlie.email)
    assert "Gelöschtes Konto" not in as_(people.anton).get(URL).content.decode()
    assert as_(people.anton).get(f"{URL}{people.charlie.pk}/").status_code == 404


def test_an_empty_address_is_asked_for_and_a_wrong_one_explained(people: Cast) -> None:
    empty = as_(people.anton).post(f"{URL}neu/", TYPED | {"email": "  "}).content.decode()
    assert "Bitte geben Sie die E-Mail-Adresse an." in empty
    assert "Das ist keine E-Mail-Adresse" not in empty
    wrong = as_(people.anton).post(f"{URL}neu/", TYPED | {"email": "nora"}).content.decode()
    assert "Das ist keine E-Mail-Adresse" in wrong
