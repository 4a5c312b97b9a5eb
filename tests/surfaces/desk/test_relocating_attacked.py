"""Moves at the worst moment: what is on its way, what stood at the new address, a worker that is killed, a page that cannot be made."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.relocating import release, rule
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_relocating import door, home, made, site

__all__ = ["home", "site"]
pytestmark = pytest.mark.django_db


def killed_before_baking(page: Any, parent: Any) -> None:
    """The move is in the database, and its worker has died."""
    with transaction.atomic():
        release._carry_out(rule.plan(page, parent))


@pytest.mark.parametrize("wish", ["", "2099-01-01T10:00"])
def test_a_draft_that_is_on_its_way_stays_until_that_is_decided(
    people: Cast, site: dict[str, Any], wish: str
) -> None:
    draft = made(site["bauen"], "Plan")
    asked = publishing.submit(draft.content(), {}, by=people.ada, context=check_context(), wish=wish)
    if wish:
        publishing.release(asked.pk, by=people.freya, seen_digest=asked.snapshot_id)
    answer = as_(people.ada).post(door(draft), {"nach": site["leben"].object_key})
    assert answer.status_code == 409
    assert "Noch nicht abgeschlossen ist die Freigabe von „Plan“" in words(answer)
    draft.refresh_from_db()
    assert draft.public_path() == "/bauen/plan/"
    if not wish:  # control
        publishing.refuse(asked.pk, by=people.freya, reason="Später.")
        assert as_(people.ada).post(door(draft), {"nach": site["leben"].object_key}).status_code == 302
