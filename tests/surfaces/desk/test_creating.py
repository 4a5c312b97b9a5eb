"""A new page is made once, however often the request to make it arrives, and nothing that was typed is lost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_writing import form

TITLE = "Ein neuer Spielplatz"


def address() -> str:
    return reverse("wagtailadmin_pages:add", args=["website", "messagepage", NewsIndexPage.objects.get().pk])


def typed(key: str, **values: Any) -> dict[str, Any]:
    return form(title=TITLE, slug="ein-neuer-spielplatz", creation_key=key, **values)


def saves_itself(client: Client, key: str, **values: Any) -> Any:
    """As the editor's script sends it."""
    return client.post(address(), typed(key, **values), headers={"accept": "application/json"})


def made() -> list[MessagePage]:
    return list(MessagePage.objects.filter(title=TITLE))


def draft(page: MessagePage) -> MessagePage:
    found: MessagePage = page.get_latest_revision_as_object()
    return found


def test_each_form_for_a_new_page_carries_a_key_of_its_own(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    keys = {
        ada.get(address()).content.decode().partition('name="creation_key" value="')[2][:36] for _ in "ab"
    }
    assert len({uuid.UUID(key) for key in keys}) == 2
    shown = ada.post(address(), typed("a" * 32, valid_from="irgendwann")).content.decode()
    assert 'name="creation_key" value="' + "a" * 32 in shown  # the form came back with a mistake
    edited = ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "creation_key" not in edited


def test_a_press_on_save_after_an_autosave_that_was_not_answered(people: Cast, page: MessagePage) -> None:
    ada, key = as_(people.ada), str(uuid.uuid4())
    first = saves_itself(ada, key)
    assert first.json()["success"]
    answer = ada.post(address(), typed(key, teaser="Am Markt wird gebaut, und alle dürfen mitreden."))
    (only,) = made()
    assert answer.headers["Location"] == reverse("desk_channels_step", args=[only.uuid])
    assert draft(only).teaser == "Am Markt wird gebaut, und alle dürfen mitreden."


def test_an_autosave_that_is_sent_again(people: Cast, page: MessagePage) -> None:
    ada, key = as_(people.ada), str(uuid.uuid4())
    first = saves_itself(ada, key).json()
    again = saves_itself(ada, key, teaser="Am Markt wird gebaut.").json()
    (only,) = made()
    assert (again["pk"], again["url"], again["hydrate_url"]) == (
        first["pk"],
        first["url"],
        first["hydrate_url"],
    )
    assert set(first) <= set(again)
    assert draft(only).teaser == "Am Markt wird gebaut."


def test_a_double_press_on_save(people: Cast, page: MessagePage) -> None:
    ada, key = as_(people.ada), str(uuid.uuid4())
    answers = [ada.post(address(), typed(key)) for _ in range(2)]
    assert len(made()) == 1
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_two_forms_make_two_pages(people: Cast, page: MessagePage) -> None:
    """The control: another key, another person, or no key at all."""
    key = str(uuid.uuid4())
    as_(people.ada).post(address(), typed(key))
    as_(people.ada).post(address(), typed(str(uuid.uuid4())))
    as_(people.agnes).post(address(), typed(key))
    for odd in ("", "nonsense"):
        as_(people.ada).post(address(), typed(odd))
    assert len(made()) == 5
    assert len({row.slug for row in made()}) == 5


def test_nobody_chooses_the_id_of_another_page(people: Cast, page: MessagePage) -> None:
    as_(people.ada).post(address(), typed(str(page.uuid)))
    (other,) = made()
    assert other.uuid != page.uuid
    page.refresh_from_db()
    assert page.title == "Mühlstraße gesperrt"


def test_a_key_belongs_to_one_kind_of_page(people: Cast, page: MessagePage) -> None:
    key = str(uuid.uuid4())
    home = HomePage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["website", "standardpage", home.pk])
    ada = as_(people.ada)
    ada.post(address(), typed(key))
    assert ada.post(add, typed(key, menu_order="100")).status_code == 302
    assert StandardPage.objects.get().uuid != made()[0].uuid


def test_of_two_at_the_same_moment_the_one_sent_by_hand_wins(people: Cast, page: MessagePage) -> None:
    """The draft that saved itself waited for the database while the form was taken."""
    ada, key = as_(people.ada), str(uuid.uuid4())
    ada.post(address(), typed(key, teaser="Am Markt wird gebaut."))
    (only,) = made()
    MessagePage.objects.filter(pk=only.pk).update(
        latest_revision_created_at=clock.now() + timedelta(minutes=1)
    )
    late = saves_itself(ada, key, teaser="Am Markt").json()
    assert (late["success"], late["pk"]) == (True, only.pk)
    assert draft(made()[0]).teaser == "Am Markt wird gebaut."


def test_the_form_may_run_the_starters_of_its_fields(people: Cast, page: MessagePage) -> None:
    policies = [
        as_(people.ada).get(where).headers["Content-Security-Policy"]
        for where in (address(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
    ]
    assert all("'sha256-" in policy for policy in policies)
