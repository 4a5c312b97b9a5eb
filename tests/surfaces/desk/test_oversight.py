"""Channels, mandates, register and log: each role sees its own, nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Mandate
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

_MAY = {
    "desk_channels": {"anton"},
    "desk_mandates": {"freya", "anton"},
    "desk_privacy": {"doris"},
    "desk_audit": {"freya", "doris", "anton"},
}


@pytest.mark.parametrize("name", sorted(_MAY))
def test_each_role_sees_its_own(page: MessagePage, people: Cast, name: str) -> None:
    for who in ("freya", "viktor", "ada", "agnes", "clara", "doris", "anton"):
        status = as_(getattr(people, who)).get(reverse(name)).status_code
        assert status == (200 if who in _MAY[name] else 403), who


def test_a_held_account_is_taken_up_again(page: MessagePage, people: Cast) -> None:
    ChannelAccount.objects.filter(pk="paper").update(held_at=clock.now(), held_reason="Zugang abgelaufen")
    client = as_(people.anton)
    assert "Zugang abgelaufen" in client.get(reverse("desk_channels")).content.decode()
    assert as_(people.agnes).post(reverse("desk_take_up", args=["paper"])).status_code == 403
    assert ChannelAccount.objects.get(pk="paper").held_at
    assert client.post(reverse("desk_take_up", args=["paper"])).status_code == 302
    assert ChannelAccount.objects.get(pk="paper").held_at is None


def test_a_mandate_is_ended_after_one_question(page: MessagePage, people: Cast) -> None:
    mandate = Mandate.objects.get(user=people.agnes)
    url = reverse("desk_mandate_end", args=[mandate.pk])
    client = as_(people.freya)
    assert client.get(url).status_code == 200
    assert as_(people.agnes).get("/desk/").status_code == 200
    assert client.post(url).status_code == 302
    assert as_(people.agnes).get("/desk/").status_code == 403
