"""What the municipality takes back stays taken back, whatever an agency does meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from stadtnah.publishing import api
from stadtnah.publishing.channel import Job, Outcome, Sent, Temporary
from stadtnah.publishing.models import Delivery, Revocation
from tests.factories.channels import Paper
from tests.factories.messages import content
from tests.factories.people import Cast
from tests.publishing.test_story import KEY, dispatch_all, people, release, submit  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def edits(team: Cast) -> None:
    assert not api.content_changed(content(title="Noch einmal anders"), by=team.agnes)


def stops(team: Cast) -> None:
    with pytest.raises(PermissionDenied):
        api.stop(KEY, by=team.agnes)


@pytest.fixture
def withdrawn(people: Cast, paper: Paper) -> None:  # noqa: F811
    """The channel does not take the deletion yet."""

    def answer(job: Job) -> Outcome:
        return (
            Temporary("Antwortet nicht.") if job.action == "delete" else Sent("1", "https://paper.example/1")
        )

    release(people, submit(people))
    dispatch_all()
    paper.answer = answer
    api.withdraw(KEY, by=people.freya)


@pytest.mark.parametrize("under_way", [False, True])
@pytest.mark.parametrize("what", [edits, stops])
def test_an_agency_ends_no_withdrawal(
    people: Cast,  # noqa: F811
    paper: Paper,
    withdrawn: None,
    what: Callable[[Cast], None],
    under_way: bool,
) -> None:
    if under_way:
        dispatch_all()
    what(people)
    paper.answer = lambda _job: Sent("1", "https://paper.example/1")
    dispatch_all()
    Delivery.objects.update(next_try_at="2020-01-01T00:00Z")
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create", "delete"]
    assert not Revocation.objects.exists()


def test_who_may_withdraw_may_stop_it(people: Cast, paper: Paper, withdrawn: None) -> None:  # noqa: F811
    assert api.stop(KEY, by=people.freya)
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create"]
