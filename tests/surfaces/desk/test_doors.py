"""The gateway: what is not in its table does not exist, and nothing publishes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from stadtnah.kernel.access.api import end_mandate
from stadtnah.kernel.access.models import Mandate
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

_CLOSED = (
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:view_draft",
)


@pytest.mark.parametrize("door", _CLOSED)
def test_doors_of_the_cms_do_not_exist(page: MessagePage, people: Cast, door: str) -> None:
    for user in (people.agnes, people.ada, people.freya, people.anton):
        client = as_(user)
        assert client.get(reverse(door, args=[page.pk])).status_code == 404
        assert client.post(reverse(door, args=[page.pk])).status_code == 404


@pytest.mark.parametrize(
    "path", ["bulk/wagtailcore/page/publish/", "users/", "groups/", "sites/", "reports/locked/"]
)
def test_administration_of_the_cms_does_not_exist(page: MessagePage, people: Cast, path: str) -> None:
    for user in (people.agnes, people.anton):
        assert as_(user).get(f"/desk/{path}?id={page.pk}").status_code == 404


def test_the_editor_opens_but_publishing_is_refused(page: MessagePage, people: Cast) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for user in (people.ada, people.agnes):
        client = as_(user)
        shown = client.get(edit)
        assert shown.status_code == 200
        assert b"action-publish" not in shown.content
        assert client.post(edit, {"action-publish": "1"}).status_code == 403
    page.refresh_from_db()
    assert not page.live


def test_who_may_not_edit_does_not_reach_the_editor(page: MessagePage, people: Cast) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for user in (people.freya, people.clara, people.doris, people.anton):
        assert as_(user).get(edit).status_code == 403


def test_anonymous_is_asked_to_sign_in(db: None) -> None:
    answer = Client().get("/desk/meldungen/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")
    assert Client().get("/konto/login/").status_code == 200


def test_an_ended_mandate_signs_out_at_once(page: MessagePage, people: Cast) -> None:
    client = as_(people.agnes)
    assert client.get("/desk/").status_code == 200
    end_mandate(Mandate.objects.get(user=people.agnes), by=people.freya)
    assert client.get("/desk/").status_code == 302
    again = as_(people.agnes).get("/desk/")
    assert again.status_code == 403
    assert "Vollmacht" in again.content.decode()
