"""The overview and the list of messages: only what is really waiting, and everything that is."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from stadtnah.publishing.models import ReleaseRequest
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import hand_in, release


def returned(client: Client) -> list[str]:
    """What the overview lists as being back with the editors."""
    return [row.title for row in client.get(reverse("desk_home")).context["returned"]]


def send_back(client: Client, row: ReleaseRequest) -> None:
    client.post(reverse("desk_send_back", args=[row.pk]), {"reason": "Bitte kürzer."})


def test_only_what_waits_for_the_editor_is_listed_as_sent_back(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    send_back(freya, hand_in(ada, page))
    assert returned(ada) == returned(freya) == [page.title]
    shown = ada.get(reverse("desk_home")).content.decode()
    assert shown.count("Zurück an Redaktion") == 2
    assert "Zurück an die Redaktion" not in shown
    row = hand_in(ada, page)
    assert returned(ada) == []
    release(freya, row)
    dispatch_all()
    assert returned(ada) == []
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    dispatch_all()
    assert returned(ada) == []


def test_a_correction_sent_back_and_then_withdrawn_waits_no_more(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    release(freya, hand_in(ada, page))
    dispatch_all()
    send_back(freya, hand_in(ada, page))
    assert returned(ada) == [page.title]
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    assert returned(ada) == []


def test_what_was_deleted_waits_for_nobody(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    send_back(as_(people.freya), hand_in(ada, page))
    page.delete()
    assert returned(ada) == []
