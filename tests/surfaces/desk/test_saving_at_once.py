"""What saves itself and what somebody sends by hand arrive at the same moment: what was sent by hand stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_writing import form

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.only_on(
        "postgresql", "the SQLite of the tests lies in memory, where nobody waits for a lock"
    ),
]
OLD, NEW = "Am Markt wird gebaut.", "Am Markt wird bis Mai gebaut."


def saved(people: Cast, page: MessagePage, teaser: str, **extra: Any) -> int:
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    status: int = as_(people.ada).post(where, form(teaser=teaser), **extra).status_code
    return status


@dataclass
class ByHand:
    """Sent at the worst moment: after the draft that saves itself has read what is there, before it writes."""

    send: Callable[[], int]
    status: int = 0
    thread: threading.Thread | None = None

    def between(self, request: HttpRequest, _page: Page) -> None:
        """The CMS's hook `before_edit_page`."""
        if request.headers.get("accept") == "application/json" and not self.thread:
            self.thread = threading.Thread(target=self._work)
            self.thread.start()
            self.thread.join(timeout=1)  # where it has to wait for the other, it does so for longer

    def _work(self) -> None:
        self.status = self.send()
        connection.close()


def test_the_draft_that_saves_itself_does_not_win(people: Cast, page: MessagePage) -> None:
    by_hand = ByHand(lambda: saved(people, page, NEW))
    with hooks.register_temporarily("before_edit_page", by_hand.between):
        by_itself = saved(people, page, OLD, headers={"accept": "application/json"})
        assert by_hand.thread
        by_hand.thread.join(timeout=20)
    assert (by_itself, by_hand.status) == (200, 302)
    latest: Any = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.teaser == NEW
