"""The saved states of a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

pytestmark = pytest.mark.django_db


def saved(page: MessagePage, people: Cast, title: str) -> None:
    page.title = title
    page.save_revision(user=people.agnes)


def test_each_state_says_what_changed_and_leads_back(people: Cast, page: MessagePage) -> None:
    saved(page, people, "Mühlstraße halb gesperrt")
    shown = as_(people.ada).get(reverse("desk_history", args=[page.uuid])).content.decode()
    assert shown.index("Agnes") < shown.index("Hier beginnt der Text.")
    assert "</span>halb</ins>" in shown
    first, last = page.revisions.order_by("pk")
    assert reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]) in shown
    assert reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, last.pk]) not in shown


def test_the_last_of_a_list_is_compared_with_the_first_of_the_next(people: Cast, page: MessagePage) -> None:
    for number in range(12):
        saved(page, people, f"Stand {number}")
    address, ada = reverse("desk_history", args=[page.uuid]), as_(people.ada)
    assert "Hier beginnt der Text." not in ada.get(address).content.decode()
    assert "Hier beginnt der Text." in ada.get(address, {"seite": "2"}).content.decode()


def test_a_state_nobody_can_read_any_more_breaks_nothing(people: Cast, page: MessagePage) -> None:
    saved(page, people, "Noch ein Stand")
    broken = page.revisions.order_by("pk")[0]
    # As an older version may have left it; nothing that is saved today can be so.
    page.revisions.filter(pk=broken.pk).update(content={**broken.content, "valid_from": "irgendwann"})
    answer = as_(people.ada).get(reverse("desk_history", args=[page.uuid]))
    assert answer.status_code == 200
    assert "lässt sich nicht mehr anzeigen" in answer.content.decode()


def test_who_may_not_write_does_not_see_them(people: Cast, page: MessagePage) -> None:
    address = reverse("desk_history", args=[page.uuid])
    assert as_(people.ada).get(address).status_code == 200
    assert as_(people.freya).get(address).status_code == 403
    assert as_(people.aaron).get(address).status_code == 403


def test_the_list_costs_no_more_the_longer_it_is(
    people: Cast, page: MessagePage, django_assert_max_num_queries: Any
) -> None:
    """Eight states and the one before them are read, however many there are."""
    ada, address = as_(people.ada), reverse("desk_history", args=[page.uuid])
    for number in range(12):
        saved(page, people, f"Stand {number}")
    ada.get(address)
    with django_assert_max_num_queries(75):
        ada.get(address)
