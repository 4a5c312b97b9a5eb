"""Channels, mandates, register and log: each role sees its own, nobody else's."""

from __future__ import annotations

import ast
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.models import ChannelAccount
from stadtnah.publishing.states import BulkState, Ended, RequestState
from stadtnah.surfaces.desk.audit_words import EVENTS, SUBJECTS
from stadtnah.surfaces.website.models import HomePage, MessagePage
from stadtnah.surfaces.website.moving_in.models import ImportRun
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

_MAY = {
    "desk_channels": {"anton"},
    "desk_mandates": {"freya", "anton"},
    "desk_privacy": {"doris"},
    "desk_audit": {"freya", "doris", "anton"},
}
_SRC = Path(__file__).resolve().parents[3] / "src"
# Events put together from a state: every state needs words.
_STATES: dict[str, Any] = {
    "request.": RequestState,
    "release.": Ended,
    "bulk.": BulkState,
    "import.": ImportRun.State,
}


def _events(value: ast.expr) -> set[str]:
    """The names this first argument of `audit.record` can have."""
    match value:
        case ast.Constant(value=str(name)):
            return {name}
        case ast.IfExp(body=one, orelse=other):
            return _events(one) | _events(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return {start + state.value for state in _STATES[start]}
    raise AssertionError(ast.unparse(value))


def _recorded(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            yield node


def test_every_recorded_event_has_german_words() -> None:
    calls = [call for path in _SRC.rglob("*.py") for call in _recorded(path.read_text(encoding="utf-8"))]
    names = set().union(*(_events(call.args[0]) for call in calls))
    assert {"released", "account.switched_off", "request.returned"} <= names
    assert names == set(EVENTS)
    subjects = {
        value.values[0].value.partition(":")[0]
        for call in calls
        for word in call.keywords
        if word.arg == "subject" and isinstance(value := word.value, ast.JoinedStr)
        if isinstance(value.values[0], ast.Constant) and isinstance(value.values[0].value, str)
    }
    assert subjects | {"message", "page", "town", "forwardings", "waste", "move"} == set(SUBJECTS)


def test_the_log_speaks_german_and_names_its_objects(page: MessagePage, people: Cast) -> None:
    home = HomePage.objects.get()
    audit.record("request.submitted", actor=people.agnes, subject=page.object_key)
    audit.record("released", actor=people.freya, subject=f"message:{uuid.uuid4()}")
    audit.record("account.taken_up", actor=people.anton, subject="account:paper")
    audit.record("person.invited", actor=people.anton, subject=f"user:{people.clara.pk}")
    audit.record("released", actor=people.freya, subject=home.object_key)
    audit.record("old.event", subject="thing:7")
    shown = as_(people.doris).get(reverse("desk_audit")).content.decode()
    assert "Zur Freigabe vorgelegt" in shown
    assert f'<a href="{reverse("desk_proof", args=[page.uuid])}">{page.title}</a>' in shown
    assert f'<a href="{reverse("desk_proof", args=[home.uuid])}">{home.title}</a>' in shown
    assert shown.count("/nachweis") == 2  # what is no longer there has no proof page to open
    assert "Meldung (nicht mehr vorhanden)" in shown
    assert f"Kanal {ChannelAccount.objects.get(pk='paper').label}" in shown
    assert people.clara.name in shown
    assert "old.event" in shown  # an event that no longer exists in the code keeps its code


def test_the_log_asks_the_database_as_often_for_forty_rows_as_for_one(
    page: MessagePage, people: Cast
) -> None:
    browser = as_(people.doris)
    address = reverse("desk_audit")
    audit.record("released", actor=people.freya, subject=page.object_key)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _ in range(39):
        audit.record("released", actor=people.freya, subject=page.object_key)
    with CaptureQueriesContext(connection) as forty:
        shown = browser.get(address).content.decode()
    assert shown.count(f">{page.title}</a>") == 40
    assert len(forty) == len(one)


def test_the_register_is_for_people_and_folds_the_field_names(page: MessagePage, people: Cast) -> None:
    shown = as_(people.doris).get(reverse("desk_privacy")).content.decode()
    open_text = re.sub(r"<details.*?</details>", "", shown.partition("<main")[2], flags=re.DOTALL)
    assert "Rechtsgrundlage" in open_text
    assert f"Personen: {User.objects.count()}," in open_text
    assert "identity.User.email" in shown
    assert "identity." not in open_text


@pytest.mark.parametrize("name", sorted(_MAY))
def test_each_role_sees_its_own(page: MessagePage, people: Cast, name: str) -> None:
    for who in ("freya", "viktor", "ada", "agnes", "clara", "doris", "anton"):
        status = as_(getattr(people, who)).get(reverse(name)).status_code
        assert status == (200 if who in _MAY[name] else 403), who


def test_a_held_account_is_taken_up_again(page: MessagePage, people: Cast) -> None:
    ChannelAccount.objects.filter(pk="paper").update(held_at=clock.now(), held_reason="Zugang abgelaufen")
    client = as_(people.anton)
    assert "Zugang abgelaufen" in client.get(reverse("desk_channels")).content.decode()
    assert as_(people.agnes).post(reverse("desk_take_up", args=["paper"])).status_code == 403
    assert ChannelAccount.objects.get(pk="paper").held_at
    assert client.post(reverse("desk_take_up", args=["paper"])).status_code == 302
    assert ChannelAccount.objects.get(pk="paper").held_at is None


def test_a_mandate_is_ended_after_one_question(page: MessagePage, people: Cast) -> None:
    mandate = Mandate.objects.get(user=people.agnes)
    url = reverse("desk_mandate_end", args=[mandate.pk])
    client = as_(people.freya)
    asked = client.get(url).content.decode()
    assert 'kern-btn--tertiary" href="/desk/vollmachten/"' in asked
    assert as_(people.agnes).get("/desk/").status_code == 200
    assert client.post(url).status_code == 302
    assert as_(people.agnes).get("/desk/").status_code == 403
