"""Handing out and erasing: everything about one person, nothing about others, with a proof."""

from __future__ import annotations

import json

import pytest

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.privacy.api import erase_person, export_person
from stadtnah.kernel.privacy.models import Deletion
from stadtnah.publishing import api
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context, paper_account
from tests.factories.people import cast

pytestmark = pytest.mark.django_db


def test_export_and_erase(paper: Paper) -> None:
    paper_account()
    people = cast()
    request = api.submit(content(), PLAN, by=people.agnes, context=context(), note="KANARIE-Hinweis")
    api.send_back(request.pk, by=people.freya, reason="Bitte kürzer", comments=[("title", "KANARIE-Wort")])
    given = json.dumps(export_person(" Agnes@Stadt.example "), ensure_ascii=False)
    assert "KANARIE-Hinweis" in given
    assert "KANARIE-Wort" not in given  # that is Freya's
    assert "Freya" not in given

    gone = erase_person("agnes@stadt.example")
    assert gone["staff"] == 1
    assert export_person("agnes@stadt.example") == {}
    assert not User.objects.filter(name="Agnes").exists()
    assert User.objects.filter(name="Freya").exists()
    request.refresh_from_db()
    assert request.note == ""
    assert Deletion.objects.filter(reason="request").count() == sum(1 for rows in gone.values() if rows)
    assert "agnes" not in json.dumps([e.data for e in Entry.objects.all()])


def test_an_erased_person_cannot_sign_in_or_act() -> None:
    people = cast()
    erase_person("freya@stadt.example")
    people.freya.refresh_from_db()
    assert not people.freya.is_active
    assert not people.freya.has_usable_password()
    from stadtnah.kernel.access import api as access

    assert access.actions_of(people.freya) == frozenset()
