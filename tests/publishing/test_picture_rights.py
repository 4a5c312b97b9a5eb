"""A picture whose licence or consent ended goes nowhere: not into a release, and not out of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Given, Licence, Person, Use
from stadtnah.publishing import api, checks
from stadtnah.publishing.checks import CheckContext
from stadtnah.publishing.content import KIT, Block, File, Picture
from stadtnah.publishing.findings import Finding, Level
from stadtnah.publishing.models import Delivery
from tests.factories.channels import Paper
from tests.factories.messages import content, context, paper_account
from tests.factories.people import Cast, cast
from tests.publishing.test_story import dispatch_all, release

pytestmark = pytest.mark.django_db
SHA = "a" * 64
HERO = Picture(SHA, "image/jpeg", 1600, 900, "Kinder vor der Stadtbücherei")
ALL, WEB = frozenset(Use), frozenset({Use.WEBSITE})


@pytest.fixture
def people(paper: Paper) -> Cast:
    paper_account()
    return cast()


def asking() -> CheckContext:
    return replace(context(), rights=rights.verdicts)


def submit(people: Cast, **changes: Any) -> api.ReleaseRequest:
    plan = {"paper": {"on": True, "text": ""}}
    return api.submit(content(hero=HERO, **changes), plan, by=people.agnes, context=asking())


def of_rights(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in found if one.code.startswith("rights-")]


def test_a_picture_without_a_word_is_pointed_out_and_goes(people: Cast) -> None:
    found = checks.run(content(hero=HERO), asking())
    assert of_rights(found) == [("rights-missing", "hero")]
    said = next(one.text for one in found if one.code == "rights-missing")
    assert said.startswith("Das Titelbild ist noch ohne Angaben")
    assert "Menü „Bilder“" in said  # where to go
    assert submit(people)
    rights.licence(SHA, Licence("Foto Muster", ALL, nobody=True), by=people.ada)
    assert of_rights(checks.run(content(hero=HERO), asking())) == []


def test_an_ended_right_stops_the_submission_and_says_why(people: Cast) -> None:
    yesterday = rights.today() - timedelta(days=1)
    rights.licence(SHA, Licence("Foto Muster", ALL, yesterday, nobody=True), by=people.ada)
    with pytest.raises(api.NotAccepted) as stopped:
        submit(people)
    (one,) = [f for f in stopped.value.findings if f.code == "rights-ended" and f.where == "hero"]
    assert one.level is Level.ERROR
    assert "weil das Nutzungsrecht abgelaufen ist" in one.text
    rights.licence(SHA, Licence("Foto Muster", ALL, nobody=True), by=people.ada)
    assert submit(people)  # the control: renewed


def test_a_consent_for_the_website_alone_goes_to_no_other_channel(people: Cast, paper: Paper) -> None:
    given = Given("paper", date(2026, 1, 1), WEB)
    rights.consent(SHA, Person(name="Lina"), given, by=people.ada)
    with pytest.raises(api.NotAccepted) as stopped:
        submit(people)
    errors = [f for f in stopped.value.findings if f.level is Level.ERROR]
    assert of_rights(errors) == [("rights-narrow", "channel:paper")]
    assert "in sozialen Medien" in errors[0].text
    rights.licence(SHA, Licence("Foto Muster", ALL), by=people.ada)
    assert of_rights(checks.run(content(hero=HERO), asking())) == []  # the control: for the website it is


def test_what_ends_soon_and_what_the_press_may_not_have_is_said(people: Cast) -> None:
    soon = rights.today() + timedelta(days=9)
    rights.licence(SHA, Licence("", WEB, soon, nobody=True), by=people.ada)
    shown = content(hero=HERO, blocks=(Block("picture", picture=HERO, style=KIT),))
    assert of_rights(checks.run(shown, asking())) == [("rights-soon", "hero"), ("rights-narrow", "body")]


def test_a_film_has_rights_like_a_picture_and_a_document_none(people: Cast) -> None:
    rights.end_licence("f" * 64, by=people.ada)
    film = File("f" * 64, "video/mp4", "rundgang.mp4", 9)
    assert of_rights(checks.run(content(blocks=(Block("video", file=film),)), asking())) == [
        ("rights-ended", "body")
    ]
    paper = File("e" * 64, "application/pdf", "plan.pdf", 9)
    assert of_rights(checks.run(content(blocks=(Block("download", file=paper),)), asking())) == []


def test_a_consent_taken_back_after_the_release_stops_the_delivery(people: Cast, paper: Paper) -> None:
    given = rights.consent(SHA, Person(name="Lina"), Given("paper", date(2026, 1, 1), ALL), by=people.ada)
    release(people, submit(people))
    rights.revoke(given, by=people.ada)
    dispatch_all()
    assert paper.taken == []
    row = Delivery.objects.get()
    assert row.state == "failed"
    assert "weil die Einwilligung widerrufen wurde" in row.reason


def test_taking_back_is_never_held_up(people: Cast, paper: Paper) -> None:
    given = rights.consent(SHA, Person(name="Lina"), Given("paper", date(2026, 1, 1), ALL), by=people.ada)
    release(people, submit(people))
    dispatch_all()
    assert len(paper.taken) == 1  # the control: while it held it went out
    rights.revoke(given, by=people.ada)
    api.withdraw(content().object_key, by=people.freya)
    dispatch_all()
    assert [action for _id, action, _to, _text in paper.taken] == ["create", "delete"]
