"""An agency never has the last word: not by a scope, not by any function that others may call."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.actions import (
    MUNICIPALITY_ONLY,
    ROLE_ACTIONS,
    ROLE_LABELS,
    SCOPE_ACTIONS,
    SCOPE_LABELS,
    Action,
    Role,
    Scope,
)
from stadtnah.kernel.access.models import Mandate
from stadtnah.publishing import api
from stadtnah.publishing.models import Approval
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context, paper_account
from tests.factories.people import Cast, cast

KEY = content().object_key
# Functions with `by` that give no release whoever calls them.
HARMLESS = {"submit", "take_back", "content_changed", "stop", "ask_for_basket", "ask_for_many"}
# Functions with `by` that only the municipality may call, as an agency would try them.
ATTEMPTS: dict[str, Callable[[Any, api.ReleaseRequest], Any]] = {
    "release": lambda by, r: api.release(r.pk, by=by, seen_digest=r.snapshot_id, second_factor=True),
    "release_many": lambda by, r: api.release_many([(r.pk, r.snapshot_id)], by=by, second_factor=True),
    "release_in_bulk": lambda by, r: api.release_in_bulk([(r.pk, r.snapshot_id)], by=by, subject="import:x"),
    "stop_bulk": lambda by, r: api.stop_bulk("import:x", by=by),
    "refuse": lambda by, r: api.refuse(r.pk, by=by, reason="nein"),
    "send_back": lambda by, r: api.send_back(r.pk, by=by, reason="nein"),
    "revoke": lambda by, r: api.revoke(KEY, by=by),
    "resume": lambda by, r: api.resume(KEY, by=by),
    "withdraw": lambda by, r: api.withdraw(KEY, by=by),
    "resolve_unknown": lambda by, r: api.resolve_unknown(r.pk, by=by, arrived=False),
    "take_up_account": lambda by, r: api.take_up_account("paper", by=by),
    "add_account": lambda by, r: api.add_account(api.CHANNELS["paper"], "Papier", {}, {}, by=by),
    "change_account": lambda by, r: api.change_account("paper", "Papier", {}, {}, by=by),
    "switch_account": lambda by, r: api.switch_account("paper", on=False, by=by),
    "check_account": lambda by, r: api.check_account("paper", by=by),
}


@pytest.mark.parametrize("scope", list(Scope))
def test_no_scope_holds_what_belongs_to_the_municipality(scope: Scope) -> None:
    assert not SCOPE_ACTIONS[scope] & MUNICIPALITY_ONLY


def test_the_tables_of_rights_are_complete() -> None:
    assert set(ROLE_ACTIONS) == set(ROLE_LABELS) == set(Role)
    assert set(SCOPE_ACTIONS) == set(SCOPE_LABELS) == set(Scope)
    assert set().union(*ROLE_ACTIONS.values()) == set(Action)  # nothing that nobody may do
    releasing = {role for role, actions in ROLE_ACTIONS.items() if Action.MESSAGE_RELEASE in actions}
    assert releasing == {Role.APPROVER, Role.DEPUTY}


def test_every_public_function_that_acts_for_a_person_is_tried() -> None:
    acting = {
        name
        for name in api.__all__
        if inspect.isfunction(getattr(api, name)) and "by" in inspect.signature(getattr(api, name)).parameters
    }
    assert acting == HARMLESS | set(ATTEMPTS)


@pytest.fixture
def people(paper: Paper) -> Cast:
    paper_account()
    return cast()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ATTEMPTS))
@pytest.mark.parametrize("who", ["agnes", "aaron", "anonymous"])
def test_an_agency_cannot(people: Cast, name: str, who: str) -> None:
    by = getattr(people, who, None)
    request = api.submit(content(), PLAN, by=people.agnes, context=context())
    # A mandate that says everything, also what no form offers.
    Mandate.objects.update(scopes=[*Scope, *Action, *Role, "*"])
    with pytest.raises((PermissionDenied, Http404, api.NotAccepted)) as refused:
        ATTEMPTS[name](by, request)
    if (
        name == "resume"
    ):  # nothing is stopped here: see the state machine for the agency's try at a stopped one
        assert not isinstance(refused.value, api.Outdated)
    request.refresh_from_db()
    assert request.state == "open"
    assert not Approval.objects.exists()


@pytest.mark.django_db
def test_the_approver_can(people: Cast) -> None:
    """The control of the test above."""
    request = api.submit(content(), PLAN, by=people.agnes, context=context())
    ATTEMPTS["release"](people.freya, request)
    assert Approval.objects.count() == 1


@pytest.mark.django_db
def test_four_eyes(people: Cast) -> None:
    people.freya.memberships.create(role="author")
    request = api.submit(content(), PLAN, by=people.freya, context=context())
    with pytest.raises(PermissionDenied):
        ATTEMPTS["release"](people.freya, request)
    ATTEMPTS["release"](people.viktor, request)


@pytest.mark.django_db
def test_an_agency_keeps_only_what_its_mandate_names(people: Cast) -> None:
    Mandate.objects.update(scopes=["report"])
    people.agnes.__dict__.pop("_prefetched_objects_cache", None)
    assert access.actions_of(people.agnes) == SCOPE_ACTIONS[Scope.REPORT]
    with pytest.raises(PermissionDenied):
        api.submit(content(), PLAN, by=people.agnes, context=context())
    assert access.actions_of(people.aaron) == frozenset()
