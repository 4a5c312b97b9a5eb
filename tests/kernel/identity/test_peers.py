"""Whose request it is, behind web servers that may or may not be believed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from stadtnah.kernel.identity.peers import client_address
from tests.factories.people import PASSWORD, cast


@pytest.mark.parametrize(
    ("trusted", "peer", "said", "found"),
    [
        ([], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["127.0.0.1"], "127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # the first was sent along
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "198.51.100.1, 10.9.9.9", "198.51.100.1"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "kein, Unsinn", "127.0.0.1"),
        (["127.0.0.1"], "::ffff:127.0.0.1", "2001:DB8::1", "2001:db8::1"),
        (["127.0.0.1"], "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (["127.0.0.1"], "", "198.51.100.1", "127.0.0.1"),
    ],
)
def test_the_nearest_address_that_nobody_vouches_for(
    settings: Any, trusted: list[str], peer: str, said: str, found: str
) -> None:
    settings.STADTNAH_TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=said)
    assert client_address(request) == found


@pytest.mark.django_db
def test_nobody_is_kept_out_by_the_wrong_tries_of_others(settings: Any) -> None:
    settings.STADTNAH_TRUSTED_PROXIES = ["127.0.0.1"]
    freya = cast().freya

    def sign_in(address: str, password: str) -> int:
        typed = {"login": freya.email, "password": password}
        sent = Client().post(reverse("account_login"), typed, HTTP_X_FORWARDED_FOR=address)
        return sent.status_code

    for _ in range(40):
        assert sign_in("198.51.100.66", "geraten") in {200, 429}
    assert sign_in("198.51.100.66", PASSWORD) in {200, 429}  # the control: there it is counted
    assert sign_in("198.51.100.7", PASSWORD) == 302


@pytest.mark.django_db
def test_who_tried_too_often_is_told_to_wait() -> None:
    freya = cast().freya

    def sign_in(password: str) -> str:
        return (
            Client()
            .post(reverse("account_login"), {"login": freya.email, "password": password})
            .content.decode()
        )

    assert "Kennwort stimmt nicht" in sign_in("geraten")  # the control
    for _ in range(6):
        told = sign_in("geraten")
    assert "Bitte warten Sie" in told
    assert "stimmt nicht" not in told
    assert "Bitte warten Sie" in sign_in(PASSWORD)


@pytest.mark.django_db
def test_too_many_mails_to_set_a_password_are_refused_in_words() -> None:
    client = Client()
    for number in range(25):
        sent = client.post(reverse("account_reset_password"), {"email": f"niemand{number}@example.org"})
    assert sent.status_code == 429
    assert "zu viele Versuche" in sent.content.decode()
