"""From facts to a released page and back to a new draft: nothing public without release, nothing own lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.checks import run
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.legal import drafts, state
from stadtnah.surfaces.website.legal.models import LegalDraft
from stadtnah.surfaces.website.models import HomePage, MessagePage, ReleasedPage, StandardPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

LEGAL = "/desk/rechtliches/"


def draft(key: str = "imprint") -> StandardPage:
    found = StandardPage.objects.get(uuid=LegalDraft.objects.get(pk=key).page_uuid)
    latest: StandardPage = found.get_latest_revision_as_object()
    return latest


def filled(made: StandardPage) -> StandardPage:
    """Every gap replaced, as an editor does."""
    raw = [dict(child.get_prep_value()) for child in made.body]
    for block in raw:
        block["value"] = _without_gaps(block["value"])
    made.body = drafts._stream(raw)
    return made


def _without_gaps(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("Bitte ergänzen:", "Angabe der Stadt:")
    if isinstance(value, list):
        return [_without_gaps(one) for one in value]
    return {name: _without_gaps(one) for name, one in value.items()} if isinstance(value, dict) else value


def codes(made: StandardPage) -> list[str]:
    return [found.code for found in run(made.content(), check_context()) if found.level == "error"]


def states() -> dict[str, state.State]:
    return {one.kind.key: one for one in state.states()}


@pytest.mark.parametrize("key", sorted(state.KINDS))
def test_a_draft_is_a_page_of_the_desk_and_not_public(page: MessagePage, people: Cast, key: str) -> None:
    drafts.make(key, by=people.ada)
    made = draft(key)
    assert made.content().path == f"/{state.KINDS[key].slug}/"
    assert not ReleasedPage.objects.exists()
    errors = codes(made)
    assert (set(errors) == {"gap-left"}) == (key != "cookies"), errors
    assert codes(filled(made)) == []


def test_each_gap_is_named_by_itself(page: MessagePage, people: Cast) -> None:
    drafts.make("accessibility", by=people.ada)
    shown = as_(people.ada).get(reverse("desk_legal_page", args=["accessibility"])).content.decode()
    assert "<li>Diese Erklärung wurde erstellt am: Datum</li>" in shown
    assert "<li>In der Tabelle: was nicht geht</li>" in shown
    assert (
        "<li>Sie beruht auf: Selbstbewertung oder Bewertung durch Dritte (wer, Datum, Verfahren)</li>"
        in shown
    )


def test_a_draft_with_gaps_is_not_taken_for_what_is_public(page: MessagePage, people: Cast) -> None:
    drafts.make("imprint", by=people.ada)
    client, complete = as_(people.ada), filled(draft())
    for address in (LEGAL, f"{LEGAL}imprint/"):
        shown = client.get(address).content.decode()
        assert re.search(r"Entwurf hat noch \d+ Lücken und ist so nicht öffentlich", shown), address
        assert "Die Angaben stimmen." not in shown
        assert "Auf der Website steht weiter" not in shown
    publish.put_live(complete.content(), "a" * 64)
    assert "Auf der Website steht weiter die Fassung" in client.get(f"{LEGAL}imprint/").content.decode()
    complete.save_revision(user=people.ada)
    assert "Die Angaben stimmen." in client.get(LEGAL).content.decode()
    assert "nicht öffentlich." not in client.get(f"{LEGAL}imprint/").content.decode()


def test_a_page_with_gaps_cannot_be_laid_before_the_municipality(page: MessagePage, people: Cast) -> None:
    drafts.make("imprint", by=people.ada)
    made = draft()
    with pytest.raises(publishing.NotAccepted):
        publishing.submit(made.content(), {}, by=people.ada, context=check_context())
    assert publishing.submit(filled(made).content(), {}, by=people.ada, context=check_context())


def test_who_may_not_write_makes_no_draft(page: MessagePage, people: Cast) -> None:
    for user in (people.freya, people.clara, people.doris, people.anton, people.charlie):
        with pytest.raises(PermissionDenied):
            drafts.make("imprint", by=user)
    drafts.make("imprint", by=people.agnes)


def test_facts_that_change_make_it_stale_and_a_new_draft_keeps_own_words(
    page: MessagePage, people: Cast
) -> None:
    Town.objects.update(street="Marktplatz 1", postcode="12345", phone="069 90009 100", mail="a@b.example")
    drafts.make("imprint", by=people.ada)
    made = filled(draft())
    raw = [dict(child.get_prep_value()) for child in made.body]
    made.body = drafts._stream([*raw, {"type": "text", "value": "<p>Gestaltung: Stadt.</p>", "id": None}])
    made.save_revision(user=people.ada)
    publish.put_live(made.content(), "a" * 64)
    assert not states()["imprint"].stale

    Town.objects.update(phone="069 90009 200")
    one = states()["imprint"]
    assert one.changed == ("Telefon",)
    state.note()
    assert states()["imprint"].since is not None
    before = ReleasedPage.objects.get(path="/impressum/").content
    drafts.make("imprint", by=people.ada)
    text = str([dict(child.get_prep_value()) for child in draft().body])
    assert "Gestaltung: Stadt." in text
    assert "Angabe der Stadt:" in text
    assert ReleasedPage.objects.get(path="/impressum/").content == before
    now = states()["imprint"]
    assert (now.stale, now.since) == (False, None)
    # The contact box was not filled in by hand, so it follows.
    assert "069 90009 200" in text
    shown = as_(people.ada).get(f"{LEGAL}imprint/").content.decode()
    assert re.search(r"<del>.*100</del>\s*<ins>.*200</ins>", shown)


def test_it_is_true_again_when_the_facts_are_as_before(page: MessagePage, people: Cast) -> None:
    drafts.make("cookies", by=people.ada)
    for name, stale in (("Anders", True), ("Beispielau", False)):
        Town.objects.update(short_name=name)
        state.note()
        assert (LegalDraft.objects.get(pk="cookies").stale_since is not None) == stale


def test_the_statement_is_looked_at_every_year(page: MessagePage, people: Cast) -> None:
    drafts.make("accessibility", by=people.ada)
    drafts.make("imprint", by=people.ada)
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        found = states()
    assert found["accessibility"].stale
    assert not found["imprint"].stale


def test_a_page_written_by_hand_is_taken_over_with_its_words(page: MessagePage, people: Cast) -> None:
    home = page.get_parent().get_parent()
    old = home.add_child(
        instance=StandardPage(
            title="Impressum", slug="impressum", body=[("text", "<p>Unser altes Impressum</p>")], live=False
        )
    )
    drafts.make("imprint", by=people.ada)
    made = draft()
    assert made.pk == old.pk
    assert "Unser altes Impressum" in str(made.body[-1].value)


def test_a_deleted_page_can_be_made_again(page: MessagePage, people: Cast) -> None:
    drafts.make("cookies", by=people.ada)
    draft("cookies").delete()
    assert states()["cookies"].made_at is None
    drafts.make("cookies", by=people.ada)
    assert len(draft("cookies").body) == 3


def test_the_desk_lists_makes_and_warns(page: MessagePage, people: Cast) -> None:
    client = as_(people.ada)
    shown = client.get(LEGAL).content.decode()
    assert shown.count("noch nicht erzeugt") == 6
    assert client.post(f"{LEGAL}imprint/entwurf/").status_code == 302
    assert client.post(f"{LEGAL}unbekannt/entwurf/").status_code == 404
    one = client.get(f"{LEGAL}imprint/").content.decode()
    assert "Amt und Name der Person" in one
    assert "Der ganze Entwurf ist neu" in one
    Town.objects.update(name="Stadt Anderswo")
    for address in (LEGAL, "/desk/", "/desk/seiten/", f"{LEGAL}imprint/"):
        assert "Angaben veraltet seit" in client.get(address).content.decode(), address
    for user in (people.freya, people.anton):
        reader = as_(user)
        assert reader.get(LEGAL).status_code == 200
        assert reader.post(f"{LEGAL}imprint/entwurf/").status_code == 403


def test_how_they_stand_costs_the_same_however_many(page: MessagePage, people: Cast) -> None:
    drafts.make("imprint", by=people.ada)
    with CaptureQueriesContext(connection) as one:
        state.states()
    for key in state.KINDS:
        drafts.make(key, by=people.ada)
    with CaptureQueriesContext(connection) as many:
        state.states()
    assert len(many) == len(one)


def test_a_page_written_by_hand_is_named_as_one(people: Cast, page: MessagePage) -> None:
    from_nothing = as_(people.ada).get(LEGAL).content.decode()
    assert "von Hand geschrieben" not in from_nothing
    made: StandardPage = HomePage.objects.get().add_child(
        instance=StandardPage(
            title="Impressum", slug="impressum", body=[("text", "<p>Stadt</p>")], live=False
        )
    )
    made.save_revision(user=people.ada)
    shown = as_(people.ada).get(LEGAL).content.decode()
    assert "/impressum/ · von Hand geschrieben" in shown
    assert shown.count("noch nicht erzeugt") == from_nothing.count("noch nicht erzeugt") - 1
    assert reverse("wagtailadmin_pages:edit", args=[made.pk]) in shown


def test_who_may_not_make_drafts_reads_who_may(people: Cast) -> None:
    told = "Erzeugen kann die Entwürfe, wer Seiten schreiben darf"
    assert told in as_(people.freya).get(LEGAL).content.decode()
    assert told not in as_(people.ada).get(LEGAL).content.decode()
