"""A backup was put back: what may have gone out since then waits for a person, the rest goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stadtnah.kernel import clock
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api
from stadtnah.publishing.channel import Stage
from stadtnah.publishing.dispatch import claim, plan, reconcile, restored
from stadtnah.publishing.models import Delivery
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import NEW_YEAR, after_new_year, dispatch_all, people, release, submit

__all__ = ["people"]
pytestmark = pytest.mark.django_db


def hold() -> int:
    return restored.hold_doubtful(clock.now() - timedelta(hours=9))


def test_what_was_due_since_waits_for_a_person(people: Cast, paper: Paper) -> None:
    paper.readers = ["a", "b", "c"]
    release(people, submit(people))  # due, nobody planned it yet
    assert hold() == 3
    dispatch_all()
    assert paper.taken == []
    assert {row.state for row in Delivery.objects.all()} == {"unknown"}
    row = Delivery.objects.get(recipient="b")
    assert "Aus einer Sicherung zurückgespielt" in row.reason
    assert Entry.objects.get(event="cell.restored").data["doubtful"] == 3
    api.resolve_unknown(row.pk, by=people.freya, arrived=False)  # a person looked
    dispatch_all()
    assert list(paper.recipients_served()) == ["b"]


def test_a_claimed_row_waits_as_well(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    claim.claim("paper", "lost", 20)
    assert hold() == 1
    assert hold() == 0
    dispatch_all()
    assert paper.taken == []


def test_what_is_due_later_goes_out_then(people: Cast, paper: Paper) -> None:
    release(people, submit(people, wish=NEW_YEAR))
    assert hold() == 0
    dispatch_all()
    assert paper.taken == []
    with after_new_year():  # the control
        dispatch_all()
    assert len(paper.taken) == 1


def test_the_own_website_is_made_again(people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Paper, "stage", Stage.SITE)
    monkeypatch.setattr(Paper, "idempotent", True)
    release(people, submit(people))
    assert hold() == 0
    dispatch_all()
    assert len(paper.taken) == 1


def test_a_withdrawal_is_carried_out(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    dispatch_all()
    api.withdraw(Delivery.objects.get().object_key, by=people.freya)
    assert hold() == 0
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create", "delete"]
